package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMutexTest {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private int work() {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.yield();
        return inside.decrementAndGet();
    }

    private void many(Path one, Path other) throws InterruptedException, ExecutionException {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Path file = i % 2 == 0 ? one : other;
            all.add(threads.submit(() -> FileMutex.<Integer, RuntimeException>hold(file, this::work)));
        }
        for (Future<Integer> each : all) {
            each.get();
        }
    }

    @Test
    void lets_one_thread_in_at_a_time() throws Exception {
        many(folder.resolve("a/lock"), folder.resolve("a/lock"));
        assertThat(most).hasValue(1);
    }

    @Test
    void knows_a_lock_by_another_name_of_its_folder() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
        many(folder.resolve("a/b/lock"), folder.resolve("link/b/../b/lock"));
        assertThat(most).hasValue(1);
    }

    @Test
    void is_free_again_after_work_that_failed() throws Exception {
        Path file = folder.resolve("lock");
        assertThatThrownBy(() -> FileMutex.hold(file, () -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        assertThat(FileMutex.<Integer, RuntimeException>hold(file, () -> 7)).isEqualTo(7);
    }

    @Test
    void does_not_begin_for_a_thread_that_was_interrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> FileMutex.<Integer, RuntimeException>hold(folder.resolve("lock"), this::work))
                    .isInstanceOf(FileLockInterruptionException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(most).hasValue(0);
    }
}
