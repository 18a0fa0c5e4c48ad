package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonObject;
import dev.drydock.engine.host.FileMutex;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The files of one lab under the state folder. */
final class RunFiles {
    private final Path folder;
    private final EventLog progress;
    private final EventLog transcript;
    private final Consumer<Message> notices;

    /** @param notices receives a sentence for each damaged file that was moved aside */
    RunFiles(Path folder, Consumer<Message> notices) {
        this.folder = folder;
        this.notices = notices;
        this.progress = new EventLog(folder.resolve("progress.jsonl"));
        this.transcript = new EventLog(folder.resolve("transcript.jsonl"));
    }

    EventLog progress() {
        return progress;
    }

    /** The snapshots of the open run, for {@link Session#changes(Difference.Since)}. */
    Snapshots snapshots() {
        return new Snapshots(folder.resolve("snapshots"));
    }

    /** The stored states of the world at the beginning and at the end of each step. */
    StepStates states() {
        return new StepStates(folder.resolve("states"));
    }

    EventLog transcript() {
        return transcript;
    }

    /**
     * The readable events of the progress file, oldest first; damage goes to the notices.
     *
     * @throws HostTrouble when the file cannot be read
     */
    List<JsonObject> read() {
        EventLog.Content content = progress.read();
        content.notice().ifPresent(notices);
        return content.events();
    }

    /**
     * Does the work while no other process or thread opens or closes the same lab. The kernel releases the lock of a killed process.
     *
     * @throws HostTrouble when the lock cannot be taken, or the thread is interrupted while it waits
     */
    <T> T exclusively(Supplier<T> work) {
        try {
            return FileMutex.hold(folder.resolve("opening.lock"), work::get);
        } catch (FileLockInterruptionException e) {
            Thread.currentThread().interrupt();
            throw new HostTrouble(say("session.opening-interrupted"), e);
        } catch (IOException e) {
            throw new HostTrouble(
                    say("state.not-usable", "folder", folder.toString(), "error", String.valueOf(e.getMessage())), e);
        }
    }
}
