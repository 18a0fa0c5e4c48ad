package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mutual exclusion between all processes, and all threads of this one, that name the same lock file.
 *
 * <p>The kernel releases the lock of a process that was killed. The lock file stays: one that was removed might still be waited for.
 * A thread that holds a lock must not ask for the same one again.
 */
public final class FileMutex {
    /** A lock of the file system excludes other processes only; within one, a second request for it throws. */
    private static final Map<Path, Object> THREADS = new ConcurrentHashMap<>();

    private FileMutex() {}

    /**
     * What is done while the lock is held.
     *
     * @param <E> what it may throw besides {@link IOException}
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws IOException, E;
    }

    /**
     * Waits for the lock, without limit, and does the work while holding it.
     *
     * @param file the lock file; it and its folder are made where they are missing
     * @return what the work returns
     * @throws java.nio.channels.FileLockInterruptionException when the thread is interrupted before it has the lock
     * @throws IOException when the file cannot be made or locked, or from the work
     */
    public static <T, E extends Exception> T hold(Path file, Work<T, E> work) throws IOException, E {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path real = folder.toRealPath().resolve(file.getFileName());
        synchronized (THREADS.computeIfAbsent(real, path -> new Object())) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return work.run();
            }
        }
    }
}
