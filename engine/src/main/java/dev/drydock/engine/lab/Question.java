package dev.drydock.engine.lab;

import dev.drydock.verify.expect.InterfaceRef;
import java.util.List;
import java.util.Optional;

/** A question to be answered by typing; the right answer may have to be read from the live state. */
public record Question(String ask, Answer answer) {

    /** The source of the right answer. The comparison ignores case and differences in white space. */
    public sealed interface Answer {
        record Text(String text) implements Answer {}

        record OneOf(List<String> texts) implements Answer {
            public OneOf {
                texts = List.copyOf(texts);
            }
        }

        record Matches(String regex) implements Answer {}

        /**
         * The output of a bash script, without white space around it.
         *
         * @param on the host on which the script runs; empty for the default host
         */
        record Run(String script, Optional<String> on) implements Answer {}

        /** The name of the peer of a veth interface. */
        record PeerOf(InterfaceRef end) implements Answer {}
    }
}
