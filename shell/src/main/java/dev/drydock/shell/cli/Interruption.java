package dev.drydock.shell.cli;

import org.jline.utils.Signals;

/** Turns Ctrl-C (SIGINT) into an interrupt of the working thread, for work that must clean up before it ends. */
final class Interruption {
    private Interruption() {}

    /**
     * Runs work in the calling thread; restores the previous signal handler afterwards.
     *
     * @throws InterruptedException when Ctrl-C was pressed and the work did not clear the interrupt
     */
    static <T> T ending(Work<T> work) throws InterruptedException {
        Thread worker = Thread.currentThread();
        Object before = Signals.register("INT", worker::interrupt);
        try {
            T result = work.run();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return result;
        } finally {
            if (before != null) {
                Signals.unregister("INT", before);
            }
        }
    }

    interface Work<T> {
        T run() throws InterruptedException;
    }
}
