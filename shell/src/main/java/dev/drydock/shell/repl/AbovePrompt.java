package dev.drydock.shell.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What comes from the background: above the prompt while one is up, before the next one otherwise. Any thread may say something. */
final class AbovePrompt {
    private final Ui front;
    private final List<Supplier<String>> held = new ArrayList<>();
    private boolean up;

    AbovePrompt(Ui front) {
        this.front = front;
    }

    /** @param page what is held is drawn only when it is shown, since something newer may be shown until then */
    synchronized void say(Supplier<String> page) {
        String text = up ? page.get() : "";
        if (!up) {
            held.add(page);
        } else if (!text.isEmpty()) {
            front.above(text);
        }
    }

    /** @param write takes what was held, before the prompt is drawn */
    synchronized void promptComes(Consumer<String> write) {
        held.forEach(page -> write.accept(page.get()));
        held.clear();
        up = true;
    }

    synchronized void promptGoes() {
        up = false;
    }

    /** What is held is of no interest any more. */
    synchronized void forget() {
        held.clear();
    }
}
