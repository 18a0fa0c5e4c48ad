package dev.drydock.shell.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A value that a daemon thread begins to compute at once. {@link #get} waits for the value, or throws the exception of the computation.
 * Thread-safe.
 */
final class EagerResult<T> implements Supplier<T> {
    private final CompletableFuture<T> made = new CompletableFuture<>();

    private EagerResult() {}

    static <T> EagerResult<T> of(Supplier<T> make) {
        EagerResult<T> ahead = new EagerResult<>();
        Thread builder = new Thread(() -> ahead.make(make), "ahead");
        builder.setDaemon(true);
        builder.start();
        return ahead;
    }

    private void make(Supplier<T> make) {
        try {
            made.complete(make.get());
        } catch (RuntimeException | Error trouble) {
            made.completeExceptionally(trouble);
        }
    }

    @Override
    public T get() {
        try {
            return made.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException trouble) {
                throw trouble;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }
}
