package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ternary;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code nat: {flow: {src: 10.9.0.11, dst: 8.8.8.8}, source: translated}}: the source or destination of the flow's first packet after NAT. Only NAT
 * and routing count. Filters and forwarding are judged by {@code forward}.
 *
 * @param ofSource true for the source, false for the destination
 * @param wanted the wanted address after NAT
 */
public record NatResult(Scope in, Flow flow, boolean ofSource, Wanted wanted) implements Expectation {

    /** The wanted address after NAT. */
    public record Wanted(Kind kind, Optional<IpAddress> address, Optional<Integer> port) {
        /** How the address is given. */
        public enum Kind {
            /** Any new source address to which answers come back. */
            TRANSLATED,
            EXACTLY,
            UNCHANGED
        }

        /** Any new source address to which answers come back. */
        public static final Wanted TRANSLATED = new Wanted(Kind.TRANSLATED, Optional.empty(), Optional.empty());

        public static final Wanted UNCHANGED = new Wanted(Kind.UNCHANGED, Optional.empty(), Optional.empty());

        public Wanted {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(address);
            Objects.requireNonNull(port);
        }

        public static Wanted exactly(IpAddress address, Optional<Integer> port) {
            return new Wanted(Kind.EXACTLY, Optional.of(address), port);
        }

        private String shown() {
            return address.map(IpAddress::text).orElse("")
                    + port.map(number -> ":" + number).orElse("");
        }
    }

    /** @throws IllegalArgumentException with a sentence for the author when the components do not fit together */
    public NatResult {
        Objects.requireNonNull(in);
        Objects.requireNonNull(flow);
        Objects.requireNonNull(wanted);
        if (flow.established()) {
            throw new Complaint(say("nat.state"));
        }
        if (!ofSource && wanted.kind() == Wanted.Kind.TRANSLATED) {
            throw new Complaint(say("nat.which-destination"));
        }
        if (wanted.port().isPresent() && (ofSource || !flow.protocol().hasPorts())) {
            throw new Complaint(say(ofSource ? "nat.source-port" : "nat.port-needs-protocol"));
        }
    }

    @Override
    public Message statement() {
        return say(
                "nat.statement." + id(),
                "flow",
                flow.words(),
                "place",
                in.equals(Scope.LAB_HOST) ? "" : in,
                "address",
                wanted.shown());
    }

    @Override
    public Message denial() {
        return wanted.kind() == Wanted.Kind.TRANSLATED
                ? new NatResult(in, flow, true, Wanted.UNCHANGED).statement()
                : Expectation.super.denial();
    }

    private String id() {
        return switch (wanted.kind()) {
            case TRANSLATED -> "source-translated";
            case EXACTLY -> ofSource ? "source" : "destination";
            case UNCHANGED -> ofSource ? "source-unchanged" : "destination-unchanged";
        };
    }

    @Override
    public Set<String> sysctls() {
        Set<String> settings = new LinkedHashSet<>(Set.of(Router.BRIDGED, Router.FORWARDING, routeLocalnet("all")));
        flow.out().filter(device -> !device.not()).ifPresent(device -> settings.add(routeLocalnet(device.name())));
        return settings;
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(TestPacket.probe(in));
    }

    @Override
    public Set<Scope> places() {
        return flow.places(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return TestPacket.judge(facts, in, flow, true, tried -> judge(facts, tried));
    }

    private Verdict judge(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        if (tried.witness().unseen()) {
            return unseen(facts, tried);
        }
        if (ofSource
                && wanted.kind() != Wanted.Kind.UNCHANGED
                && outcome.ending() == TraversalResult.Ending.DELIVERED) {
            return Verdict.notMet(
                    expected(tried),
                    say("nat.own-address", "address", header(tried).destination(), "place", in),
                    evidence(facts, tried));
        }
        boolean lost =
                outcome.ending() == TraversalResult.Ending.NO_WAY || outcome.ending() == TraversalResult.Ending.DROPPED;
        if (lost && (ofSource || header(tried).equals(start(tried)))) {
            return Verdict.notMet(
                            expected(tried),
                            outcome.reason().orElseGet(() -> say("nat.dropped")),
                            outcome.reason().isEmpty()
                                    ? evidence(facts, tried)
                                    : new Evidence(ScopeCommands.ip(facts, in, "route"), ""))
                    .causedBy(outcome.decision().map(ForwardVerdict::decided));
        }
        return ofSource ? judgeSource(facts, tried) : judgeDestination(facts, tried);
    }

    /** As sysctl(8) writes it, where a dot of the interface's name is a slash. */
    private static String routeLocalnet(String device) {
        return InterfaceSetting.ipv4(device, "route_localnet");
    }

    /** The verdict that a packet from 127.0.0.0/8 cannot leave, because {@code route_localnet} is off for the output interface and for all. */
    private Optional<Verdict> keptInside(Facts facts, TestPacket.Tried tried) {
        Map<String, String> settings = tried.witness().router().settings();
        return tried.packet()
                .out()
                .known()
                .filter(name -> !name.equals("lo")
                        && Cidr.LOOPBACK.contains(start(tried).source()))
                .filter(name -> "0".equals(settings.get(routeLocalnet(name)))
                        && !"1".equals(settings.get(routeLocalnet("all"))))
                .map(name -> Verdict.notMet(
                                expected(tried),
                                say(
                                        "nat.kept-inside",
                                        "interface",
                                        name,
                                        "address",
                                        start(tried).source()),
                                new Evidence(
                                        ScopeCommands.in(facts, in, LearnerCommand.sysctl(routeLocalnet(name))),
                                        routeLocalnet(name) + " = 0"))
                        .causedBy(Optional.of(
                                say("nat.loopback-only", "network", Cidr.LOOPBACK, "setting", routeLocalnet(name)))));
    }

    private Verdict judgeSource(Facts facts, TestPacket.Tried tried) {
        Optional<Verdict> kept = wanted.kind() == Wanted.Kind.UNCHANGED ? Optional.empty() : keptInside(facts, tried);
        return kept.orElseGet(() -> judgeLeaving(facts, tried));
    }

    private Verdict judgeLeaving(Facts facts, TestPacket.Tried tried) {
        IpAddress now = header(tried).source();
        Ternary kept = header(tried).isFrom(start(tried).source());
        boolean same = kept == Ternary.YES;
        Ternary exact = wanted.address().map(header(tried)::isFrom).orElse(Ternary.NO);
        if (wanted.kind() == Wanted.Kind.EXACTLY ? exact == Ternary.UNKNOWN : kept == Ternary.UNKNOWN) {
            return oneOfSeveral(facts, tried);
        }
        Message found = say("nat.leaves", "interface", tried.packet().out().known(), "address", now);
        Optional<Message> nearest = nearest(facts, tried);
        return switch (wanted.kind()) {
            case UNCHANGED ->
                same
                        ? Verdict.met(evidence(facts, tried))
                        : Verdict.notMet(expected(tried), found, evidence(facts, tried))
                                .causedBy(tried.outcome().sourceBy().map(NatResult::does));
            case EXACTLY ->
                exact == Ternary.YES
                        ? Verdict.met(evidence(facts, tried))
                        : Verdict.notMet(expected(tried), found, evidence(facts, tried))
                                .causedBy(tried.outcome()
                                        .sourceBy()
                                        .map(NatResult::does)
                                        .or(() -> same ? nearest.or(() -> nothing(tried)) : Optional.empty()));
            case TRANSLATED ->
                same
                        ? Verdict.notMet(expected(tried), found, evidence(facts, tried))
                                .causedBy(nearest.or(() -> nothing(tried)))
                        : answers(facts, tried, now, found);
        };
    }

    /** The verdict for a new source address: met where answers to it come back, since the output interface has it or answers ARP for it. */
    private Verdict answers(Facts facts, TestPacket.Tried tried, IpAddress now, Message found) {
        Router router = tried.witness().router();
        Optional<String> out = tried.packet().out().known();
        if (out.isEmpty()) {
            return Verdict.cannotTell(say("nat.answers-unknown", "address", now), evidence(facts, tried));
        }
        List<Cidr> near =
                router.link(out.get()).stream().flatMap(Router::addresses).toList();
        boolean here = near.stream().anyMatch(own -> own.address().equals(now));
        // whoever is on that network asks by ARP, which every interface answers for all addresses of its namespace
        boolean right = here
                || (router.takes(now, out.get(), header(tried).destination())
                        && near.stream().anyMatch(own -> own.contains(now))
                        && router.decides(out.get(), "arp_ignore").value() == 0);
        if (right) {
            return Verdict.met(evidence(facts, tried));
        }
        Optional<Link> holder = router.holder(now);
        return Verdict.notMet(expected(tried), found, evidence(facts, tried))
                .causedBy(Optional.of(holder.map(link -> say(
                                "nat.answers-elsewhere", "address", now, "holder", link.name(), "interface", out.get()))
                        .orElseGet(() -> say("nat.answers-nowhere", "place", in, "address", now))));
    }

    /** The verdict for a translation to a range that includes the wanted address: open. */
    private Verdict oneOfSeveral(Facts facts, TestPacket.Tried tried) {
        return Verdict.cannotTell(say("nat.one-of-range"), evidence(facts, tried));
    }

    /** Whether the destination after NAT is the wanted one. */
    private Ternary goesThere(Header now, Header before) {
        if (wanted.kind() == Wanted.Kind.UNCHANGED) {
            boolean untouched = now.destinationPort().equals(before.destinationPort());
            return now.isTo(before.destination())
                    .and(
                            untouched
                                    ? Ternary.YES
                                    : before.destinationPort().in(now.destinationPort()) == Ternary.NO
                                            ? Ternary.NO
                                            : Ternary.UNKNOWN);
        }
        Ternary port = wanted.port()
                .map(number -> now.destinationPort().in(Ports.of(number)))
                .orElse(Ternary.YES);
        return now.isTo(wanted.address().orElseThrow()).and(port);
    }

    private Verdict judgeDestination(Facts facts, TestPacket.Tried tried) {
        Header now = header(tried);
        Header before = start(tried);
        Ternary there = goesThere(now, before);
        if (there == Ternary.UNKNOWN) {
            return oneOfSeveral(facts, tried);
        }
        boolean right = there == Ternary.YES;
        boolean same = now.destination().equals(before.destination())
                && now.destinationPort().equals(before.destinationPort());
        Optional<Rule> by = tried.outcome().destinationBy();
        Optional<Message> nearest = nearest(facts, tried);
        Message found = same ? say("nat.stays", "address", shown(now)) : say("nat.goes-on", "address", shown(now));
        return right
                ? Verdict.met(evidence(facts, tried))
                : Verdict.notMet(expected(tried), found, evidence(facts, tried))
                        .causedBy(by.map(NatResult::does).or(() -> nearest).or(() -> nothing(tried)));
    }

    private Verdict unseen(Facts facts, TestPacket.Tried tried) {
        Evidence setting = tried.witness().bridged(facts);
        return wanted.kind() == Wanted.Kind.UNCHANGED
                ? Verdict.met(setting)
                : Verdict.notMet(
                                expected(tried),
                                say(
                                        "nat.inside-bridge",
                                        "bridge",
                                        tried.witness().packet().in().name()),
                                setting)
                        .causedBy(Optional.of(TestPacket.BRIDGED));
    }

    private Optional<Message> nearest(Facts facts, TestPacket.Tried tried) {
        return tried.packet().isUntracked()
                ? Optional.empty()
                : new RuleCauses(facts, tried.witness(), tried.outcome()).notTranslated(ofSource);
    }

    private static Message does(Rule rule) {
        return say("nat.rule-does", "rule", rule.place(), "shown", rule.shown());
    }

    private Optional<Message> nothing(TestPacket.Tried tried) {
        if (tried.packet().isUntracked()) {
            return Optional.of(say("nat.untracked", "packet", tried.arrow()));
        }
        return Optional.of(say(
                "nat.no-rule",
                "chain",
                hook(tried),
                "packet",
                tried.arrow(),
                "interface",
                tried.packet().out().known().filter(name -> ofSource)));
    }

    private Hook hook(TestPacket.Tried tried) {
        return ofSource ? Hook.POSTROUTING : tried.witness().packet().made() ? Hook.OUTPUT : Hook.PREROUTING;
    }

    private Message expected(TestPacket.Tried tried) {
        return say(
                "nat.expected." + id(),
                "packet",
                tried.arrow(),
                "place",
                in,
                "address",
                wanted.kind() == Wanted.Kind.UNCHANGED ? shown(start(tried)) : wanted.shown());
    }

    private static String shown(Header header) {
        return header.destination() + (header.protocol().hasPorts() ? ":" + header.destinationPort() : "");
    }

    private static Header header(TestPacket.Tried tried) {
        return tried.packet().header();
    }

    private static Header start(TestPacket.Tried tried) {
        return tried.witness().packet().header();
    }

    /** The rule that translated, or the chain without such a rule. */
    private Evidence evidence(Facts facts, TestPacket.Tried tried) {
        Optional<Rule> by =
                ofSource ? tried.outcome().sourceBy() : tried.outcome().destinationBy();
        if (by.isPresent()) {
            return TestPacket.evidence(facts, in, by.get());
        }
        Hook hook = hook(tried);
        Optional<ChainTraversal> passage = tried.outcome().passage(hook, true);
        if (passage.isEmpty()) {
            ChainId untouched = new ChainId("iptables", "ip", "nat", hook.name());
            return TestPacket.evidence(facts, in, untouched, List.of("-P " + hook + " ACCEPT"));
        }
        return TestPacket.evidence(
                facts,
                in,
                passage.get().chain(),
                passage.get().end() == Action.End.DROP ? Action.End.DROP : Action.End.ACCEPT);
    }
}
