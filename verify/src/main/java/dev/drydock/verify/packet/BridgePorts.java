package dev.drydock.verify.packet;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the ports of the bridges in a namespace.
 *
 * @param behind the port behind which a neighbour is; without neighbours of whom nobody knows
 * @param macs of these neighbours, where known
 * @param hairpin whether a port sends a packet back out that came in by it; without ports of which nobody knows
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

    /** What the ports themselves tell. */
    public static Map<String, Boolean> hairpin(List<BridgePort> ports) {
        Map<String, Boolean> modes = new HashMap<>();
        for (BridgePort port : ports) {
            if (port.flags().containsKey(BridgePort.Flag.HAIRPIN)) {
                modes.put(port.name(), port.is(BridgePort.Flag.HAIRPIN));
            }
        }
        return modes;
    }

    /** The port by which a packet for that neighbour leaves; unknown where it may be any of them. */
    PacketDevice to(Header header) {
        return to(header.destination(), header);
    }

    /** Likewise, where the neighbour is a router on the way. */
    PacketDevice to(IpAddress next, Header header) {
        return Optional.ofNullable(behind.get(next))
                .filter(port -> !header.isOpen())
                .map(PacketDevice::named)
                .orElse(PacketDevice.UNKNOWN);
    }

    Optional<MacAddress> macOf(IpAddress next) {
        return Optional.ofNullable(macs.get(next));
    }

    /** Whether a packet that came in by one port goes nowhere because it would have to leave by that very port. */
    Ternary loses(PacketDevice in, PacketDevice out) {
        Optional<Boolean> turns = in.known().map(hairpin::get);
        boolean elsewhere = out.kind() == PacketDevice.Kind.NAMED && !out.equals(in);
        if (elsewhere || turns.orElse(false)) {
            return Ternary.NO;
        }
        return turns.isPresent() && out.equals(in) ? Ternary.YES : Ternary.UNKNOWN;
    }
}
