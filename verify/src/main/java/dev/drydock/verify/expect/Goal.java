package dev.drydock.verify.expect;

import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An expectation of a step, with the author's settings for it.
 *
 * @param title the author's line for the list of goals; empty for the expectation's own statement
 * @param eventually present where the state may take a while to become true
 * @param needs capabilities that the machine must have so that the goal can be judged
 * @param already whether the goal is met before the student does anything ({@code already: true}), so that the author's check does not report it as
 *     vacuous
 */
public record Goal(
        Expectation expectation,
        Optional<String> title,
        Optional<Eventually> eventually,
        Optional<String> hint,
        Set<String> needs,
        boolean already) {

    /** How long the state may take to become true, and how often it is checked. */
    public record Eventually(Duration within, Duration every) {}

    /** The goal's line in a list: the author's title, or the expectation's statement. */
    public Message line() {
        return title.map(Message::verbatim).orElseGet(expectation::statement);
    }
}
