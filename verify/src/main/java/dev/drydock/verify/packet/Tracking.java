package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/**
 * What connection tracking knows of the packet's connection.
 *
 * @param original the first packet's header, before any translation
 * @param destinationTranslated unknown for a connection that is there already
 * @param sourceTranslated likewise
 * @param mark the connection's mark
 * @param answer of a packet that answers: its header once the translations of the first packet have been undone
 */
record Tracking(
        State state,
        Header original,
        Truth destinationTranslated,
        Truth sourceTranslated,
        Value mark,
        Optional<Header> answer) {
    public enum State {
        /** Conntrack has not seen it yet. */
        INVALID,
        NEW,
        ESTABLISHED,
        /** The error about a packet of a connection. */
        RELATED,
        UNTRACKED
    }

    public Tracking {
        Objects.requireNonNull(state);
        Objects.requireNonNull(original);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(answer);
    }

    /** As long as conntrack has not looked at the packet. */
    Tracking unseen() {
        return new Tracking(State.INVALID, original, Truth.NO, Truth.NO, Value.of(0), answer);
    }

    /** Of a packet that conntrack was told to leave alone, which comes too late once it has looked. */
    Tracking untracked() {
        return state == State.INVALID
                ? new Tracking(State.UNTRACKED, original, Truth.NO, Truth.NO, Value.of(0), Optional.empty())
                : this;
    }

    /** Whether the packet belongs to a connection that conntrack knows. */
    boolean known() {
        return state == State.NEW || state == State.ESTABLISHED || state == State.RELATED;
    }

    /** Of an error about this packet, which belongs to its connection where there is one. */
    Tracking related(Header error) {
        return new Tracking(
                known() ? State.RELATED : State.INVALID,
                error,
                destinationTranslated,
                sourceTranslated,
                mark,
                Optional.empty());
    }

    Tracking answering(Header undone) {
        return new Tracking(state, original, destinationTranslated, sourceTranslated, mark, Optional.of(undone));
    }

    static Tracking of(State state, Header header) {
        boolean old = state == State.ESTABLISHED;
        Truth translated = old ? Truth.UNKNOWN : Truth.NO;
        return new Tracking(
                state, header, translated, translated, old ? Value.unknown(32) : Value.of(0), Optional.empty());
    }

    /** Where one rule after another translates, what one of them has changed stays so. */
    Tracking withTranslation(boolean ofSource, Truth changed) {
        return ofSource
                ? new Tracking(state, original, destinationTranslated, sourceTranslated.or(changed), mark, answer)
                : new Tracking(state, original, destinationTranslated.or(changed), sourceTranslated, mark, answer);
    }

    Tracking withMark(Value value) {
        return new Tracking(state, original, destinationTranslated, sourceTranslated, value, answer);
    }
}
