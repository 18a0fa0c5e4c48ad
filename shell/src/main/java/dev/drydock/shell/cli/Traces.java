package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the user of a fault in Drydock itself, and stores its stack trace. No method throws: there may be no room even for a file.
 *
 * @param folder the folder for stack traces; created when needed
 */
public record Traces(Path folder) {
    /** The traces in the state folder. */
    public static Traces in(CliContext surroundings) {
        return new Traces(surroundings.state().resolve("traces"));
    }

    /** The error that says that the machine has no memory or threads left, anywhere in the chain of causes; empty where there is none. */
    public static Optional<OutOfMemoryError> wantOfRoom(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .limit(50)
                .filter(OutOfMemoryError.class::isInstance)
                .map(OutOfMemoryError.class::cast)
                .findFirst();
    }

    /** What happened, in one sentence for the user. */
    public static Message sentence(Throwable bug) {
        return say("bug.happened")
                .with("kind", bug.getClass().getSimpleName())
                .with("detail", Optional.ofNullable(bug.getMessage()).flatMap(message -> message.lines()
                        .findFirst()));
    }

    /** Stores the stack trace. @return a sentence that names the file, or says how else to see the trace */
    public Message kept(Throwable bug) {
        return keep(bug).map(file -> say("bug.kept", "file", file.toString())).orElseGet(() -> say("bug.not-kept"));
    }

    /** Stores the stack trace. @return the file; empty where it could not be written */
    Optional<Path> keep(Throwable bug) {
        try {
            Path file = Files.createDirectories(folder)
                    .resolve(DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS")
                                    .format(LocalDateTime.now(ZoneId.systemDefault()))
                            + ".txt");
            Files.writeString(file, "drydock " + Cli.version() + "\n" + text(bug));
            return Optional.of(file);
        } catch (IOException | RuntimeException | OutOfMemoryError cannotKeep) {
            return Optional.empty();
        }
    }

    static String text(Throwable trouble) {
        StringWriter text = new StringWriter();
        trouble.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
