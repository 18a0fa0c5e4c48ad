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
 * @param known for a packet after the first one: its header with the translations of the first packet, undone for a reply; empty for other packets
 * @param reply whether the packet travels against the first one
 */
record ConntrackState(
        State state,
        Header original,
        Ternary destinationTranslated,
        Ternary sourceTranslated,
        FieldValue mark,
        Optional<Header> known,
        boolean reply) {
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
        Objects.requireNonNull(known);
    }

    /** The state before conntrack has looked at the packet. */
    ConntrackState unseen() {
        return new ConntrackState(State.INVALID, original, Ternary.NO, Ternary.NO, FieldValue.of(0), known, reply);
    }

    /** The state after {@code NOTRACK}. A packet at which conntrack has already looked keeps its state. */
    ConntrackState untracked() {
        return state == State.INVALID
                ? new ConntrackState(
                        State.UNTRACKED, original, Ternary.NO, Ternary.NO, FieldValue.of(0), Optional.empty(), reply)
                : this;
    }

    /** Whether conntrack has an entry for the connection of the packet. */
    boolean tracked() {
        return state == State.NEW || state == State.ESTABLISHED || state == State.RELATED;
    }

    /** The state of an error about this packet: RELATED where the packet belongs to a connection, else INVALID. */
    ConntrackState related(Header error) {
        return new ConntrackState(
                tracked() ? State.RELATED : State.INVALID,
                error,
                destinationTranslated,
                sourceTranslated,
                mark,
                Optional.empty(),
                true);
    }

    /** The state of a packet that travels against the first one. */
    ConntrackState answering(Header undone) {
        return new ConntrackState(
                state, original, destinationTranslated, sourceTranslated, mark, Optional.of(undone), true);
    }

    /** The state of the connection once its first packet is answered. */
    ConntrackState established() {
        return new ConntrackState(
                State.ESTABLISHED, original, destinationTranslated, sourceTranslated, mark, known, reply);
    }

    /** The state of a later packet in the direction of the first one. */
    ConntrackState continuing(Header translated) {
        return new ConntrackState(
                state, original, destinationTranslated, sourceTranslated, mark, Optional.of(translated), false);
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
                Optional.empty(),
                false);
    }

    /** The state after one more rule has translated; what an earlier rule changed stays recorded. */
    ConntrackState withTranslation(boolean ofSource, Ternary changed) {
        return ofSource
                ? new ConntrackState(
                        state, original, destinationTranslated, sourceTranslated.or(changed), mark, known, reply)
                : new ConntrackState(
                        state, original, destinationTranslated.or(changed), sourceTranslated, mark, known, reply);
    }

    ConntrackState withMark(FieldValue value) {
        return new ConntrackState(state, original, destinationTranslated, sourceTranslated, value, known, reply);
    }
}
