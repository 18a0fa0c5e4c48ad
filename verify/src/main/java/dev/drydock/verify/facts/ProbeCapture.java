package dev.drydock.verify.facts;

import java.util.Objects;

/**
 * What an active probe left behind.
 *
 * @param command as a learner would type it on the lab host
 * @param ran false when it could not even start (no such namespace, tool missing); then {@code err} says why in a sentence
 * @param exit the exit status, {@code timeout(1)}'s 124 when it took too long
 */
public record ProbeCapture(String command, boolean ran, int exit, String out, String err) {
    public ProbeCapture {
        Objects.requireNonNull(command);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
    }
}
