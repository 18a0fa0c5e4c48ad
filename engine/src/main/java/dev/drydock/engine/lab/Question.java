package dev.drydock.engine.lab;

import dev.drydock.verify.expect.InterfaceRef;
import java.util.List;
import java.util.Optional;

/** A question to be answered by typing; the right answer may have to be read from the live state. */
public record Question(String ask, Answer answer) {

    /** Where the right answer comes from. Comparison trims, folds white space and ignores case. */
    public sealed interface Answer {
        record Text(String text) implements Answer {}

        record OneOf(List<String> texts) implements Answer {
            public OneOf {
                texts = List.copyOf(texts);
            }
        }

        record Matches(String regex) implements Answer {}

        /**
         * The trimmed output of a bash script.
         *
         * @param on the host that it runs on, empty for the first
         */
        record Run(String script, Optional<String> on) implements Answer {}

        /** The name of a veth's other end. */
        record PeerOf(InterfaceRef end) implements Answer {}
    }
}
