package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Follows one packet, and then its answer, from namespace to namespace. Use one instance for one connection. */
final class PathTracer {
    private static final int MOST_HOPS = 32;

    private final NetworkModel model;
    private final PathWording words;
    private final NextHop nextHop;
    private final FilterDiagnosis filters;
    private final NeighbourDiscovery discovery;
    private final RewriteRecord rewrites;
    private final RouteDiagnosis routing;
    private final KernelDiagnosis kernel;
    private final PolicyDiagnosis policy;
    private final ExternalNetwork external;
    private final RouteChoice choice;
    private final PathRecord trace;
    private final ConnectionTracking connections;
    private final SizeDiagnosis sizes;
    private Optional<String> zone = Optional.empty();
    private OptionalInt hops = OptionalInt.empty();

    /** A tracer for small packets. */
    PathTracer(NextHop nextHop, FilterDiagnosis filters, ExternalNetwork external, PathRecord trace) {
        this(nextHop, filters, external, trace, PacketSizes.SMALL, new ConnectionTracking());
    }

    /** @param load the sizes of the packets */
    PathTracer(
            NextHop nextHop,
            FilterDiagnosis filters,
            ExternalNetwork external,
            PathRecord trace,
            PacketSizes load,
            ConnectionTracking connections) {
        this.model = filters.model();
        this.words = filters.words();
        this.nextHop = nextHop;
        this.filters = filters;
        this.discovery = new NeighbourDiscovery(model, words, filters);
        this.rewrites = new RewriteRecord(words, trace);
        this.routing = new RouteDiagnosis(model, words);
        this.kernel = new KernelDiagnosis(model, words);
        this.policy = new PolicyDiagnosis(model, words, nextHop);
        this.external = external;
        this.trace = trace;
        this.connections = connections;
        this.choice = new RouteChoice(nextHop, routing, kernel, policy, external, connections, filters);
        this.sizes = new SizeDiagnosis(model, words, trace, load, this::errorLost);
    }

    /**
     * Follows a packet that a namespace sends.
     *
     * @param zone the output interface, where the sender selects one
     * @return empty where the packet gets lost, or its way is not known; the trace has the reason
     */
    Optional<Arrival> there(Node at, Header header, Optional<String> zone) {
        trace.follow(PathStep.Direction.THERE);
        this.zone = zone;
        return travel(at, connections.sent(at, header), false);
    }

    /** As {@link #there}, with a TTL of its own. */
    Optional<Arrival> there(Node at, Header header, Optional<String> zone, OptionalInt hops) {
        this.hops = hops;
        return there(at, header, zone);
    }

    /** Follows the answer from the receiver of the first packet. The trace tells whether it arrives. */
    void back(Node home, Header first, Arrival arrival) {
        trace.follow(PathStep.Direction.BACK);
        Header header = arrival.header().reversed();
        Optional<Node> made = arrival.at();
        Node begin = made.orElse(arrival.last());
        // a link-local address is answered by the interface from which it came
        zone = Router.isOfLink(header.destination()) ? Optional.of(arrival.device()) : Optional.empty();
        PacketDevice in = made.isPresent() ? PacketDevice.NONE : PacketDevice.named(arrival.device());
        Optional<Arrival> end = travel(begin, connections.answer(begin, header, in), true);
        end.ifPresent(there -> trace.add(say("step.the-answer"), new AnswerDiagnosis(words).of(home, first, there)));
    }

    /** The packet before and after each namespace on its way. */
    List<StaleEntries.Crossing> crossings() {
        return connections.crossings();
    }

    /** The largest packets of the connection. Call it after {@link #back}. */
    SizeDiagnosis.Largest largest() {
        return sizes.largest();
    }

    /** Why an ICMP error about the packet or its answer does not reach the sender; empty where it does. */
    Optional<StepFinding> errorLost(Node at, Packet error, Node to, boolean back) {
        PathRecord aside = new PathRecord(FlowForks.first());
        aside.follow(PathStep.Direction.BACK);
        Optional<Arrival> end = new PathTracer(
                        nextHop, filters, external, aside, PacketSizes.SMALL, connections.ofErrors(back))
                .travel(at, error, true);
        if (end.flatMap(Arrival::at).filter(to::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(aside.broken()
                .<StepFinding>map(broken -> broken)
                .orElseGet(() -> new StepFinding.CannotTell(say("unclear.size-error", "place", words.place(at)))));
    }

    private Optional<Arrival> travel(Node begin, Packet first, boolean back) {
        Node at = begin;
        Packet sent = first.made() && !first.header().isIpv6()
                ? first.sentWith(hops.orElseGet(() -> model.hopsOf(begin)))
                : first;
        Packet packet = connections.setsOut(begin, sizes.sized(begin, sent, back));
        Optional<Rule> destinationBy = Optional.empty();
        Optional<Node> by = Optional.empty();
        boolean waits = false;
        RoutingLoop loop = new RoutingLoop(model, words);
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            trace.isIn(at);
            if (loop.closes(at, packet)) {
                trace.add(say("step.way-whole"), loop.found(back));
                return Optional.empty();
            }
            if (waits) {
                trace.packetIs(Disposition.WAITING);
            }
            Optional<TraversalResult> passed = pass(at, packet, back);
            if (passed.isEmpty()) {
                return Optional.empty();
            }
            if (isTorn(at, packet, back)) {
                return Optional.empty();
            }
            TraversalResult outcome = passed.get();
            Header header = outcome.packet().header();
            if (outcome.destinationBy().isPresent()) {
                destinationBy = outcome.destinationBy();
                by = Optional.of(at);
            }
            remember(at, packet.header(), outcome, back);
            if (outcome.ending() == TraversalResult.Ending.DELIVERED) {
                String device = packet.in().known().orElse("lo");
                sizes.arrived(outcome.packet(), back);
                return packet.made() && !loopback(at, header, back)
                        ? Optional.empty()
                        : Optional.of(new Arrival(Optional.of(at), at, device, header, destinationBy, by));
            }
            Optional<String> device = outcome.packet().out().known();
            Optional<Interface> out = device.flatMap(at::end);
            boolean several = outcome.way().filter(RouteLookup::several).isPresent();
            if (out.isEmpty() || (several && !isZoned(packet))) {
                trace.cannotTell(
                        say("step.way", "place", words.place(at)),
                        outcome.way().map(RouteLookup::words).orElseGet(() -> say("unclear.way-out")));
                return Optional.empty();
            }
            loop.leaves(outcome.way());
            IpAddress next = outcome.way().flatMap(RouteLookup::via).orElse(header.destination());
            if (next.isIpv6() != header.isIpv6()) {
                trace.cannotTell(words.end(out.get()), say("unclear.gateway-of-ipv6", "address", next));
                return Optional.empty();
            }
            FrameDelivery delivery = nextHop.deliver(out.get(), header, next);
            trace.leaves(out.get(), delivery.outside());
            Optional<StepFinding> refined = choice.refined(at, out.get(), next, delivery, outcome, back);
            StepFinding finding = refined.orElse(delivery.finding());
            if (delivery.outside() && isAstray(finding) && !external.probe().nobodyThere(at)) {
                // a gateway takes it, and need not tell that it has no route
                trace.packetIs(Disposition.LEFT);
            }
            if (!packet.made() && StepFinding.broken(delivery.finding()).isPresent()) {
                trace.packetIs(Disposition.WAITING);
            }
            IpAddress source = header.source();
            Optional<StepFinding> unheard = finding instanceof StepFinding.Holds
                    ? delivery.path().flatMap(path -> discovery.fails(out.get(), next, source, path))
                    : Optional.empty();
            Optional<StepFinding> stops = unheard.isEmpty() && finding instanceof StepFinding.Holds
                    ? sizes.stops(at, packet, outcome, out.get(), delivery.path(), back)
                    : unheard;
            trace.add(words.end(out.get()), stops.orElse(finding), refined.isPresent() ? List.of() : delivery.outer());
            if (stops.isPresent() || !(finding instanceof StepFinding.Holds)) {
                return Optional.empty();
            }
            trace.packetIs(Disposition.LEFT);
            if (delivery.outside()) {
                return Optional.of(new Arrival(Optional.empty(), at, device.get(), header, destinationBy, by));
            }
            waits = delivery.unheard() && !packet.made();
            FramePath path = delivery.path().orElseThrow();
            trace.led(path);
            Optional<Header> handedOn = switched(path, header, back);
            if (handedOn.isEmpty()) {
                return Optional.empty();
            }
            header = handedOn.get();
            FramePosition last = path.last();
            Node there = last.end().at();
            String in = last.end().link().master().orElse(last.end().name());
            Packet arriving = discovery.framed(connections.arriving(there, header, PacketDevice.named(in), back), path);
            packet = last.end().link().master().isEmpty()
                    ? arriving
                    : arriving.onPorts(device(path, path.spots().size() - 1), PacketDevice.NONE, false);
            at = there;
        }
        trace.cannotTell(say("step.way-whole"), say("unclear.long-way", "hops", MOST_HOPS));
        return Optional.empty();
    }

    private static boolean isAstray(StepFinding finding) {
        return StepFinding.broken(finding)
                .filter(broken -> broken.cause() == Cause.NO_ROUTE)
                .isPresent();
    }

    private void remember(Node at, Header before, TraversalResult outcome, boolean back) {
        Header after = outcome.packet().header();
        if (!back) {
            connections.saw(at, before, outcome.packet());
        }
        if (back || before.equals(after)) {
            return;
        }
        connections.remember(at, before, outcome);
        rewrites.source(at, before, outcome);
    }

    /** Whether the sender selects the output interface. */
    private boolean isZoned(Packet packet) {
        return packet.made() && zone.isPresent();
    }

    /** @return the outcome in this namespace; empty where the packet stops here */
    private Optional<TraversalResult> pass(Node at, Packet packet, boolean back) {
        Optional<Router> router = model.router(at)
                .map(one -> isZoned(packet) && zone.flatMap(at::end).isPresent() ? one.leavingBy(zone) : one);
        Optional<Ruleset> rules = model.rules(at, packet.header().isIpv6()).toOptional();
        if (router.isEmpty() || rules.isEmpty()) {
            trace.cannotTell(
                    say("step.way", "place", words.place(at)),
                    say("unclear.routes-or-rules", "place", words.place(at)));
            return Optional.empty();
        }
        TraversalResult outcome = agreed(NetfilterTraversal.all(rules.get(), router.get(), packet, false), at, back);
        if (outcome == null) {
            return Optional.empty();
        }
        IpAddress to = outcome.packet().header().destination();
        connections.passed(at, outcome.packet());
        if (!back) {
            rewrites.destination(at, packet.header(), outcome);
        }
        switch (outcome.ending()) {
            case NO_WAY -> {
                trace.add(
                        say("step.route", "place", words.place(at)),
                        outcome.kernel()
                                .<StepFinding>map(drop -> kernel.stopped(at, drop, outcome.packet()))
                                .or(() -> policy.unled(at, outcome.packet(), back))
                                .orElseGet(() -> routing.noRoute(at, to, back)));
            }
            case UNDECIDED -> trace.cannotTell(rulesOf(at), outcome.reason().orElseThrow());
            case DROPPED, REJECTED -> {
                if (packet.made()) {
                    outcome.way()
                            .ifPresent(way -> trace.holds(say("step.route", "place", words.place(at)), way.words()));
                }
                Message title = filters.title(at, packet, outcome);
                choice.misled(at, packet, outcome, back)
                        .ifPresentOrElse(why -> trace.add(title, why), () -> stopped(title, at, packet, outcome, back));
            }
            case LEFT, DELIVERED -> new Handover(words, filters, trace).told(at, packet, outcome);
        }
        return trace.broken().isPresent() || outcome.ending() == TraversalResult.Ending.UNDECIDED
                ? Optional.empty()
                : Optional.of(outcome).filter(one -> one.ending().passed());
    }

    private void stopped(Message title, Node at, Packet packet, TraversalResult outcome, boolean back) {
        if (outcome.ending() == TraversalResult.Ending.REJECTED) {
            trace.packetIs(Disposition.of(
                    outcome.decision().flatMap(ChainTraversal::by).flatMap(Rule::refusal)));
        }
        StepFinding why = filters.stopped(at, connections.hopsSetAt(), packet, outcome, back);
        StepFinding half = new HalfSeen(model, words, connections).said(at, packet, back, why);
        trace.add(title, new ToItself(words, connections).mended(packet, half));
    }

    private Message rulesOf(Node at) {
        return say("step.rules", "place", words.place(at));
    }

    /** The outcome on which all possibilities agree. Where they do not, null is returned, and a step tells why. */
    private TraversalResult agreed(List<TraversalResult> all, Node at, boolean back) {
        List<TraversalResult> outcomes = trace.forks().chosen(all, at, back);
        TraversalResult first = outcomes.get(0);
        if (first.packet().header().isOpen()) {
            trace.cannotTell(rulesOf(at), say("unclear.range"));
            return null;
        }
        for (TraversalResult other : outcomes) {
            boolean same = other.ending() == first.ending()
                    && other.packet().header().equals(first.packet().header())
                    && other.packet().out().equals(first.packet().out())
                    && other.way().flatMap(RouteLookup::via).equals(first.way().flatMap(RouteLookup::via));
            if (!same) {
                trace.cannotTell(rulesOf(at), other.turn().orElseGet(() -> say("packet.way-open")));
                return null;
            }
        }
        // where rules of which nobody knows whether they hold do what a later one does as well, that one decides
        return outcomes.get(outcomes.size() - 1);
    }

    /** Whether rules stop a later fragment of the packet, which a step tells. */
    private boolean isTorn(Node at, Packet packet, boolean back) {
        Optional<StepFinding> torn = sizes.fragments().flatMap(pieces -> pieces.stopped(filters, at, packet, back));
        torn.ifPresent(finding -> trace.add(rulesOf(at), finding));
        return torn.isPresent();
    }

    private boolean loopback(Node at, Header header, boolean back) {
        return new LoopbackDelivery(model, words, trace)
                .passes(at, header, back, (packet, outcome) -> stopped(rulesOf(at), at, packet, outcome, back));
    }

    /**
     * Passes the rules of each bridge on the path.
     *
     * @return the header behind the last bridge; empty where a bridge stops the packet, which a step tells
     */
    private Optional<Header> switched(FramePath path, Header first, boolean back) {
        List<FramePosition> spots = path.spots();
        Header header = first;
        for (int i = 0; i + 1 < spots.size(); i++) {
            Optional<Interface> bridge = model.bridge(spots.get(i).end());
            boolean crosses = spots.get(i).incoming() && !spots.get(i + 1).incoming() && bridge.isPresent();
            Optional<Header> behind = crosses ? switched(bridge.get(), path, i, header, back) : Optional.of(header);
            if (behind.isEmpty()) {
                return Optional.empty();
            }
            header = behind.get();
        }
        return Optional.of(header);
    }

    private Optional<Header> switched(Interface bridge, FramePath path, int spot, Header header, boolean back) {
        Node at = bridge.at();
        trace.isIn(at);
        Optional<Router> router = model.router(at);
        Optional<Ruleset> rules = model.rules(at, header.isIpv6()).toOptional();
        if (router.isEmpty() || rules.isEmpty()) {
            trace.cannotTell(Message.verbatim(bridge.name()), say("unclear.rules", "place", words.place(at)));
            return Optional.empty();
        }
        String setting = Router.bridged(header.isIpv6());
        boolean seen = model.setting(at, setting).orElse(0) == 1;
        PacketDevice device = PacketDevice.named(bridge.name());
        Packet packet = (seen || !back
                        ? connections.arriving(at, header, device, back)
                        : Packet.answer(header, device, header))
                .onPorts(device(path, spot), device(path, spot + 1), true);
        Ruleset asked = seen ? rules.get() : rules.get().withoutChains();
        TraversalResult outcome =
                agreed(NetfilterTraversal.all(asked, router.get(), discovery.framed(packet, path), false), at, back);
        if (outcome == null) {
            return Optional.empty();
        }
        Message title = say("step.bridge-hands-on", "bridge", bridge.name());
        if (outcome.ending() == TraversalResult.Ending.UNDECIDED) {
            trace.cannotTell(title, outcome.reason().orElseThrow());
            return Optional.empty();
        }
        if (outcome.ending() == TraversalResult.Ending.DROPPED || outcome.ending() == TraversalResult.Ending.REJECTED) {
            if (seen
                    && outcome.decision()
                            .filter(by -> by.chain().id().isOfBridge())
                            .isEmpty()) {
                trace.holds(Message.verbatim(bridge.name()), say("holds.bridged", "setting", setting));
            }
            stopped(title, at, packet, outcome, back);
            return Optional.empty();
        }
        if (seen) {
            connections.sawBridged(at, outcome.packet(), back);
            if (isTorn(at, packet, back)) {
                return Optional.empty();
            }
        }
        Header after = outcome.packet().header();
        if (after.equals(header)) {
            return Optional.of(header);
        }
        boolean undone =
                back && outcome.sourceBy().isEmpty() && after.destination().equals(header.destination());
        if (!undone) {
            trace.cannotTell(title, say("unclear.bridge-rewrites"));
            return Optional.empty();
        }
        trace.holds(
                title,
                say(
                        "holds.becomes-again",
                        "place",
                        words.place(at),
                        "before",
                        RewriteRecord.end(header.reversed()),
                        "after",
                        RewriteRecord.end(after.reversed())));
        return Optional.of(after);
    }

    private static PacketDevice device(FramePath path, int spot) {
        return PacketDevice.named(path.spots().get(spot).end().name());
    }
}
