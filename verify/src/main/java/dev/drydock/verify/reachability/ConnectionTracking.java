package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How namespaces rewrote the first packet of a connection, as connection tracking remembers it for the answer. */
final class ConnectionTracking {
    private final Map<Node, Translation> translations = new LinkedHashMap<>();

    private record Translation(Header before, Header after, Optional<Rule> sourceBy, Optional<Interface> out) {}

    /**
     * Who gave the packet its source.
     *
     * @param out the interface by which it left with it
     */
    record Given(Node at, Interface out, Rule by) {}

    void remember(Node at, Header before, TraversalResult outcome) {
        translations.put(
                at,
                new Translation(
                        before,
                        outcome.packet().header(),
                        outcome.sourceBy(),
                        outcome.packet().out().known().flatMap(at::end)));
    }

    /** The answer with this header, at a namespace that may have rewritten what it answers. */
    Packet answer(Node at, Header header, PacketDevice in) {
        Optional<Translation> known = Optional.ofNullable(translations.get(at))
                .filter(one -> one.after().reversed().equals(header));
        return Packet.answer(
                header, in, known.map(one -> one.before().reversed()).orElse(header));
    }

    /** Which rule gave the packet this source. */
    Optional<Given> given(IpAddress source) {
        return translations.entrySet().stream()
                .filter(entry -> entry.getValue().after().source().equals(source))
                .flatMap(entry -> entry.getValue().sourceBy().stream()
                        .flatMap(by -> entry.getValue().out().stream().map(out -> new Given(entry.getKey(), out, by))))
                .findFirst();
    }
}
