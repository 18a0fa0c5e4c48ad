package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.Comparator;
import java.util.Optional;

/** The container or network that caused a change, or the typed command. */
record ChangeCause(Kind kind, String name) implements Comparable<ChangeCause> {
    enum Kind {
        NETWORK,
        CONTAINER,
        COMMAND
    }

    /** The command itself, without a container or network. */
    static final ChangeCause COMMAND = new ChangeCause(Kind.COMMAND, "");

    /** {@code container web}; empty for {@link #COMMAND}. */
    Optional<Message> words() {
        return switch (kind) {
            case NETWORK -> Optional.of(say("change.of-network", "network", name));
            case CONTAINER -> Optional.of(say("change.of-container", "container", name));
            case COMMAND -> Optional.empty();
        };
    }

    @Override
    public int compareTo(ChangeCause other) {
        return Comparator.comparing(ChangeCause::kind)
                .thenComparing(ChangeCause::name)
                .compare(this, other);
    }
}
