package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packet that is on its way, and how namespaces rewrote the first one of its connection, as connection tracking remembers it for the
 * answer.
 */
final class ConnectionTracking {
    private final Map<Node, Translation> translations;
    private final Map<Node, Packet> seen;
    private final About about;

    private final List<StaleEntries.Crossing> crossings = new ArrayList<>();
    private Packet last;
    private Node hopsSetAt;

    /** Whose packets they are. */
    private enum About {
        CONNECTION,
        /** Errors about its packets. */
        ERRORS,
        /** Errors about what answers them. */
        ERRORS_BACK
    }

    ConnectionTracking() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), About.CONNECTION);
    }

    private ConnectionTracking(Map<Node, Translation> translations, Map<Node, Packet> seen, About about) {
        this.translations = translations;
        this.seen = seen;
        this.about = about;
    }

    /** The same for errors that somebody on the way sends to who made a packet of this connection. */
    ConnectionTracking ofErrors(boolean back) {
        return new ConnectionTracking(translations, seen, back ? About.ERRORS_BACK : About.ERRORS);
    }

    private record Translation(Header before, Header after, Optional<Rule> sourceBy, Optional<Interface> out) {}

    /**
     * Who gave the packet its source.
     *
     * @param out the interface by which it left with it
     */
    record Given(Node at, Interface out, Rule by) {}

    /** The first packet as it left a namespace, or was taken there: its connection keeps its mark. */
    void saw(Node at, Header before, Packet first) {
        seen.put(at, first);
        crossings.add(new StaleEntries.Crossing(at, before, first.header()));
    }

    void remember(Node at, Header before, TraversalResult outcome) {
        translations.put(
                at,
                new Translation(
                        before,
                        outcome.packet().header(),
                        outcome.sourceBy(),
                        outcome.packet().out().known().flatMap(at::end)));
    }

    /** A packet that begins its way. */
    Packet setsOut(Node at, Packet packet) {
        last = packet;
        hopsSetAt = at;
        return packet;
    }

    /** It came through a namespace like this. */
    void passed(Node at, Packet packet) {
        hopsSetAt = packet.hopsBy().equals(last.hopsBy()) ? hopsSetAt : at;
        last = packet;
    }

    /** How the namespaces on its way translated the first packet, in order. */
    List<StaleEntries.Crossing> crossings() {
        return List.copyOf(crossings);
    }

    /** Where its TTL was set last. */
    Node hopsSetAt() {
        return hopsSetAt;
    }

    /** It comes into the next namespace. */
    Packet arriving(Node at, Header header, PacketDevice in, boolean back) {
        return (back ? answer(at, header, in) : Packet.of(header, in, false)).after(last);
    }

    /** The answer with this header, at a namespace that may have rewritten what it answers. */
    Packet answer(Node at, Header header, PacketDevice in) {
        if (about != About.CONNECTION) {
            return Packet.error(header, in, seen.containsKey(at), undone(at, header));
        }
        Optional<Translation> known = Optional.ofNullable(translations.get(at))
                .filter(one -> one.after().reversed().equals(header));
        Packet answer = Packet.answer(
                header, in, known.map(one -> one.before().reversed()).orElse(header));
        return Optional.ofNullable(seen.get(at)).map(answer::connectedAs).orElse(answer);
    }

    /** An error goes to the address that the packet's maker had before it was translated here. */
    private Header undone(Node at, Header error) {
        Optional<Translation> here = Optional.ofNullable(translations.get(at));
        Optional<IpAddress> maker = about == About.ERRORS
                ? here.filter(one -> one.after().source().equals(error.destination()))
                        .map(one -> one.before().source())
                : here.filter(one -> one.before().destination().equals(error.destination()))
                        .map(one -> one.after().destination());
        return maker.map(address -> new Header(
                        error.source(), address, error.protocol(), error.sourcePort(), error.destinationPort()))
                .orElse(error);
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
