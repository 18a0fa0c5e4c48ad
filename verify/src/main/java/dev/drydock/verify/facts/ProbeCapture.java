package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an active probe left behind.
 *
 * @param command as a learner would type it on the lab host
 * @param obstacle why it could not even start (no such namespace, tool missing) or did not end; then it has left nothing
 * @param exit the exit status, {@code timeout(1)}'s 124 when it took too long
 * @param lookup what was asked of name servers, where they were asked; {@code out} shows what decides
 */
public record ProbeCapture(
        String command, Optional<Message> obstacle, int exit, String out, String err, Optional<NameLookup> lookup) {
    private static final int LINES_SHOWN = 8;

    public ProbeCapture {
        Objects.requireNonNull(command);
        Objects.requireNonNull(obstacle);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(lookup);
    }

    /** What a command printed that came to its end. */
    public static ProbeCapture of(String command, int exit, String out, String err) {
        return new ProbeCapture(command, Optional.empty(), exit, out, err, Optional.empty());
    }

    /** What name servers were asked and answered; the command is busybox's nslookup for the question that decides. */
    public static ProbeCapture asked(String command, NameLookup lookup) {
        String shown = lookup.decisive().map(NameLookup.Attempt::shown).orElse("");
        return new ProbeCapture(command, Optional.empty(), 0, shown, "", Optional.of(lookup));
    }

    /** @param obstacle a sentence without a full stop */
    public static ProbeCapture notRun(String command, Message obstacle) {
        return new ProbeCapture(command, Optional.of(obstacle), 0, "", "", Optional.empty());
    }

    /** Why a command that only reads told nothing. */
    public Message failure() {
        return obstacle.orElseGet(() -> say("probe.reading-failed", "status", exit, "errors", err.strip()));
    }

    /** The command with what it printed, cut to what a reader needs; what name servers answered is told in the words of nslookup. */
    public Evidence output() {
        boolean answered = lookup.flatMap(NameLookup::decisive)
                .filter(attempt -> !attempt.answers().isEmpty())
                .isPresent();
        return answered ? new Evidence(command, head(out)) : Evidence.printed(command, head(out));
    }

    /** The command with what it complained of, cut to what a reader needs; nothing where it did not run. */
    public Evidence errors() {
        return Evidence.printed(command, obstacle.isPresent() ? "" : head(err));
    }

    /** The first lines of a text. */
    public static String head(String text) {
        return text.lines().dropWhile(String::isBlank).limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    }
}
