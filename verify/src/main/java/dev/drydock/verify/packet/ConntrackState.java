package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/**
 * What connection tracking knows about the connection of a packet.
 *
 * @param original the header of the first packet, before any translation
 * @param destinationTranslated whether DNAT changed the destination; unknown for an established connection
 * @param sourceTranslated whether SNAT changed the source; unknown for an established connection
 * @param mark the connection mark
 * @param answer for a reply: its header after the translations of the first packet are undone; empty for other packets
 */
record ConntrackState(
        State state,
        Header original,
        Ternary destinationTranslated,
        Ternary sourceTranslated,
        FieldValue mark,
        Optional<Header> answer) {
    public enum State {
        /** The state before conntrack has looked at the packet, and of packets that it cannot assign to a connection. */
        INVALID,
        NEW,
        ESTABLISHED,
        /** An error about a packet of a connection. */
        RELATED,
        UNTRACKED
    }

    public ConntrackState {
        Objects.requireNonNull(state);
        Objects.requireNonNull(original);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(answer);
    }

    /** The state before conntrack has looked at the packet. */
    ConntrackState unseen() {
        return new ConntrackState(State.INVALID, original, Ternary.NO, Ternary.NO, FieldValue.of(0), answer);
    }

    /** The state after {@code NOTRACK}. A packet at which conntrack has already looked keeps its state. */
    ConntrackState untracked() {
        return state == State.INVALID
                ? new ConntrackState(
                        State.UNTRACKED, original, Ternary.NO, Ternary.NO, FieldValue.of(0), Optional.empty())
                : this;
    }

    /** Whether conntrack has an entry for the connection of the packet. */
    boolean known() {
        return state == State.NEW || state == State.ESTABLISHED || state == State.RELATED;
    }

    /** The state of an error about this packet: RELATED where the packet belongs to a connection, else INVALID. */
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

    /** The state after one more rule has translated; what an earlier rule changed stays recorded. */
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
