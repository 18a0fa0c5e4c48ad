package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/**
 * What connection tracking knows of the packet's connection.
 *
 * @param original the first packet's header, before any translation
 * @param destinationTranslated unknown for a connection that is there already
 * @param sourceTranslated likewise
 * @param mark the connection's mark; meaningful where {@code markKnown}
 * @param answer of a packet that answers: its header once the translations of the first packet have been undone
 */
public record Tracking(
        State state,
        Header original,
        Truth destinationTranslated,
        Truth sourceTranslated,
        long mark,
        boolean markKnown,
        Optional<Header> answer) {
    public enum State {
        NEW,
        ESTABLISHED,
        UNTRACKED
    }

    public Tracking {
        Objects.requireNonNull(state);
        Objects.requireNonNull(original);
        Objects.requireNonNull(answer);
    }

    Tracking(
            State state,
            Header original,
            Truth destinationTranslated,
            Truth sourceTranslated,
            long mark,
            boolean markKnown) {
        this(state, original, destinationTranslated, sourceTranslated, mark, markKnown, Optional.empty());
    }

    Tracking answering(Header undone) {
        return new Tracking(
                state, original, destinationTranslated, sourceTranslated, mark, markKnown, Optional.of(undone));
    }

    static Tracking of(State state, Header header) {
        Truth translated = state == State.ESTABLISHED ? Truth.UNKNOWN : Truth.NO;
        return new Tracking(state, header, translated, translated, 0, state != State.ESTABLISHED);
    }

    Tracking withTranslation(boolean ofSource) {
        return ofSource
                ? new Tracking(state, original, destinationTranslated, Truth.YES, mark, markKnown, answer)
                : new Tracking(state, original, Truth.YES, sourceTranslated, mark, markKnown, answer);
    }

    Tracking withMark(long value) {
        return new Tracking(state, original, destinationTranslated, sourceTranslated, value, markKnown, answer);
    }
}
