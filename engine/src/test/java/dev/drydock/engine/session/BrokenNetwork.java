package dev.drydock.engine.session;

import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Words;
import java.util.Map;
import java.util.Optional;

/**
 * One network of the catalogue.
 *
 * @param base what it is built upon, of {@code bases.yaml}
 * @param breaks bash that breaks it, run on the first lab host; empty where the base itself, or the question, is what is broken
 * @param cause the true one; {@code none} where nothing is broken, {@link #BEYOND} where it is nothing that {@code why} knows
 * @param says words of the true finding; of a cause beyond the model what it is
 */
record BrokenNetwork(String id, String base, String breaks, String from, String to, String cause, String says) {
    /** The cause of what is not modelled. */
    static final String BEYOND = "beyond the model";

    enum Score {
        RIGHT("right"),
        CANNOT_TELL("cannot tell"),
        WRONG("wrong");

        private final String words;

        Score(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static BrokenNetwork of(Map<String, Object> map) {
        return new BrokenNetwork(
                text(map, "id"),
                text(map, "base"),
                text(map, "break"),
                text(map, "from"),
                text(map, "to"),
                text(map, "cause"),
                text(map, "says"));
    }

    private static String text(Map<String, Object> map, String key) {
        return String.valueOf(map.getOrDefault(key, ""));
    }

    boolean healthy() {
        return cause.equals("none");
    }

    /** Whether it is broken by what is not modelled, so that nothing but "cannot tell" is right. */
    boolean beyond() {
        return cause.equals(BEYOND);
    }

    Score score(Reachability reach) {
        return switch (reach.verdict()) {
            case CANNOT_TELL -> Score.CANNOT_TELL;
            case REACHES -> healthy() ? Score.RIGHT : Score.WRONG;
            case BROKEN -> names(reach.broken()) ? Score.RIGHT : Score.WRONG;
        };
    }

    private boolean names(Optional<StepFinding.Broken> broken) {
        return broken.filter(one -> one.cause().id().equals(cause)
                        && Words.text(one.found()).contains(says))
                .isPresent();
    }
}
