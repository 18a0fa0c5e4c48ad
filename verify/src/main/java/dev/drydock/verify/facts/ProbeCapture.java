package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of an active probe.
 *
 * @param command as a learner would type it on the lab host
 * @param obstacle why it could not start (no such namespace, tool missing) or did not end; {@code exit}, {@code out} and {@code err} mean nothing
 *     then
 * @param exit the exit status; 124 where {@code timeout(1)} ended the command
 * @param lookup the queries to name servers, for a DNS probe; {@code out} has the one that decides
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

    /** The result of a command that ended. */
    public static ProbeCapture of(String command, int exit, String out, String err) {
        return new ProbeCapture(command, Optional.empty(), exit, out, err, Optional.empty());
    }

    /**
     * The result of a DNS probe.
     *
     * @param command busybox's nslookup for the query that decides
     */
    public static ProbeCapture asked(String command, NameLookup lookup) {
        String shown = lookup.decisive().map(NameLookup.Attempt::shown).orElse("");
        return new ProbeCapture(command, Optional.empty(), 0, shown, "", Optional.of(lookup));
    }

    /** @param obstacle a sentence without a full stop */
    public static ProbeCapture notRun(String command, Message obstacle) {
        return new ProbeCapture(command, Optional.of(obstacle), 0, "", "", Optional.empty());
    }

    /** Why a command that only reads gave no result. */
    public Message failure() {
        return obstacle.orElseGet(() -> say("probe.reading-failed", "status", exit, "errors", err.strip()));
    }

    /** The command with the beginning of its output. Answers of name servers are in the words of nslookup. */
    public Evidence output() {
        boolean answered = lookup.flatMap(NameLookup::decisive)
                .filter(attempt -> !attempt.answers().isEmpty())
                .isPresent();
        return answered ? new Evidence(command, head(out)) : Evidence.printed(command, head(out));
    }

    /** The command with the beginning of its error output; without output where it did not run. */
    public Evidence errors() {
        return Evidence.printed(command, obstacle.isPresent() ? "" : head(err));
    }

    /** The first eight lines, after leading blank lines. */
    public static String head(String text) {
        return text.lines().dropWhile(String::isBlank).limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    }
}
