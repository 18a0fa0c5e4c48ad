package dev.drydock.verify.packet;

import java.util.Objects;

/**
 * A packet at one point of its way.
 *
 * @param in none where the namespace makes the packet itself
 * @param out none before the way out is known
 * @param portIn the bridge's port by which it came in, where it came in by a bridge
 * @param portOut the bridge's port by which it leaves, where it is switched and not routed
 * @param opens whether it is the first one of its connection, whatever conntrack says
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
        boolean opens) {
    public Packet {
        Objects.requireNonNull(header);
        Objects.requireNonNull(in);
        Objects.requireNonNull(out);
        Objects.requireNonNull(portIn);
        Objects.requireNonNull(portOut);
        Objects.requireNonNull(tracking);
        Objects.requireNonNull(mark);
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
                !established);
    }

    /**
     * A packet that answers one that came by here.
     *
     * @param undone its header once the translations that the first packet met here have been undone; the same header where there were none
     */
    public static Packet answer(Header header, PacketDevice in, Header undone) {
        Packet packet = of(header, in, true);
        return packet.with(packet.tracking.answering(undone));
    }

    boolean isNew() {
        return tracking.state() == ConntrackState.State.NEW;
    }

    public boolean made() {
        return in.kind() == PacketDevice.Kind.NONE;
    }

    Packet with(Header changed) {
        return new Packet(changed, in, out, portIn, portOut, switched, tracking, mark, opens);
    }

    Packet with(ConntrackState changed) {
        return new Packet(header, in, out, portIn, portOut, switched, changed, mark, opens);
    }

    /** With the mark that its maker has set, such as SO_MARK. */
    public Packet withMark(long number) {
        return withMark(FieldValue.of(number));
    }

    Packet withMark(FieldValue value) {
        return new Packet(header, in, out, portIn, portOut, switched, tracking, value.and(0xffffffffL), opens);
    }

    Packet arriving(PacketDevice device) {
        return new Packet(header, device, out, portIn, portOut, switched, tracking, mark, opens);
    }

    Packet leaving(PacketDevice device) {
        return new Packet(header, in, device, portIn, portOut, switched, tracking, mark, opens);
    }

    /** The same packet on the ports of one bridge; only where it is switched has it a way out there. */
    public Packet onPorts(PacketDevice first, PacketDevice second, boolean isSwitched) {
        return new Packet(header, in, out, first, second, isSwitched, tracking, mark, opens);
    }
}
