package dev.drydock.verify.probe;

import java.util.Locale;

/**
 * The time limits of a sweep's probes.
 *
 * <p>Most of the time is the kernel's own and does not depend on the speed of the machine: three seconds until ARP gives up. The rest is for
 * starting programs, here and behind a port, and grows with the slowness.
 *
 * @param slowness how many times longer than on an ordinary machine a program takes to start, at least 1
 * @param silence how many seconds a ping or a connection waits on an ordinary machine
 */
public record ProbeTimeouts(double slowness, int silence) {
    public static final ProbeTimeouts ORDINARY = new ProbeTimeouts(1);

    /** Seconds after which a router whose own ARP fails has sent its error. */
    private static final int ERROR = 4;
    /** Seconds after which an answer has come, the second SYN of TCP included. */
    private static final int ANSWER = 2;

    /**
     * @param slowness how many times longer than on an ordinary machine a program takes to start
     * @throws IllegalArgumentException when the slowness is less than 1
     */
    public ProbeTimeouts(double slowness) {
        this(slowness, ERROR);
    }

    /** @throws IllegalArgumentException when the slowness is less than 1 */
    public ProbeTimeouts {
        if (!(slowness >= 1)) {
            throw new IllegalArgumentException("no machine is quicker than an ordinary one here: " + slowness);
        }
    }

    /** The limits for a repeated probe that got no answer: an ICMP error would have come already. */
    public ProbeTimeouts afterSilence() {
        return new ProbeTimeouts(slowness, ANSWER);
    }

    /**
     * Variables for the sweep's script: 4, 1.9 (for a name server in parts, behind each of which it is looked whether waiting is in vain), 10 and 8 seconds on an ordinary machine, 1100000 and 500000 microseconds (Docker's daemon is
     * checked after 1 s and then each 0.5 s), and 40 seconds for reading, which is less than the limit of the whole sweep.
     */
    String script() {
        double starting = (slowness - 1) / 20;
        return String.format(
                Locale.ROOT,
                " SILENCE=%d NAME_SILENCE=%.2f NAME_LOOKS='%.2f 0.2 0.2 0.2 0.2 0.2 0.2 0.2' ARP_SILENCE=%.0f LOST_AFTER=%.0f RUNNING=%.0f ENGINE_SILENCE=%.0f LOOK=%.1f AGAIN=%.1f READING=%.0f",
                // bash, ping and curl of Debian 12 all take whole seconds
                silence + (int) Math.ceil(2 * starting),
                1.9 + 2 * starting,
                0.5 + 2 * starting,
                (1.1 + starting) * 1_000_000,
                (0.5 + starting) * 1_000_000,
                Math.ceil(10 * slowness),
                Math.ceil(8 * slowness),
                slowness,
                slowness / 2,
                Math.ceil(40 * slowness));
    }
}
