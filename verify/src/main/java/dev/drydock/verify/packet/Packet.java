package dev.drydock.verify.packet;

import dev.drydock.verify.facts.MacAddress;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * A packet at one point of its way. Immutable.
 *
 * @param in the input interface; none where the namespace itself sends the packet
 * @param out the output interface; none before the route lookup
 * @param portIn the bridge port where the packet came in; none where it did not come through a bridge
 * @param portOut the bridge port by which the packet leaves; none where it is routed
 * @param switched whether a bridge forwards the frame without routing
 * @param opens whether it is the first packet of its connection, whatever conntrack says
 * @param envelope the other header fields
 */
public record Packet(
        Header header,
        PacketDevice in,
        PacketDevice out,
        PacketDevice portIn,
        PacketDevice portOut,
        boolean switched,
        ConntrackState tracking,
        FieldValue mark,
        boolean opens,
        HeaderFields envelope) {
    private static final int MORE_FRAGMENTS = 0x2000;

    public Packet {
        Objects.requireNonNull(header);
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        Objects.requireNonNull(portIn);
        Objects.requireNonNull(portOut);
        Objects.requireNonNull(tracking);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(envelope);
    }

    /**
     * A packet that comes in by an interface, or that the namespace itself sends.
     *
     * @param in none where the namespace itself sends the packet
     * @param established whether the packet belongs to an established connection; else it opens one
     */
    public static Packet of(Header header, PacketDevice in, boolean established) {
        ConntrackState.State state = established ? ConntrackState.State.ESTABLISHED : ConntrackState.State.NEW;
        return new Packet(
                header,
                in,
                PacketDevice.NONE,
                PacketDevice.NONE,
                PacketDevice.NONE,
                false,
                ConntrackState.of(state, header),
                FieldValue.of(0),
                !established,
                HeaderFields.of(header, in.kind() == PacketDevice.Kind.NONE, !established));
    }

    /**
     * The reply to a packet that passed this namespace.
     *
     * @param undone its header after the translations of the first packet are undone; the same header where there were none
     */
    public static Packet answer(Header header, PacketDevice in, Header undone) {
        Packet packet = of(header, in, true);
        return packet.with(packet.tracking.answering(undone)).with(HeaderFields.of(header, packet.made(), true));
    }

    /**
     * The reply to a packet that conntrack of this namespace did not see: a reply by UDP opens a connection of its own, any other is INVALID.
     */
    public static Packet unexpectedAnswer(Header header, PacketDevice in) {
        if (header.protocol() == Protocol.UDP) {
            return of(header, in, false);
        }
        Packet packet = answer(header, in, header);
        return packet.with(
                ConntrackState.of(ConntrackState.State.INVALID, header).answering(header));
    }

    /**
     * The packet that follows the answer, in the direction of the first one: of TCP the third of the handshake, or data.
     *
     * @param first as conntrack of this namespace saw it; empty where it did not see the answer, by which the packet is INVALID
     * @param translated its header with the translations of the first packet; the same header where there were none
     */
    public static Packet later(Header header, PacketDevice in, Optional<Packet> first, Header translated) {
        Packet packet = of(header, in, true);
        ConntrackState state = first.map(seen -> seen.tracking.established())
                .orElseGet(() -> ConntrackState.of(ConntrackState.State.INVALID, header));
        return packet.with(state.continuing(translated));
    }

    /**
     * An ICMP error about a packet of a connection, as it comes into a namespace.
     *
     * @param known whether conntrack here has an entry for the connection
     * @param undone its header after the translations of the connection are undone; the same header where there were none
     */
    public static Packet error(Header header, PacketDevice in, boolean known, Header undone) {
        ConntrackState.State state = known ? ConntrackState.State.RELATED : ConntrackState.State.INVALID;
        Packet packet = of(header, in, true);
        return packet.with(ConntrackState.of(state, header).answering(undone))
                .with(HeaderFields.of(header, packet.made(), false));
    }

    /** A neighbour solicitation or advertisement, which conntrack does not track. */
    public static Packet discovery(Header header, PacketDevice in) {
        return new Packet(
                header,
                in,
                PacketDevice.NONE,
                PacketDevice.NONE,
                PacketDevice.NONE,
                false,
                ConntrackState.of(ConntrackState.State.UNTRACKED, header),
                FieldValue.of(0),
                false,
                HeaderFields.of(header, in.kind() == PacketDevice.Kind.NONE, false)
                        .withHops(FieldValue.of(255)));
    }

    /** An ARP request or reply, which belongs to no connection. */
    public static Packet arp(Header header, PacketDevice in, PacketDevice out) {
        return new Packet(
                header,
                in,
                out,
                PacketDevice.NONE,
                PacketDevice.NONE,
                false,
                ConntrackState.of(ConntrackState.State.INVALID, header),
                FieldValue.of(0),
                false,
                HeaderFields.of(header, in.kind() == PacketDevice.Kind.NONE, false));
    }

    /**
     * The packet in a frame between two MAC addresses. An ARP request becomes a broadcast frame.
     *
     * @param sender empty where the address is not known
     * @param receiver empty where the address is not known
     */
    public Packet between(Optional<MacAddress> sender, Optional<MacAddress> receiver) {
        Frame frame = Frame.of(sender, receiver);
        return with(envelope.with(
                header.protocol() == Protocol.ARP_REQUEST || header.protocol() == Protocol.NEIGHBOUR_SOLICITATION
                        ? header.isIpv6() ? Frame.of(sender, Optional.empty()) : frame.toEverybody()
                        : frame));
    }

    /** The packet as chains of the family bridge see it at a hook: the bridge ports are its input and output interfaces. */
    Packet asFrame(Hook hook) {
        boolean comes = hook != Hook.OUTPUT && hook != Hook.POSTROUTING;
        boolean leaves = hook != Hook.PREROUTING && hook != Hook.INPUT;
        PacketDevice none = PacketDevice.NONE;
        return new Packet(
                header,
                comes ? portIn : none,
                leaves ? portOut : none,
                comes ? in : none,
                leaves ? out : none,
                switched,
                tracking,
                mark,
                opens,
                envelope.with(envelope.frame().seen(true)));
    }

    /** The packet with the changes of the bridge chains, and with the interfaces of {@code before}. */
    Packet unframed(Packet before) {
        return new Packet(
                header,
                before.in,
                before.out,
                before.portIn,
                before.portOut,
                switched,
                tracking,
                mark,
                opens,
                envelope.with(envelope.frame().seen(false)));
    }

    /** The hooks at which chains of the family bridge see an ARP frame, in the kernel's order. */
    Hook[] frameHooks() {
        return switched
                ? new Hook[] {Hook.PREROUTING, Hook.FORWARD, Hook.POSTROUTING}
                : made() ? new Hook[] {Hook.OUTPUT, Hook.POSTROUTING} : new Hook[] {Hook.PREROUTING, Hook.INPUT};
    }

    boolean isArp() {
        return header.protocol().isArp();
    }

    /** With the connection mark of another packet. */
    public Packet connectedAs(Packet first) {
        return with(tracking.withMark(first.tracking.mark()));
    }

    /** Whether conntrack takes it for the first packet of a connection. */
    public boolean isNew() {
        return tracking.state() == ConntrackState.State.NEW;
    }

    /** Whether conntrack has an entry for the connection of the packet. */
    public boolean isTracked() {
        return tracking.tracked();
    }

    /** As it would be if conntrack could assign it to its connection. */
    public Packet assigned() {
        return with(tracking.established());
    }

    /** Whether it travels against the first packet of its connection. */
    public boolean isReply() {
        return tracking.reply();
    }

    /** Whether conntrack could not assign the packet to a connection. */
    public boolean isInvalid() {
        return tracking.state() == ConntrackState.State.INVALID;
    }

    /** Whether a rule excluded the packet from connection tracking ({@code NOTRACK}). */
    public boolean isUntracked() {
        return tracking.state() == ConntrackState.State.UNTRACKED;
    }

    public boolean made() {
        return in.kind() == PacketDevice.Kind.NONE;
    }

    /** The packet with another header, at the same point of its way. */
    public Packet with(Header changed) {
        return new Packet(changed, in, out, portIn, portOut, switched, tracking, mark, opens, envelope);
    }

    Packet with(ConntrackState changed) {
        return new Packet(header, in, out, portIn, portOut, switched, changed, mark, opens, envelope);
    }

    Packet with(HeaderFields changed) {
        return new Packet(header, in, out, portIn, portOut, switched, tracking, mark, opens, changed);
    }

    /**
     * As a namespace sends it.
     *
     * @param hops the initial TTL, {@code net.ipv4.ip_default_ttl}
     */
    public Packet sentWith(int hops) {
        return with(new HeaderFields(FieldValue.of(hops), envelope.length(), FieldValue.of(0), Optional.empty()));
    }

    /** With a total length in bytes, headers included. */
    public Packet sized(int bytes) {
        return with(envelope.withLength(FieldValue.of(bytes)));
    }

    /** The size in bytes of the largest packet that the MSS option allows after clamping; {@link Integer#MAX_VALUE} where no rule clamped it. */
    public int clamp() {
        return envelope.clamp();
    }

    /**
     * A later fragment of the packet, which has neither ports nor types.
     *
     * @param offset in units of 8 bytes
     * @param more whether further ones follow
     */
    public Packet fragment(int offset, boolean more) {
        return with(envelope.fragment((more ? MORE_FRAGMENTS : 0) | offset));
    }

    /** Whether it is a fragment other than the first. */
    boolean isLaterFragment() {
        return (envelope.fragment() & ~MORE_FRAGMENTS) != 0;
    }

    /** With the other header fields (TTL, length, frame) of {@code before}, which is the same packet at an earlier point. */
    public Packet after(Packet before) {
        return with(before.envelope);
    }

    /** Whether the TTL is too small for another hop. */
    boolean isSpent() {
        return envelope.hops().high().compareTo(BigInteger.ONE) <= 0;
    }

    /** With a TTL that is lower by one. */
    Packet forwarded() {
        return with(envelope.forwarded());
    }

    /** The last rule that changed its TTL; empty where none did. */
    public Optional<Rule> hopsBy() {
        return envelope.hopsBy();
    }

    /** With the change that a rule makes; the rule is recorded where it changed the TTL. */
    Packet changed(Action.Edit edit, Router router, Rule by) {
        Packet changed = edit.of(this, router);
        return changed.envelope.hops().equals(envelope.hops())
                ? changed
                : changed.with(changed.envelope.withHopsBy(by));
    }

    /** Whether both packets carry the same mark. */
    public boolean isMarkedAs(Packet other) {
        return mark.equals(other.mark);
    }

    /** With the mark that its maker has set, such as SO_MARK. */
    public Packet withMark(long number) {
        return withMark(FieldValue.of(number));
    }

    Packet withMark(FieldValue value) {
        return new Packet(
                header, in, out, portIn, portOut, switched, tracking, value.and(0xffffffffL), opens, envelope);
    }

    /** The packet as it would be with another input interface. */
    public Packet arriving(PacketDevice device) {
        return new Packet(header, device, out, portIn, portOut, switched, tracking, mark, opens, envelope);
    }

    /** The packet as it would be with another output interface. */
    public Packet leaving(PacketDevice device) {
        return new Packet(header, in, device, portIn, portOut, switched, tracking, mark, opens, envelope);
    }

    /**
     * The packet on the ports of a bridge.
     *
     * @param second none where the packet is routed
     */
    public Packet onPorts(PacketDevice first, PacketDevice second, boolean isSwitched) {
        return new Packet(header, in, out, first, second, isSwitched, tracking, mark, opens, envelope);
    }
}
