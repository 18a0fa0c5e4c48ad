package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Work that one process, and one thread of it, does at a time. */
final class SoleUse {
    /** A lock of the file system holds between processes; these hold between the threads of this one. */
    private static final Map<Path, Object> THREADS = new ConcurrentHashMap<>();

    private SoleUse() {}

    /** What may fail as files and processes do. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** @param file that keeps the others waiting; it stays, since one that is removed may be waited for */
    static <T> T of(Path file, Work<T> work) throws IOException, InterruptedException {
        synchronized (THREADS.computeIfAbsent(file.toAbsolutePath(), path -> new Object())) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return work.run();
            }
        }
    }
}
