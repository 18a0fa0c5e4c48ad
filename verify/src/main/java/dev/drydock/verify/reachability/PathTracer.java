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
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.NextHop.Delivery;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** Follows one packet, and then its answer, from namespace to namespace. Used once for each connection. */
final class PathTracer {
    private static final int MOST_HOPS = 12;

    private final NetworkModel model;
    private final PathWording words;
    private final NextHop nextHop;
    private final FilterDiagnosis filters;
    private final RouteDiagnosis routing;
    private final ReversePathFilter sources;
    private final ExternalNetwork external;
    private final PathRecord trace;
    private final ConnectionTracking connections = new ConnectionTracking();

    /**
     * Where a packet ended.
     *
     * @param at where it was delivered; empty where it left the lab hosts
     * @param last the namespace that it was in last
     * @param device the interface of {@code last} by which it came, or left
     * @param destinationBy the last rule that translated its destination
     */
    record Arrival(
            Optional<Node> at,
            Node last,
            String device,
            Header header,
            Optional<Rule> destinationBy,
            Optional<Node> by) {}

    PathTracer(
            NetworkModel model,
            PathWording words,
            FilterDiagnosis filters,
            ExternalNetwork external,
            PathRecord trace) {
        this.model = model;
        this.words = words;
        this.nextHop = new NextHop(model, words);
        this.filters = filters;
        this.routing = new RouteDiagnosis(model, words);
        this.sources = new ReversePathFilter(model, words);
        this.external = external;
        this.trace = trace;
    }

    /** Follows a packet that a namespace makes; empty where the chain ends on the way. */
    Optional<Arrival> there(Node at, Header header) {
        trace.follow(PathStep.Direction.THERE);
        return travel(at, Packet.of(header, PacketDevice.NONE, false), false);
    }

    /** Follows the answer from where the first packet arrived; the chain tells whether it comes home. */
    void back(Node home, Header first, Arrival arrival) {
        trace.follow(PathStep.Direction.BACK);
        Header header = arrival.header().reversed();
        Optional<Node> made = arrival.at();
        Node begin = made.orElse(arrival.last());
        PacketDevice in = made.isPresent() ? PacketDevice.NONE : PacketDevice.named(arrival.device());
        Optional<Arrival> end = travel(begin, connections.answer(begin, header, in), true);
        end.ifPresent(there -> trace.add(say("step.the-answer"), new AnswerDiagnosis(words).of(home, first, there)));
    }

    private Optional<Arrival> travel(Node begin, Packet first, boolean back) {
        Node at = begin;
        Packet packet = first;
        Optional<Rule> destinationBy = Optional.empty();
        Optional<Node> by = Optional.empty();
        for (int hops = 0; hops < MOST_HOPS; hops++) {
            trace.isIn(at);
            Optional<TraversalResult> passed = pass(at, packet, back);
            if (passed.isEmpty()) {
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
                return packet.made() && !loopback(at, header, back)
                        ? Optional.empty()
                        : Optional.of(new Arrival(Optional.of(at), at, device, header, destinationBy, by));
            }
            Optional<String> device = outcome.packet().out().known();
            Optional<Interface> out = device.flatMap(at::end);
            if (out.isEmpty() || outcome.way().filter(RouteLookup::several).isPresent()) {
                trace.cannotTell(
                        say("step.way", "place", words.place(at)),
                        outcome.way().map(RouteLookup::words).orElseGet(() -> say("unclear.way-out")));
                return Optional.empty();
            }
            IpAddress next = outcome.way().flatMap(RouteLookup::via).orElse(header.destination());
            Delivery delivery = nextHop.deliver(out.get(), next, !next.equals(header.destination()));
            Optional<StepFinding> refined = refined(at, out.get(), next, header, delivery, outcome, back);
            StepFinding finding = refined.orElse(delivery.finding());
            trace.add(words.end(out.get()), finding);
            if (!(finding instanceof StepFinding.Holds)) {
                return Optional.empty();
            }
            trace.packetIs(Disposition.LEFT);
            if (delivery.outside()) {
                return Optional.of(new Arrival(Optional.empty(), at, device.get(), header, destinationBy, by));
            }
            FramePath path = delivery.path().orElseThrow();
            Optional<Header> handedOn = switched(path, header, back);
            if (handedOn.isEmpty()) {
                return Optional.empty();
            }
            header = handedOn.get();
            FramePosition last = path.last();
            Node there = last.end().at();
            String in = last.end().link().master().orElse(last.end().name());
            Optional<Broken> disbelieved = sources.disbelieved(there, in, header);
            if (disbelieved.isPresent()) {
                trace.isIn(there);
                trace.add(say("step.source-check", "place", words.place(there)), disbelieved.get());
                return Optional.empty();
            }
            Packet arriving = back
                    ? connections.answer(there, header, PacketDevice.named(in))
                    : Packet.of(header, PacketDevice.named(in), false);
            boolean port = last.end().link().master().isPresent();
            packet =
                    port ? arriving.onPorts(PacketDevice.named(last.end().name()), PacketDevice.NONE, false) : arriving;
            at = there;
        }
        trace.cannotTell(say("step.way-whole"), say("unclear.circles"));
        return Optional.empty();
    }

    /** What a frame that leaves the lab hosts, or finds nobody, says about the route that sent it there. */
    private Optional<StepFinding> refined(
            Node at,
            Interface out,
            IpAddress next,
            Header header,
            Delivery delivery,
            TraversalResult outcome,
            boolean back) {
        boolean inside = !model.holders(header.destination()).isEmpty();
        Optional<Broken> source = sources.loopback(at, out, outcome);
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
                Optional<Broken> behind = routing.behind(at, header.destination(), Optional.of(out));
                return Optional.of(behind.map(StepFinding.class::cast)
                        .orElseGet(() -> back
                                ? routing.noRouteBack(at, header.destination())
                                : routing.astray(at, out, next, header.destination())));
            }
            return back ? Optional.empty() : external.leaving(at, out, next, header, outcome);
        }
        return Optional.empty();
    }

    private void remember(Node at, Header before, TraversalResult outcome, boolean back) {
        Header after = outcome.packet().header();
        if (back || before.equals(after)) {
            return;
        }
        connections.remember(at, before, outcome);
        outcome.sourceBy()
                .ifPresent(rule -> trace.holds(
                        say("step.source-changes", "place", words.place(at)),
                        say(
                                "holds.becomes",
                                "before",
                                before.source(),
                                "after",
                                after.source(),
                                "rule",
                                rule.place(),
                                "text",
                                rule.shown())));
    }

    private static String port(Header header) {
        return header.protocol().hasPorts() ? ":" + header.destinationPort() : "";
    }

    /** @return where the namespace sends the packet; empty where the chain ends here */
    private Optional<TraversalResult> pass(Node at, Packet packet, boolean back) {
        Optional<Router> router = model.router(at);
        Optional<Ruleset> rules = model.rules(at).toOptional();
        if (router.isEmpty() || rules.isEmpty()) {
            trace.cannotTell(
                    say("step.way", "place", words.place(at)),
                    say("unclear.routes-or-rules", "place", words.place(at)));
            return Optional.empty();
        }
        TraversalResult outcome = agreed(NetfilterTraversal.all(rules.get(), router.get(), packet, false), at);
        if (outcome == null) {
            return Optional.empty();
        }
        IpAddress to = outcome.packet().header().destination();
        boolean made = packet.made();
        if (!back) {
            redirected(at, packet.header(), outcome);
        }
        switch (outcome.ending()) {
            case NO_WAY -> {
                trace.add(
                        say("step.route", "place", words.place(at)),
                        outcome.kernel()
                                .<StepFinding>map(kernel -> filters.byKernel(at, kernel, to))
                                .orElseGet(() -> routing.noRoute(at, to, back)));
            }
            case UNDECIDED -> trace.cannotTell(rulesOf(at), outcome.reason().orElseThrow());
            case DROPPED, REJECTED -> {
                if (made) {
                    outcome.way()
                            .ifPresent(way -> trace.holds(say("step.route", "place", words.place(at)), way.words()));
                }
                stopped(made ? rulesOf(at) : handsOn(at), at, outcome, to, back);
            }
            case LEFT, DELIVERED -> told(at, packet, outcome);
        }
        return trace.broken().isPresent() || outcome.ending() == TraversalResult.Ending.UNDECIDED
                ? Optional.empty()
                : Optional.of(outcome)
                        .filter(one -> one.ending() == TraversalResult.Ending.LEFT
                                || one.ending() == TraversalResult.Ending.DELIVERED);
    }

    private void redirected(Node at, Header before, TraversalResult outcome) {
        Header after = outcome.packet().header();
        outcome.destinationBy()
                .filter(rule -> !before.equals(after))
                .ifPresent(rule -> trace.holds(
                        say("step.destination-changes", "place", words.place(at)),
                        say(
                                "holds.becomes",
                                "before",
                                before.destination() + port(before),
                                "after",
                                after.destination() + port(after),
                                "rule",
                                rule.place(),
                                "text",
                                rule.shown())));
    }

    private void stopped(Message title, Node at, TraversalResult outcome, IpAddress to, boolean back) {
        if (outcome.ending() == TraversalResult.Ending.REJECTED) {
            trace.packetIs(Disposition.of(
                    outcome.decision().flatMap(ChainTraversal::by).flatMap(Rule::refusal)));
        }
        trace.add(title, filters.stopped(at, outcome, to, back));
    }

    private void told(Node at, Packet packet, TraversalResult outcome) {
        if (packet.made()) {
            trace.holds(
                    say("step.route", "place", words.place(at)),
                    outcome.way().map(RouteLookup::words).orElse(Message.NONE));
        } else if (outcome.ending() == TraversalResult.Ending.LEFT) {
            trace.holds(
                    handsOn(at),
                    say(
                            "holds.hands-on",
                            "way",
                            outcome.way().map(RouteLookup::words),
                            "rules",
                            filters.passed(outcome, Hook.FORWARD)));
        } else {
            trace.holds(
                    say("step.takes", "place", words.place(at), "several", words.several(at)),
                    filters.passed(outcome, Hook.INPUT));
        }
    }

    private Message handsOn(Node at) {
        return say("step.hands-on", "place", words.place(at), "several", words.several(at));
    }

    private Message rulesOf(Node at) {
        return say("step.rules", "place", words.place(at));
    }

    /** The outcome that all ways lead to; null, and told, where they do not agree. */
    private TraversalResult agreed(List<TraversalResult> outcomes, Node at) {
        TraversalResult first = outcomes.get(0);
        if (first.packet().header().isOpen()) {
            trace.cannotTell(rulesOf(at), say("unclear.range"));
            return null;
        }
        for (TraversalResult other : outcomes) {
            boolean same = other.ending() == first.ending()
                    && other.packet().header().equals(first.packet().header())
                    && other.packet().out().equals(first.packet().out());
            if (!same) {
                trace.cannotTell(rulesOf(at), other.turn().orElseGet(() -> say("packet.way-open")));
                return null;
            }
        }
        return first;
    }

    /** Whether lo carries what a namespace sends to itself, and its rules let it in. */
    private boolean loopback(Node at, Header header, boolean back) {
        Optional<Interface> lo = at.end("lo");
        if (lo.isPresent() && !lo.get().up()) {
            trace.add(
                    say("step.loopback", "place", words.place(at)),
                    new Broken(
                            Cause.LOOPBACK,
                            say("broken.lo-down", "place", words.place(at)),
                            new InterfaceDiagnosis(words).links(lo.get()),
                            say("mend.lo-up", "place", words.place(at)),
                            words.change(at, "link set lo up")));
            return false;
        }
        Packet packet = back
                ? Packet.answer(header, PacketDevice.named("lo"), header)
                : Packet.of(header, PacketDevice.named("lo"), false);
        List<TraversalResult> outcomes = NetfilterTraversal.all(
                model.rules(at).toOptional().orElseThrow(), model.router(at).orElseThrow(), packet, false);
        TraversalResult outcome = outcomes.get(0);
        boolean stopped = outcomes.size() == 1
                && outcome.destinationBy().isEmpty()
                && outcome.decision()
                        .filter(passage -> passage.chain().base().orElseThrow().hook() == Hook.INPUT)
                        .isPresent();
        if (stopped) {
            stopped(rulesOf(at), at, outcome, header.destination(), back);
        }
        return !stopped;
    }

    /** The rules that see what a bridge switches. @return the header behind the last bridge; empty, and told, where one stops it */
    private Optional<Header> switched(FramePath path, Header first, boolean back) {
        List<FramePosition> spots = path.spots();
        Header header = first;
        for (int i = 0; i + 1 < spots.size(); i++) {
            FramePosition in = spots.get(i);
            FramePosition out = spots.get(i + 1);
            Optional<Interface> bridge = model.bridge(in.end());
            boolean crosses = in.incoming() && !out.incoming() && bridge.isPresent();
            Optional<Header> behind =
                    crosses ? switched(bridge.get(), in.end(), out.end(), header, back) : Optional.of(header);
            if (behind.isEmpty()) {
                return Optional.empty();
            }
            header = behind.get();
        }
        return Optional.of(header);
    }

    private Optional<Header> switched(Interface bridge, Interface in, Interface out, Header header, boolean back) {
        Node at = bridge.at();
        trace.isIn(at);
        Optional<Router> router = model.router(at);
        Optional<Ruleset> rules = model.rules(at).toOptional();
        if (router.isEmpty() || rules.isEmpty()) {
            trace.cannotTell(Message.verbatim(bridge.name()), say("unclear.rules", "place", words.place(at)));
            return Optional.empty();
        }
        boolean seen =
                model.settings(at).getOrDefault(Router.BRIDGED, "0").strip().equals("1");
        PacketDevice device = PacketDevice.named(bridge.name());
        Packet packet = (back && seen
                        ? connections.answer(at, header, device)
                        : back ? Packet.answer(header, device, header) : Packet.of(header, device, false))
                .onPorts(PacketDevice.named(in.name()), PacketDevice.named(out.name()), true);
        Ruleset asked = seen ? rules.get() : rules.get().withoutChains();
        TraversalResult outcome = agreed(NetfilterTraversal.all(asked, router.get(), packet, false), at);
        if (outcome == null) {
            return Optional.empty();
        }
        Message title = say("step.bridge-hands-on", "bridge", bridge.name());
        if (outcome.ending() == TraversalResult.Ending.UNDECIDED) {
            trace.cannotTell(title, outcome.reason().orElseThrow());
            return Optional.empty();
        }
        if (outcome.ending() == TraversalResult.Ending.DROPPED || outcome.ending() == TraversalResult.Ending.REJECTED) {
            if (seen) {
                trace.holds(Message.verbatim(bridge.name()), say("holds.bridged", "setting", Router.BRIDGED));
            }
            stopped(title, at, outcome, header.destination(), back);
            return Optional.empty();
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
                        header.source() + port(header),
                        "after",
                        after.source() + port(after)));
        return Optional.of(after);
    }
}
