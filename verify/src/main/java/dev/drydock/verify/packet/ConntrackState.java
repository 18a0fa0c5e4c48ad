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
record ConntrackState(
        State state,
        Header original,
        Ternary destinationTranslated,
        Ternary sourceTranslated,
        FieldValue mark,
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

    public ConntrackState {
        Objects.requireNonNull(state);
        Objects.requireNonNull(original);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(answer);
    }

    /** As long as conntrack has not looked at the packet. */
    ConntrackState unseen() {
        return new ConntrackState(State.INVALID, original, Ternary.NO, Ternary.NO, FieldValue.of(0), answer);
    }

    /** Of a packet that conntrack was told to leave alone, which comes too late once it has looked. */
    ConntrackState untracked() {
        return state == State.INVALID
                ? new ConntrackState(
                        State.UNTRACKED, original, Ternary.NO, Ternary.NO, FieldValue.of(0), Optional.empty())
                : this;
    }

    /** Whether the packet belongs to a connection that conntrack knows. */
    boolean known() {
        return state == State.NEW || state == State.ESTABLISHED || state == State.RELATED;
    }

    /** Of an error about this packet, which belongs to its connection where there is one. */
    ConntrackState related(Header error) {
        return new ConntrackState(
                known() ? State.RELATED : State.INVALID,
                error,
                destinationTranslated,
                sourceTranslated,
                mark,
                Optional.empty());
    }

    ConntrackState answering(Header undone) {
        return new ConntrackState(state, original, destinationTranslated, sourceTranslated, mark, Optional.of(undone));
    }

    static ConntrackState of(State state, Header header) {
        boolean old = state == State.ESTABLISHED;
        Ternary translated = old ? Ternary.UNKNOWN : Ternary.NO;
        return new ConntrackState(
                state,
                header,
                translated,
                translated,
                old ? FieldValue.unknown(32) : FieldValue.of(0),
                Optional.empty());
    }

    /** Where one rule after another translates, what one of them has changed stays so. */
    ConntrackState withTranslation(boolean ofSource, Ternary changed) {
        return ofSource
                ? new ConntrackState(state, original, destinationTranslated, sourceTranslated.or(changed), mark, answer)
                : new ConntrackState(
                        state, original, destinationTranslated.or(changed), sourceTranslated, mark, answer);
    }

    ConntrackState withMark(FieldValue value) {
        return new ConntrackState(state, original, destinationTranslated, sourceTranslated, value, answer);
    }
}
