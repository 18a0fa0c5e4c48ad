package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScriptRunTest {
    @Test
    @Timeout(20)
    void an_interrupt_ends_the_program_and_is_not_forgotten() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<String> begun = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            ScriptRun.on(
                            new LocalPlace(),
                            List.of("bash", "-c", "echo begun; exec sleep 60"),
                            Map.of("PATH", "/usr/bin:/bin"))
                    .execute(new byte[0], Duration.ofSeconds(60), begun::complete, text -> {});
            interrupted.complete(Thread.interrupted());
        });
        thread.start();
        begun.get();
        thread.interrupt();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    @Timeout(20)
    void a_thread_that_was_interrupted_before_waits_for_nothing() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            ScriptRun.on(new LocalPlace(), List.of("sleep", "60"), Map.of("PATH", "/usr/bin:/bin"))
                    .execute(new byte[0], Duration.ofSeconds(60));
            interrupted.complete(Thread.interrupted());
        });
        thread.start();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void what_must_be_done_is_done_by_an_interrupted_thread() {
        Thread.currentThread().interrupt();
        boolean[] inside = {true};
        Uninterrupted.run(() -> inside[0] = Thread.currentThread().isInterrupted());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(inside[0]).isFalse();
    }
}
