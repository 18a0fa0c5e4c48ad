package dev.drydock.verify.facts;

import dev.drydock.verify.Evidence;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an active probe left behind.
 *
 * @param command as a learner would type it on the lab host
 * @param ran false when it could not even start (no such namespace, tool missing); then {@code err} says why in a sentence
 * @param exit the exit status, {@code timeout(1)}'s 124 when it took too long
 */
public record ProbeCapture(String command, boolean ran, int exit, String out, String err) {
    private static final int LINES_SHOWN = 8;

    public ProbeCapture {
        Objects.requireNonNull(command);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
    }

    /** The command with what it printed, cut to what a reader needs. */
    public Evidence output() {
        return new Evidence(command, head(out));
    }

    /** The command with what it complained of, cut to what a reader needs. */
    public Evidence errors() {
        return new Evidence(command, head(err));
    }

    /** The first lines of a text. */
    public static String head(String text) {
        return text.strip().lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    }
}
