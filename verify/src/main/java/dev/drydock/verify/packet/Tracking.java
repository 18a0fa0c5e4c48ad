package dev.drydock.verify.packet;

import java.util.Objects;

/**
 * What connection tracking knows of the packet's connection.
 *
 * @param original the first packet's header, before any translation
 * @param destinationTranslated unknown for a connection that is there already
 * @param sourceTranslated likewise
 * @param mark the connection's mark; meaningful where {@code markKnown}
 */
public record Tracking(
        State state,
        Header original,
        Truth destinationTranslated,
        Truth sourceTranslated,
        long mark,
        boolean markKnown) {
    public enum State {
        NEW,
        ESTABLISHED,
        UNTRACKED
    }

    public Tracking {
        Objects.requireNonNull(state);
        Objects.requireNonNull(original);
    }

    static Tracking of(State state, Header header) {
        Truth translated = state == State.ESTABLISHED ? Truth.UNKNOWN : Truth.NO;
        return new Tracking(state, header, translated, translated, 0, state != State.ESTABLISHED);
    }

    Tracking withTranslation(boolean ofSource) {
        return ofSource
                ? new Tracking(state, original, destinationTranslated, Truth.YES, mark, markKnown)
                : new Tracking(state, original, Truth.YES, sourceTranslated, mark, markKnown);
    }

    Tracking withMark(long value) {
        return new Tracking(state, original, destinationTranslated, sourceTranslated, value, markKnown);
    }
}
