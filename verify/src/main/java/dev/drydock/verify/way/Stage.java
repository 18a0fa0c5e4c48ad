package dev.drydock.verify.way;

import java.util.Objects;

/**
 * One link of the causal chain.
 *
 * @param title what it is about: {@code route in web}
 */
public record Stage(String title, Finding finding) {
    public Stage {
        Objects.requireNonNull(title);
        Objects.requireNonNull(finding);
    }
}
