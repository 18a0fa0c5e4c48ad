package dev.drydock.verify.probe;

import java.util.Locale;

/**
 * How long a sweep waits for answers before it takes silence for one.
 *
 * <p>Most of what it waits for is kernels' time, which passes on a slow machine as on any other: three seconds until ARP is given up. What is
 * left of each limit is for starting programs, the asking one and, behind a port, the answering one, and is stretched with the machine.
 *
 * @param slowness how many times as long as on an ordinary machine the start of a program takes, at least 1
 */
public record ProbeTimeouts(double slowness) {
    public static final ProbeTimeouts ORDINARY = new ProbeTimeouts(1);

    public ProbeTimeouts {
        if (!(slowness >= 1)) {
            throw new IllegalArgumentException("no machine is quicker than an ordinary one here: " + slowness);
        }
    }

    /**
     * Variables of the sweep's script, in seconds: 4, 1.9, 1.1, 10 and 8 on an ordinary machine; after 1 it is looked at whether Docker's daemon
     * does anything, and again after each 0.5; 40 are for reading, less than the whole sweep may take, so that what was read is heard.
     */
    String script() {
        double starting = (slowness - 1) / 20;
        return String.format(
                Locale.ROOT,
                " SILENCE=%d NAME_SILENCE=%.2f ARP_SILENCE=%.2f RUNNING=%.0f ENGINE_SILENCE=%.0f LOOK=%.1f AGAIN=%.1f READING=%.0f",
                // bash, ping and curl of Debian 12 all take whole seconds
                4 + (int) Math.ceil(2 * starting),
                1.9 + 2 * starting,
                1.1 + starting,
                Math.ceil(10 * slowness),
                Math.ceil(8 * slowness),
                slowness,
                slowness / 2,
                Math.ceil(40 * slowness));
    }
}
