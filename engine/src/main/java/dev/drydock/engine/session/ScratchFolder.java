package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder under the state folder for a run that is never resumed, such as that of a proof or of {@code lab play}. A lock file beside it is locked
 * while the process lives. The kernel releases the lock of a killed process, so that {@link #tidy} can tell what was left behind.
 */
public final class ScratchFolder implements AutoCloseable {
    private static final String FOLDER = "passing";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel channel;

    private ScratchFolder(Path folder, Path lockFile, FileChannel channel) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /**
     * Makes an empty folder.
     *
     * @param state the state folder, the same as for {@link #tidy}
     * @param kind what the folder is for, in one word: {@code proof}
     * @throws HostTrouble when it cannot be made
     */
    public static ScratchFolder fresh(Path state, String kind) {
        // An interrupt would end the lock with the channel; whoever runs on this thread is told afterwards.
        boolean interrupted = Thread.interrupted();
        try {
            Path all = Files.createDirectories(state.resolve(FOLDER));
            while (true) {
                Path folder = all.resolve(kind + "-" + UUID.randomUUID());
                Path file = all.resolve(folder.getFileName() + LOCK);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                channel.lock();
                // Somebody who tidies may have had the lock first, and has then removed the file.
                if (Files.exists(file)) {
                    Files.createDirectory(folder);
                    return new ScratchFolder(folder, file, channel);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new HostTrouble(
                    say("state.no-folder", "folder", state.toString(), "error", String.valueOf(e.getMessage())), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public Path folder() {
        return folder;
    }

    /** Removes the folder and its lock file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            delete(folder);
            Files.deleteIfExists(lockFile);
        }
    }

    /**
     * Removes the folders whose process has ended.
     *
     * @return a sentence for each
     */
    public static List<Message> tidy(Path state) throws IOException {
        List<Message> removed = new ArrayList<>();
        Path all = state.resolve(FOLDER);
        List<Path> locks;
        try (Stream<Path> files = Files.list(all)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return removed;
        }
        for (Path file : locks) {
            String name = file.getFileName().toString();
            name = name.substring(0, name.length() - LOCK.length());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    delete(all.resolve(name));
                    Files.deleteIfExists(file);
                    removed.add(say("state.removed", "kind", name.substring(0, name.indexOf('-'))));
                }
            } catch (OverlappingFileLockException own) {
                // This process holds it.
            } catch (NoSuchFileException gone) {
                // Its process has just ended.
            }
        }
        return removed;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
