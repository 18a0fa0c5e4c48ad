package dev.drydock.verify.trace;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.PathStep.Direction;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.trace.TraceEvent.Point;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the cause of an end with {@link Reachability}. A broken step counts only in the namespace where the packet was seen last.
 *
 * @param facts with all readings that decide the way of packets; read only when they are needed
 */
record EndingCause(Supplier<Facts> facts, TracedPacket packet, Node sender) {
    private static final Set<Direction> THERE = EnumSet.of(Direction.THERE);
    private static final Set<Direction> BACK = EnumSet.of(Direction.BACK);
    private static final Set<Direction> BOTH = EnumSet.allOf(Direction.class);

    /** Why the packet did not leave its sender. */
    Optional<StepFinding.Broken> notSent() {
        return broken(ProbeResult.Kind.NO_ROUTE, Optional.empty(), "", List.of(sender), THERE);
    }

    /** Why the packet was not seen after the last of these visits. */
    Optional<StepFinding.Broken> lost(List<Visit> request, VisitLinks links) {
        return broken(ProbeResult.Kind.SILENCE, Optional.empty(), "", places(request, links), THERE);
    }

    /** Why the packet was not seen after the last of these visits, where that namespace got no ARP reply. */
    Optional<StepFinding.Broken> unheard(List<Visit> request, VisitLinks links) {
        Optional<Node> router = links.node(request.get(request.size() - 1)).filter(node -> !node.equals(sender));
        Optional<IpAddress> own = router.stream()
                .flatMap(Node::ends)
                .flatMap(end -> end.addresses(packet.to().isIpv6()).stream())
                .map(address -> address.address())
                .filter(address -> !Cidr.LOOPBACK.contains(address))
                .findFirst();
        return broken(
                own.isPresent() ? ProbeResult.Kind.REJECTED : ProbeResult.Kind.NO_NEIGHBOUR,
                own,
                "Destination Host Unreachable",
                places(request, links),
                THERE);
    }

    /** Why the receiving namespace sent no answer. */
    Optional<StepFinding.Broken> unanswered(Optional<Node> at) {
        return broken(
                ProbeResult.Kind.SILENCE, Optional.empty(), "", at.stream().toList(), BOTH);
    }

    Optional<StepFinding.Broken> replyLost(List<Visit> replies, VisitLinks links) {
        return broken(ProbeResult.Kind.SILENCE, Optional.empty(), "", places(replies, links), BACK);
    }

    Optional<StepFinding.Broken> refused(Optional<Node> at) {
        return broken(
                ProbeResult.Kind.REFUSED, Optional.empty(), "", at.stream().toList(), THERE);
    }

    /**
     * Why an ICMP error came back.
     *
     * @param at the namespace that sent the error, or the last one that had the packet
     */
    Optional<StepFinding.Broken> unreachable(IpAddress source, boolean host, Optional<Node> at) {
        boolean own = at.equals(Optional.of(sender));
        return broken(
                own ? ProbeResult.Kind.NO_NEIGHBOUR : ProbeResult.Kind.REJECTED,
                own ? Optional.empty() : Optional.of(source),
                host ? "Destination Host Unreachable" : "",
                at.stream().toList(),
                THERE);
    }

    /**
     * The namespaces in which the packet may have been lost: the last one, and the one before it where the last one may only have switched the
     * packet.
     */
    private static List<Node> places(List<Visit> visits, VisitLinks links) {
        List<Node> places = new ArrayList<>();
        for (int i = visits.size() - 1; i >= 0; i--) {
            links.node(visits.get(i)).ifPresent(places::add);
            if (!mayBeSwitched(visits.get(i))) {
                break;
            }
        }
        return places;
    }

    private static boolean mayBeSwitched(Visit visit) {
        return visit.at(Point.SWITCHED).isPresent()
                || (visit.at(Point.PORT_IN).isPresent()
                        && visit.at(Point.ROUTED).isEmpty()
                        && visit.at(Point.DELIVERED).isEmpty());
    }

    private Optional<StepFinding.Broken> broken(
            ProbeResult.Kind kind, Optional<IpAddress> by, String line, List<Node> places, Set<Direction> legs) {
        Optional<Scope> from = sender.namespace().names().stream()
                .findFirst()
                .map(name -> new Scope(Optional.of(sender.host().name()), name.kind(), name.name()));
        if (from.isEmpty() || places.isEmpty()) {
            return Optional.empty();
        }
        ReachabilityQuery question = new ReachabilityQuery(
                from.get(),
                Optional.empty(),
                packet.aim().toString(),
                packet.port().stream().boxed().findFirst(),
                packet.mark().protocol());
        ProbeResult seen = new ProbeResult(kind, by, line, Optional.empty());
        Reachability reach = Reachability.of(facts.get(), question, seen);
        return reach.why().filter(broken -> reach.breaking()
                .filter(step -> legs.contains(step.leg())
                        && step.at().filter(places::contains).isPresent())
                .isPresent());
    }
}
