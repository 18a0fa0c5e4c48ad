package dev.drydock.verify.expect;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One expectation of a step, with what the author said around it. */
public record Goal(Expectation expectation, Optional<String> title, Optional<Eventually> eventually, Optional<String> hint, Set<String> needs) {

    /** How long the state may take to come true, and how often to look. */
    public record Eventually(Duration within, Duration every) {}

    /** The goal's line in a list: the author's title, or the expectation's own words. */
    public String line() {
        return title.orElseGet(expectation::describe);
    }
}
