package dev.drydock.verify.packet;

import dev.drydock.verify.facts.MacAddress;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * A packet at one point of its way.
 *
 * @param in none where the namespace makes the packet itself
 * @param out none before the way out is known
 * @param portIn the bridge's port by which it came in, where it came in by a bridge
 * @param portOut the bridge's port by which it leaves, where it is switched and not routed
 * @param opens whether it is the first one of its connection, whatever conntrack says
 * @param envelope what its header says beside addresses and ports
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
        Envelope envelope) {
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

    /** A packet that comes in by an interface, or that the namespace makes itself. */
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
                Envelope.of(header, in.kind() == PacketDevice.Kind.NONE, !established));
    }

    /**
     * A packet that answers one that came by here.
     *
     * @param undone its header once the translations that the first packet met here have been undone; the same header where there were none
     */
    public static Packet answer(Header header, PacketDevice in, Header undone) {
        Packet packet = of(header, in, true);
        return packet.with(packet.tracking.answering(undone)).with(Envelope.of(header, packet.made(), true));
    }

    /**
     * The error about a packet of a connection, as it comes into a namespace.
     *
     * @param known whether the connection has come by here
     * @param undone its header once the translations of the connection have been undone; the same header where there were none
     */
    public static Packet error(Header header, PacketDevice in, boolean known, Header undone) {
        ConntrackState.State state = known ? ConntrackState.State.RELATED : ConntrackState.State.INVALID;
        Packet packet = of(header, in, true);
        return packet.with(ConntrackState.of(state, header).answering(undone))
                .with(Envelope.of(header, packet.made(), false));
    }

    /** A solicitation or an advertisement of IPv6, which conntrack leaves alone. */
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
                Envelope.of(header, in.kind() == PacketDevice.Kind.NONE, false).withHops(FieldValue.of(255)));
    }

    /** A question or an answer of ARP, which belongs to no connection. */
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
                Envelope.of(header, in.kind() == PacketDevice.Kind.NONE, false));
    }

    /** The same in a frame from one interface to another; what asks who has an address is for everybody. */
    public Packet between(Optional<MacAddress> sender, Optional<MacAddress> receiver) {
        Frame frame = Frame.of(sender, receiver);
        return with(envelope.with(
                header.protocol() == Protocol.ARP_REQUEST || header.protocol() == Protocol.NEIGHBOUR_SOLICITATION
                        ? header.isIpv6() ? Frame.of(sender, Optional.empty()) : frame.toEverybody()
                        : frame));
    }

    /** As the rules of a bridge see it at a hook: by which ports, of which bridges. */
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

    /** What the rules of a bridge made of the frame, as the packet that it was before. */
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

    /** Where the rules of a bridge see it, in the kernel's order, where no rule of IP does. */
    Hook[] frameHooks() {
        return switched
                ? new Hook[] {Hook.PREROUTING, Hook.FORWARD, Hook.POSTROUTING}
                : made() ? new Hook[] {Hook.OUTPUT, Hook.POSTROUTING} : new Hook[] {Hook.PREROUTING, Hook.INPUT};
    }

    boolean isArp() {
        return header.protocol().isArp();
    }

    /** The same, of a connection whose mark is that of another packet's. */
    public Packet connectedAs(Packet first) {
        return with(tracking.withMark(first.tracking.mark()));
    }

    boolean isNew() {
        return tracking.state() == ConntrackState.State.NEW;
    }

    /** Whether connection tracking was told to leave it alone. */
    public boolean isUntracked() {
        return tracking.state() == ConntrackState.State.UNTRACKED;
    }

    public boolean made() {
        return in.kind() == PacketDevice.Kind.NONE;
    }

    Packet with(Header changed) {
        return new Packet(changed, in, out, portIn, portOut, switched, tracking, mark, opens, envelope);
    }

    Packet with(ConntrackState changed) {
        return new Packet(header, in, out, portIn, portOut, switched, changed, mark, opens, envelope);
    }

    Packet with(Envelope changed) {
        return new Packet(header, in, out, portIn, portOut, switched, tracking, mark, opens, changed);
    }

    /** The same as a namespace sends it out whose packets have so many hops before them, {@code net.ipv4.ip_default_ttl}. */
    public Packet sentWith(int hops) {
        return with(new Envelope(FieldValue.of(hops), envelope.length(), FieldValue.of(0), Optional.empty()));
    }

    /** The same with so many bytes, its header included. */
    public Packet sized(int bytes) {
        return with(envelope.withLength(FieldValue.of(bytes)));
    }

    /** The largest packet, in bytes, that rules let it ask the other side of a TCP connection for; {@link Integer#MAX_VALUE} where none did. */
    public int clamp() {
        return envelope.clamp();
    }

    /** The same when it has come on from where it was this one. */
    public Packet after(Packet before) {
        return with(before.envelope);
    }

    /** Whether nobody may forward it any more. */
    boolean isSpent() {
        return envelope.hops().high().compareTo(BigInteger.ONE) <= 0;
    }

    /** The same with one hop less before it. */
    Packet forwarded() {
        return with(envelope.forwarded());
    }

    /** The last rule that changed its TTL; empty where none did. */
    public Optional<Rule> hopsBy() {
        return envelope.hopsBy();
    }

    /** What a rule makes of it. */
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

    Packet arriving(PacketDevice device) {
        return new Packet(header, device, out, portIn, portOut, switched, tracking, mark, opens, envelope);
    }

    Packet leaving(PacketDevice device) {
        return new Packet(header, in, device, portIn, portOut, switched, tracking, mark, opens, envelope);
    }

    /** The same packet on the ports of one bridge; only where it is switched has it a way out there. */
    public Packet onPorts(PacketDevice first, PacketDevice second, boolean isSwitched) {
        return new Packet(header, in, out, first, second, isSwitched, tracking, mark, opens, envelope);
    }
}
