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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of one connection while its packets are followed: the packet on its way, and for each namespace the translation of the first packet,
 * which conntrack undoes for the answer. Use one instance for one connection.
 */
final class ConnectionTracking {
    private final Map<Node, Translation> translations;
    private final Map<Node, Packet> seen;
    /** The namespaces whose conntrack saw the answer. */
    private final Set<Node> answered;

    private final About about;

    private final List<StaleEntries.Crossing> crossings = new ArrayList<>();
    private Packet last;
    private Node hopsSetAt;

    /** The packets that are followed. */
    private enum About {
        CONNECTION,
        /** The packets after the answer, in the direction of the first one. */
        LATER,
        /** ICMP errors about the packets of the connection. */
        ERRORS,
        /** ICMP errors about the answers. */
        ERRORS_BACK
    }

    ConnectionTracking() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>(), About.CONNECTION);
    }

    private ConnectionTracking(
            Map<Node, Translation> translations, Map<Node, Packet> seen, Set<Node> answered, About about) {
        this.translations = translations;
        this.seen = seen;
        this.answered = answered;
        this.about = about;
    }

    /**
     * The state for ICMP errors about packets of this connection.
     *
     * @param back whether the errors are about the answer
     */
    ConnectionTracking ofErrors(boolean back) {
        return new ConnectionTracking(translations, seen, answered, back ? About.ERRORS_BACK : About.ERRORS);
    }

    /** The state for the packets after the answer; empty where a rule kept the first packet from conntrack somewhere. */
    Optional<ConnectionTracking> later() {
        return seen.values().stream().allMatch(Packet::isTracked)
                ? Optional.of(new ConnectionTracking(translations, seen, answered, About.LATER))
                : Optional.empty();
    }

    private record Translation(Header before, Header after, Optional<Rule> sourceBy, Optional<Interface> out) {}

    /**
     * The rule that set a source address.
     *
     * @param out the interface by which the packet left with it
     */
    record Given(Node at, Interface out, Rule by) {}

    /** Records the first packet as it left a namespace or was received there; its connection keeps the mark. */
    void saw(Node at, Header before, Packet first) {
        if (about == About.LATER) {
            return;
        }
        seen.put(at, first);
        crossings.add(new StaleEntries.Crossing(at, before, first.header()));
    }

    /** Records the packet as a bridge handed it on by the rules of its namespace, whose conntrack saw it then. */
    void sawBridged(Node at, Packet packet, boolean back) {
        if (about == About.CONNECTION && !back) {
            seen.putIfAbsent(at, packet);
        } else {
            heard(at, packet);
        }
    }

    private void heard(Node at, Packet answer) {
        if (about == About.CONNECTION && answer.isReply() && answer.isTracked()) {
            answered.add(at);
        }
    }

    /** Whether the packets that are followed are those of the connection itself, and no errors. */
    boolean isOfConnection() {
        return about == About.CONNECTION || about == About.LATER;
    }

    void remember(Node at, Header before, TraversalResult outcome) {
        if (about == About.LATER) {
            return;
        }
        translations.put(
                at,
                new Translation(
                        before,
                        outcome.packet().header(),
                        outcome.sourceBy(),
                        outcome.packet().out().known().flatMap(at::end)));
    }

    /** Records the packet at the start of its way. */
    Packet setsOut(Node at, Packet packet) {
        last = packet;
        hopsSetAt = at;
        return packet;
    }

    /** Records the packet as it left a namespace. */
    void passed(Node at, Packet packet) {
        hopsSetAt = packet.hopsBy().equals(last.hopsBy()) ? hopsSetAt : at;
        last = packet;
        heard(at, packet);
    }

    /** The first packet before and after each namespace on its way, in order. */
    List<StaleEntries.Crossing> crossings() {
        return List.copyOf(crossings);
    }

    /** The namespace that last set the TTL. */
    Node hopsSetAt() {
        return hopsSetAt;
    }

    /** The packet as it comes into the next namespace. */
    Packet arriving(Node at, Header header, PacketDevice in, boolean back) {
        return (back ? answer(at, header, in) : there(at, header, in)).after(last);
    }

    /** The packet as its maker sends it. */
    Packet sent(Node at, Header header) {
        return there(at, header, PacketDevice.NONE);
    }

    private Packet there(Node at, Header header, PacketDevice in) {
        return about == About.LATER ? later(at, header, in) : Packet.of(header, in, false);
    }

    /** A packet after the answer. Where conntrack did not see the answer, it is INVALID, and no translation is applied to it. */
    private Packet later(Node at, Header header, PacketDevice in) {
        Optional<Packet> first = Optional.ofNullable(seen.get(at)).filter(one -> answered.contains(at));
        Header translated = Optional.ofNullable(translations.get(at))
                .filter(one -> first.isPresent() && one.before().equals(header))
                .map(Translation::after)
                .orElse(header);
        return Packet.later(header, in, first, translated);
    }

    /** The answer at a namespace; its translation is undone where this namespace translated the first packet. */
    Packet answer(Node at, Header header, PacketDevice in) {
        if (about != About.CONNECTION) {
            boolean known =
                    Optional.ofNullable(seen.get(at)).filter(Packet::isTracked).isPresent();
            return Packet.error(header, in, known, undone(at, header));
        }
        Optional<Translation> known = Optional.ofNullable(translations.get(at))
                .filter(one -> one.after().reversed().equals(header));
        return Optional.ofNullable(seen.get(at))
                .filter(Packet::isTracked)
                .map(first -> Packet.answer(
                                header,
                                in,
                                known.map(one -> one.before().reversed()).orElse(header))
                        .connectedAs(first))
                .orElseGet(() -> Packet.unexpectedAnswer(header, in));
    }

    /** The header of an ICMP error with the translation of this namespace undone. */
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

    /** The namespace that gave the packet this destination; empty where none did. */
    Optional<Node> translator(IpAddress destination) {
        return translations.entrySet().stream()
                .filter(entry -> entry.getValue().after().destination().equals(destination)
                        && !entry.getValue().before().destination().equals(destination))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The rule that gave the packet this source address; empty where none did. */
    Optional<Given> given(IpAddress source) {
        return translations.entrySet().stream()
                .filter(entry -> entry.getValue().after().source().equals(source))
                .flatMap(entry -> entry.getValue().sourceBy().stream()
                        .flatMap(by -> entry.getValue().out().stream().map(out -> new Given(entry.getKey(), out, by))))
                .findFirst();
    }
}
