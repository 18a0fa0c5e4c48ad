package dev.drydock.verify;

import java.util.Objects;

/**
 * What was looked at to reach a verdict: a command that a learner can repeat and the lines of its output that decided.
 *
 * @param command the command as a learner would type it on the lab host, for example {@code ip -n red route}
 * @param excerpt the deciding lines, possibly empty when the command printed nothing
 */
public record Evidence(String command, String excerpt) {
    public Evidence {
        Objects.requireNonNull(command);
        Objects.requireNonNull(excerpt);
    }
}
