package dev.drydock.shell.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shows messages of background threads: above the prompt while one is up, else before the next prompt. Thread-safe. */
final class AbovePrompt {
    private final Ui front;
    private final List<Supplier<String>> held = new ArrayList<>();
    private boolean up;

    AbovePrompt(Ui front) {
        this.front = front;
    }

    /**
     * Shows a message now, or holds it until the next prompt.
     *
     * @param page draws the message when it is shown, since newer messages may come before; an empty text shows nothing
     */
    synchronized void say(Supplier<String> page) {
        String text = up ? page.get() : "";
        if (!up) {
            held.add(page);
        } else if (!text.isEmpty()) {
            front.above(text);
        }
    }

    /** Writes the held messages; call this before the prompt is drawn. @param write gets each message as text */
    synchronized void promptComes(Consumer<String> write) {
        held.forEach(page -> write.accept(page.get()));
        held.clear();
        up = true;
    }

    synchronized void promptGoes() {
        up = false;
    }

    /** Drops the held messages. */
    synchronized void forget() {
        held.clear();
    }
}
