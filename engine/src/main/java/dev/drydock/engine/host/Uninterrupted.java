package dev.drydock.engine.host;

/** Work that is begun and done even by a thread that was interrupted before, such as ending a world after Ctrl-C. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs it in this thread, which is interrupted afterwards if it was before. */
    static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
