package dev.drydock.shell.cli;

import org.jline.utils.Signals;

/** Ctrl-C as an interrupt of the thread that works, for work that must tidy up before it ends. */
final class Interruption {
    private Interruption() {}

    /** @throws InterruptedException when the work gave up because of Ctrl-C */
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
