package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A session whose world is being built in a thread of its own; whoever asks for it waits, and gets what went wrong as it was. */
final class Opening implements Supplier<Session> {
    private final CompletableFuture<Session> session = new CompletableFuture<>();

    private Opening() {}

    static Opening begun(Supplier<Session> open) {
        Opening opening = new Opening();
        Thread builder = new Thread(() -> opening.build(open), "opening");
        builder.setDaemon(true);
        builder.start();
        return opening;
    }

    private void build(Supplier<Session> open) {
        try {
            session.complete(open.get());
        } catch (RuntimeException | Error trouble) {
            session.completeExceptionally(trouble);
        }
    }

    @Override
    public Session get() {
        try {
            return session.join();
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
