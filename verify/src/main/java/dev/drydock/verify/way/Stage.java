package dev.drydock.verify.way;

import java.util.Objects;

/**
 * One link of the causal chain.
 *
 * @param leg of the way there or of the answer's way back
 * @param title what it is about: {@code route in web}
 */
public record Stage(Leg leg, String title, Finding finding) {
    /** Whose way it is a part of. Behind Docker's proxy a second connection goes there and back before the first one's answer does. */
    public enum Leg {
        THERE,
        BACK
    }

    public Stage {
        Objects.requireNonNull(leg);
        Objects.requireNonNull(title);
        Objects.requireNonNull(finding);
    }
}
