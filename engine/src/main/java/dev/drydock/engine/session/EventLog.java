package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.drydock.engine.host.FileMutex;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of JSON objects, one per line, to which lines are only appended. Several processes and threads may append; each line is written whole under
 * a lock, and is on disk when {@link #append} returns.
 *
 * <p>A process that is killed while it writes leaves an incomplete last line. Readers ignore that line, and the next writer ends it with a mark. So
 * an unreadable line without the mark was damaged by something else: then the file is renamed, never deleted, and its readable lines are copied to a
 * new file.
 */
final class EventLog {
    /** Ends a line whose writer was killed. */
    private static final String TORN = "#torn";

    private final Path file;

    EventLog(Path file) {
        this.file = file;
    }

    /**
     * What the file holds.
     *
     * @param events the readable objects, oldest first
     * @param notice a sentence on which line was damaged and where the old file is now; empty when nothing was damaged
     */
    record Content(List<JsonObject> events, Optional<Message> notice) {
        Content {
            events = List.copyOf(events);
        }
    }

    /** The modification time of the file; the epoch where there is no file. */
    Instant changed() {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException notThere) {
            return Instant.EPOCH;
        }
    }

    /**
     * Appends one line. An interrupt of the thread does not stop it.
     *
     * @throws HostTrouble when the file cannot be written
     */
    void append(JsonObject event) {
        locked(() -> {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long end = channel.size();
                String line = (endsInsideALine(channel, end) ? TORN + "\n" : "") + event + "\n";
                channel.position(end);
                ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }
            return null;
        });
    }

    /**
     * Reads the whole file. Moves a damaged file aside first.
     *
     * @throws HostTrouble when the file cannot be read
     */
    Content read() {
        if (!Files.exists(file)) {
            return new Content(List.of(), Optional.empty());
        }
        return locked(() -> {
            List<JsonObject> events = new ArrayList<>();
            int firstBad = parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), events);
            return new Content(events, firstBad == 0 ? Optional.empty() : Optional.of(moveAside(firstBad, events)));
        });
    }

    /** @return the number of the first line that is damaged, 0 when none is */
    private static int parse(String text, List<JsonObject> events) {
        int firstBad = 0;
        int number = 0;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            number++;
            String line = text.substring(start, end);
            start = end + 1;
            Optional<JsonObject> event = line.endsWith(TORN) ? Optional.empty() : object(line);
            event.ifPresent(events::add);
            if (event.isEmpty() && !line.isBlank() && !line.endsWith(TORN) && firstBad == 0) {
                firstBad = number;
            }
        }
        return firstBad;
    }

    private static Optional<JsonObject> object(String line) {
        try {
            JsonElement element = JsonParser.parseString(line);
            return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Message moveAside(int line, List<JsonObject> events) throws IOException {
        Path aside = freeName();
        Path mended = file.resolveSibling(file.getFileName() + ".new");
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event).append('\n'));
        Files.writeString(mended, text);
        Files.createLink(aside, file);
        Files.move(mended, file, StandardCopyOption.ATOMIC_MOVE);
        return say("progress.line-damaged")
                .with("line", line)
                .with("file", file.toString())
                .with("kept", aside.getFileName().toString());
    }

    private Path freeName() {
        for (int number = 1; ; number++) {
            Path candidate = file.resolveSibling(file.getFileName() + ".damaged-" + number);
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }

    private static boolean endsInsideALine(FileChannel channel, long size) throws IOException {
        if (size == 0) {
            return false;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, size - 1);
        return last.get(0) != '\n';
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work under the lock. An interrupt closes a file channel in use; so that no progress is lost, the work is then done again, and the
     * thread's interrupt status is set at the end.
     */
    private <T> T locked(Work<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return FileMutex.hold(file.resolveSibling(file.getFileName() + ".lock"), work::run);
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } catch (IOException e) {
            throw new HostTrouble(
                    say("progress.not-kept")
                            .with("file", file.toString())
                            .with("error", e.getClass().getSimpleName() + ": " + e.getMessage()),
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
