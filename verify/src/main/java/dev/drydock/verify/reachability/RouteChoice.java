package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Checks whether the route of a packet leads to its destination. */
record RouteChoice(
        NextHop nextHop,
        RouteDiagnosis routing,
        KernelDiagnosis kernel,
        PolicyDiagnosis policy,
        ExternalNetwork external,
        ConnectionTracking connections,
        FilterDiagnosis filters) {
    /** Causes that are faults of the route, whatever happens to the frame. */
    private static final Set<Cause> MISLED = EnumSet.of(Cause.POLICY_ROUTE, Cause.WRONG_DEVICE, Cause.OVERLAP);

    /**
     * What the rules stop, where its route would not have led it to who has the address: the kernel looked for the route first, and without the
     * rules the packet would still be lost. Empty where the route is right, where nobody here has the address, and where rules changed a packet
     * that the namespace itself makes, for which the kernel looks again.
     */
    Optional<StepFinding> misled(Node at, Packet packet, TraversalResult outcome, boolean back) {
        Header header = outcome.packet().header();
        Optional<Interface> out = outcome.packet().out().known().flatMap(at::end);
        boolean several = outcome.way().filter(RouteLookup::several).isPresent();
        boolean rerouted =
                packet.made() && (outcome.destinationBy().isPresent() || !packet.isMarkedAs(outcome.packet()));
        if (out.isEmpty()
                || several
                || rerouted
                || model().holders(header.destination()).isEmpty()) {
            return Optional.empty();
        }
        IpAddress next = outcome.way().flatMap(RouteLookup::via).orElse(header.destination());
        FrameDelivery delivery = nextHop.deliver(out.get(), header, next);
        Optional<StepFinding> refined = refined(at, out.get(), next, delivery, outcome, back);
        return delivery.outside()
                ? refined
                : refined.or(() -> Optional.of(delivery.finding())).filter(finding -> StepFinding.broken(finding)
                        .map(Broken::cause)
                        .filter(MISLED::contains)
                        .isPresent());
    }

    private NetworkModel model() {
        return filters.model();
    }

    /**
     * A finding that explains the delivery better than the delivery's own finding: a wrong route, routing rule or source. Empty where there is
     * none.
     */
    Optional<StepFinding> refined(
            Node at, Interface out, IpAddress next, FrameDelivery delivery, TraversalResult outcome, boolean back) {
        Optional<StepFinding> astray = policy.misled(at, outcome, delivery, back);
        if (astray.isPresent()) {
            return astray;
        }
        Header header = outcome.packet().header();
        boolean inside = !model().holders(header.destination()).isEmpty();
        Optional<Broken> source = kernel.leavesFromLoopback(at, out, outcome);
        if (source.isPresent()) {
            return Optional.of(source.get());
        }
        if (back && delivery.finding() instanceof Broken broken && broken.cause() == Cause.NOBODY_THERE) {
            return connections.given(header.destination()).map(given -> external.wrongSource(
                            given.at(), given.out(), header.destination(), given.by())
                    .map(StepFinding.class::cast)
                    .orElseGet(() ->
                            new StepFinding.CannotTell(say("unclear.answers-for", "address", header.destination()))));
        }
        if (delivery.outside()) {
            if (inside) {
                Optional<Broken> behind = routing.behind(at, header.destination(), Optional.of(out), back);
                boolean answeredOutside = !back
                        && behind.filter(one -> one.cause() == Cause.OVERLAP).isPresent()
                        && external.probe().answered()
                        && filters.question().target().isEmpty();
                if (answeredOutside) {
                    return Optional.empty();
                }
                return Optional.of(behind.map(StepFinding.class::cast)
                        .orElseGet(() -> back
                                ? routing.noRouteBack(at, header.destination())
                                : external.astray(routing, at, out, next, header)));
            }
            return back ? Optional.empty() : external.leaving(at, out, next, header, outcome);
        }
        return Optional.empty();
    }
}
