package dev.drydock.verify.packet;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the ports of the bridges in a namespace.
 *
 * @param behind the port behind which a neighbour is; without neighbours of whom nobody knows
 * @param hairpin whether a port sends a packet back out that came in by it; without ports of which nobody knows
 */
public record BridgePorts(Map<IpAddress, String> behind, Map<String, Boolean> hairpin) {
    /** Nothing is known. */
    public static final BridgePorts UNKNOWN = new BridgePorts(Map.of(), Map.of());

    public BridgePorts {
        behind = Map.copyOf(behind);
        hairpin = Map.copyOf(hairpin);
    }

    /** Of the addresses that stand at the other end of a port, without those that are at several. */
    public static BridgePorts of(HostFacts host, Namespace here) {
        Map<IpAddress, Set<String>> found = new HashMap<>();
        for (Link port : known(here.links())) {
            if (port.master().isPresent()) {
                host.peer(here, port).toOptional().map(LinkPlace::link).stream()
                        .flatMap(Router::addresses)
                        .forEach(own -> found.computeIfAbsent(own.address(), address -> new HashSet<>())
                                .add(port.name()));
            }
        }
        Map<IpAddress, String> behind = found.entrySet().stream()
                .filter(one -> one.getValue().size() == 1)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().iterator().next()));
        return new BridgePorts(behind, hairpin(known(here.bridgePorts())));
    }

    /** What the ports themselves tell. */
    public static Map<String, Boolean> hairpin(List<BridgePort> ports) {
        Map<String, Boolean> modes = new HashMap<>();
        ports.forEach(port -> port.hairpin().ifPresent(mode -> modes.put(port.name(), mode)));
        return modes;
    }

    private static <T> List<T> known(Reading<List<T>> reading) {
        return reading.fold(Reading.Known::value, unknown -> List.of());
    }

    /** The port by which a packet for that neighbour leaves; unknown where it may be any of them. */
    PacketDevice to(Header header) {
        return Optional.ofNullable(behind.get(header.destination()))
                .filter(port -> !header.isOpen())
                .map(PacketDevice::named)
                .orElse(PacketDevice.UNKNOWN);
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
