package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an active probe left behind.
 *
 * @param command as a learner would type it on the lab host
 * @param obstacle why it could not even start (no such namespace, tool missing) or did not end; then it has left nothing
 * @param exit the exit status, {@code timeout(1)}'s 124 when it took too long
 * @param answers those of a name server, where one was asked; {@code out} shows them
 */
public record ProbeCapture(
        String command, Optional<Message> obstacle, int exit, String out, String err, List<NameAnswer> answers) {
    private static final int LINES_SHOWN = 8;

    public ProbeCapture {
        Objects.requireNonNull(command);
        Objects.requireNonNull(obstacle);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        answers = List.copyOf(answers);
    }

    /** What a command printed that came to its end. */
    public static ProbeCapture of(String command, int exit, String out, String err) {
        return new ProbeCapture(command, Optional.empty(), exit, out, err, List.of());
    }

    /** What name servers answered. */
    public static ProbeCapture answered(String command, List<NameAnswer> answers) {
        String shown = answers.stream().map(NameAnswer::shown).collect(Collectors.joining());
        return new ProbeCapture(command, Optional.empty(), 0, shown, "", answers);
    }

    /** @param obstacle a sentence without a full stop */
    public static ProbeCapture notRun(String command, Message obstacle) {
        return new ProbeCapture(command, Optional.of(obstacle), 0, "", "", List.of());
    }

    /** Why a command that only reads told nothing. */
    public Message failure() {
        return obstacle.orElseGet(() -> say("probe.reading-failed", "status", exit, "errors", err.strip()));
    }

    /** The command with what it printed, cut to what a reader needs. */
    public Evidence output() {
        return new Evidence(command, head(out));
    }

    /** The command with what it complained of or why it did not run, cut to what a reader needs. */
    public Evidence errors() {
        return new Evidence(command, head(obstacle.map(Words::text).orElse(err)));
    }

    /** The first lines of a text. */
    public static String head(String text) {
        return text.strip().lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    }
}
