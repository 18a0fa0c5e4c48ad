package dev.drydock.verify.packet;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about the bridge ports of a namespace. Neighbours and ports about which nothing is known are not in the maps.
 *
 * @param behind the port through which each neighbour is reached
 * @param macs the MAC addresses of these neighbours
 * @param hairpin whether a port is in hairpin mode, so that a packet may leave by the port where it came in
 */
public record BridgePorts(
        Map<IpAddress, String> behind, Map<IpAddress, MacAddress> macs, Map<String, Boolean> hairpin) {
    /** Nothing is known. */
    public static final BridgePorts UNKNOWN = new BridgePorts(Map.of(), Map.of(), Map.of());

    public BridgePorts {
        behind = Map.copyOf(behind);
        macs = Map.copyOf(macs);
        hairpin = Map.copyOf(hairpin);
    }

    /** The hairpin mode of each port where it was read. */
    public static Map<String, Boolean> hairpin(List<BridgePort> ports) {
        Map<String, Boolean> modes = new HashMap<>();
        for (BridgePort port : ports) {
            if (port.flags().containsKey(BridgePort.Flag.HAIRPIN)) {
                modes.put(port.name(), port.is(BridgePort.Flag.HAIRPIN));
            }
        }
        return modes;
    }

    /** The port that leads to the destination of a packet; UNKNOWN where it is not known. */
    PacketDevice to(Header header) {
        return to(header.destination(), header);
    }

    /** The port that leads to a next hop; UNKNOWN where it is not known. */
    PacketDevice to(IpAddress next, Header header) {
        return Optional.ofNullable(behind.get(next))
                .filter(port -> !header.isOpen())
                .map(PacketDevice::named)
                .orElse(PacketDevice.UNKNOWN);
    }

    Optional<MacAddress> macOf(IpAddress next) {
        return Optional.ofNullable(macs.get(next));
    }

    /** Whether the bridge drops a packet because the output port is the input port and that port is not in hairpin mode. */
    Ternary loses(PacketDevice in, PacketDevice out) {
        Optional<Boolean> turns = in.known().map(hairpin::get);
        boolean elsewhere = out.kind() == PacketDevice.Kind.NAMED && !out.equals(in);
        if (elsewhere || turns.orElse(false)) {
            return Ternary.NO;
        }
        return turns.isPresent() && out.equals(in) ? Ternary.YES : Ternary.UNKNOWN;
    }
}
