package dev.drydock.verify.expect;

import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One expectation of a step, with what the author said around it.
 *
 * @param needs capabilities without which this goal cannot be judged on a machine
 * @param already whether it is meant to hold before the student does anything ({@code already: true}), so that the author's
 *     proof does not call it vacuous
 */
public record Goal(
        Expectation expectation,
        Optional<String> title,
        Optional<Eventually> eventually,
        Optional<String> hint,
        Set<String> needs,
        boolean already) {

    /** How long the state may take to come true, and how often to look. */
    public record Eventually(Duration within, Duration every) {}

    /** The goal's line in a list: the author's title, or the expectation's own words. */
    public Message line() {
        return title.map(Message::verbatim).orElseGet(expectation::statement);
    }
}
