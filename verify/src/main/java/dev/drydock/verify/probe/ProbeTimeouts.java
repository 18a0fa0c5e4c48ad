package dev.drydock.verify.probe;

import java.util.Locale;

/**
 * How long a sweep waits for answers before it takes silence for one.
 *
 * <p>Most of what it waits for is kernels' time, which passes on a slow machine as on any other: three seconds until ARP is given up. What is
 * left of each limit is for starting programs, the asking one and, behind a port, the answering one, and is stretched with the machine.
 *
 * @param slowness how many times as long as on an ordinary machine the start of a program takes, at least 1
 * @param silence how many seconds a ping or a connection waits on an ordinary machine
 */
public record ProbeTimeouts(double slowness, int silence) {
    public static final ProbeTimeouts ORDINARY = new ProbeTimeouts(1);

    /** Until a router whose own ARP fails has said so. */
    private static final int ERROR = 4;
    /** Until an answer is there where there is one, the second try of TCP included. */
    private static final int ANSWER = 2;

    /** @param slowness how many times as long as on an ordinary machine the start of a program takes, at least 1 */
    public ProbeTimeouts(double slowness) {
        this(slowness, ERROR);
    }

    public ProbeTimeouts {
        if (!(slowness >= 1)) {
            throw new IllegalArgumentException("no machine is quicker than an ordinary one here: " + slowness);
        }
    }

    /** For asking again what was silent just now: who would have sent an error has had the time for it. */
    public ProbeTimeouts afterSilence() {
        return new ProbeTimeouts(slowness, ANSWER);
    }

    /**
     * Variables of the sweep's script, in seconds: 4, 1.9, 10 and 8 on an ordinary machine, in microseconds 1100000 and 500000; after 1 s it is looked at whether Docker's daemon
     * does anything, and again after each 0.5; 40 are for reading, less than the whole sweep may take, so that what was read is heard.
     */
    String script() {
        double starting = (slowness - 1) / 20;
        return String.format(
                Locale.ROOT,
                " SILENCE=%d NAME_SILENCE=%.2f ARP_SILENCE=%.0f LOST_AFTER=%.0f RUNNING=%.0f ENGINE_SILENCE=%.0f LOOK=%.1f AGAIN=%.1f READING=%.0f",
                // bash, ping and curl of Debian 12 all take whole seconds
                silence + (int) Math.ceil(2 * starting),
                1.9 + 2 * starting,
                (1.1 + starting) * 1_000_000,
                (0.5 + starting) * 1_000_000,
                Math.ceil(10 * slowness),
                Math.ceil(8 * slowness),
                slowness,
                slowness / 2,
                Math.ceil(40 * slowness));
    }
}
