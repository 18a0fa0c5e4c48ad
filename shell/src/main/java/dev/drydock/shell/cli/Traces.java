package dev.drydock.shell.cli;

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
 * What is told and kept of a mistake in Drydock itself. Nothing here throws: there may be no room even for a file.
 *
 * @param folder where traces are kept; made when it is needed
 */
public record Traces(Path folder) {
    /** In the folder of state that the surroundings name. */
    public static Traces in(CliContext surroundings) {
        return new Traces(surroundings.state().resolve("traces"));
    }

    /** The want of memory or of processes behind a failure, also where something wrapped it; the machine's trouble and no mistake. */
    public static Optional<OutOfMemoryError> wantOfRoom(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .limit(50)
                .filter(OutOfMemoryError.class::isInstance)
                .map(OutOfMemoryError.class::cast)
                .findFirst();
    }

    /** What happened, in one sentence. */
    public static String sentence(Throwable bug) {
        return "Drydock stumbled over a mistake of its own (" + bug.getClass().getSimpleName()
                + (bug.getMessage() == null
                        ? ""
                        : ": " + bug.getMessage().lines().findFirst().orElse(""))
                + ").";
    }

    /** Keeps the trace, and says where; or how else to see it. */
    public String kept(Throwable bug) {
        return keep(bug)
                .map(file -> "The trace is in " + file + "; please send it along with what you typed.")
                .orElse("--debug shows the trace.");
    }

    /** Empty where it could not be written. */
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
