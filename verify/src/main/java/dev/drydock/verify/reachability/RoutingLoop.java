package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Notices that a packet comes to a namespace a second time, by the same interface and with the same header: the namespaces between send it to each
 * other until its TTL runs out. Use one instance for one packet.
 */
final class RoutingLoop {
    private final NetworkModel model;
    private final PathWording words;
    private final List<Hop> hops = new ArrayList<>();

    /** @param way the route by which the namespace sent the packet on; empty where it was switched, or not sent on yet */
    private record Hop(Node at, Packet packet, Optional<RouteLookup> way) {
        boolean isAs(Node node, Packet other) {
            return at.equals(node)
                    && packet.in().equals(other.in())
                    && packet.portIn().equals(other.portIn())
                    && packet.header().equals(other.header());
        }
    }

    RoutingLoop(NetworkModel model, PathWording words) {
        this.model = model;
        this.words = words;
    }

    /** The packet comes to a namespace. Returns whether it has been there before. */
    boolean closes(Node at, Packet packet) {
        boolean before = hops.stream().anyMatch(hop -> hop.isAs(at, packet));
        hops.add(new Hop(at, packet, Optional.empty()));
        return before;
    }

    /** The namespace to which the packet came last sends it on. */
    void leaves(Optional<RouteLookup> way) {
        Hop last = hops.remove(hops.size() - 1);
        hops.add(new Hop(last.at(), last.packet(), way));
    }

    /** The finding for the circle that the packet closed last. Where a rule sets its TTL, the packet may go round for ever. */
    StepFinding found(boolean answer) {
        Hop again = hops.get(hops.size() - 1);
        int begin = 0;
        while (!hops.get(begin).isAs(again.at(), again.packet())) {
            begin++;
        }
        List<Hop> circle = hops.subList(begin, hops.size() - 1);
        if (again.packet().hopsBy().isPresent()) {
            return new StepFinding.CannotTell(say("unclear.circles"));
        }
        IpAddress to = again.packet().header().destination();
        return new Broken(
                Cause.ROUTING_LOOP,
                say("broken.routing-loop")
                        .with(
                                "places",
                                circle.stream()
                                        .map(hop -> words.place(hop.at()))
                                        .distinct()
                                        .toList())
                        .with("answer", answer)
                        .with("address", to)
                        .with(
                                "hops",
                                circle.stream()
                                        .map(hop -> say(
                                                "broken.loop-hop",
                                                "place",
                                                words.place(hop.at()),
                                                "way",
                                                hop.way().map(RouteLookup::words)))
                                        .distinct()
                                        .toList()),
                evidence(circle),
                say("mend.routing-loop", "address", to),
                Optional.empty());
    }

    /** The routes of all, with one command; on several lab hosts that of the first. */
    private Optional<Evidence> evidence(List<Hop> circle) {
        LinkedHashSet<Evidence> all = new LinkedHashSet<>();
        circle.forEach(hop -> hop.way()
                .flatMap(RouteLookup::route)
                .ifPresent(route -> all.add(new InterfaceDiagnosis(words).route(hop.at(), route))));
        return all.stream()
                .reduce((one, other) -> model.severalHosts()
                        ? one
                        : new Evidence(one.command() + "; " + other.command(), one.excerpt() + "\n" + other.excerpt()));
    }
}
