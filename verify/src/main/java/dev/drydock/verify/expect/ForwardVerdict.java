package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.KernelDrop;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code forward: {flow: {src: 10.9.0.11, dst: 8.8.8.8}, verdict: accept}}: whether a namespace forwards the packet of the flow. All chains, routes
 * and sysctls count together; DNAT happens first. A packet for the namespace itself, or without a route, is none of accepted, dropped and rejected.
 */
public record ForwardVerdict(Scope in, Flow flow, Verb verdict) implements Expectation {
    /** The wanted outcome for the packet. */
    public enum Verb {
        ACCEPT(TraversalResult.Ending.LEFT),
        DROP(TraversalResult.Ending.DROPPED),
        REJECT(TraversalResult.Ending.REJECTED);

        private final TraversalResult.Ending ending;

        Verb(TraversalResult.Ending ending) {
            this.ending = ending;
        }

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ForwardVerdict {
        Objects.requireNonNull(in);
        Objects.requireNonNull(flow);
        Objects.requireNonNull(verdict);
    }

    @Override
    public Message statement() {
        return say("forward.statement." + verdict.id(), "place", in, "flow", flow.words());
    }

    @Override
    public Message denial() {
        return say("forward.denial." + verdict.id(), "place", in, "flow", flow.words());
    }

    @Override
    public Set<String> sysctls() {
        return Set.of(Router.BRIDGED, Router.FORWARDING);
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
        return TestPacket.judge(facts, in, flow, false, tried -> judge(facts, tried));
    }

    /** Met where the packet is not forwarded, for whatever reason. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return verdict == Verb.ACCEPT
                ? TestPacket.judge(facts, in, flow, false, tried -> judgeStopped(facts, tried))
                : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judgeStopped(Facts facts, TestPacket.Tried tried) {
        return judge(facts, tried)
                .fold(
                        met -> new Verdict.NotMet(denial(), statement(), met.evidence(), whyNotStopped(facts, tried)),
                        notMet -> new Verdict.Met(notMet.evidence()),
                        cannotTell -> cannotTell);
    }

    private Optional<Message> whyNotStopped(Facts facts, TestPacket.Tried tried) {
        return tried.witness().unseen()
                ? Optional.empty()
                : Optional.of(whyForwarded(facts, tried, Set.of(Action.End.DROP, Action.End.REJECT)));
    }

    /** Why nothing stopped the packet with one of these verdicts. */
    private static Message whyForwarded(Facts facts, TestPacket.Tried tried, Set<Action.End> stop) {
        return new RuleCauses(facts, tried.witness(), tried.outcome())
                .notEnded(stop)
                .or(() -> tried.outcome().passage(Hook.FORWARD, false).map(ForwardVerdict::decided))
                .orElseGet(() -> say("packet.policy-accepts", "chain", "FORWARD", "policy", Action.End.ACCEPT));
    }

    private Verdict judge(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        Message expected = ended(tried, verdict.ending, Optional.empty(), Optional.empty());
        if (tried.witness().unseen()) {
            Evidence setting = tried.witness().bridged(facts);
            String bridge = tried.witness().packet().in().name();
            return verdict == Verb.ACCEPT
                    ? Verdict.met(setting)
                    : Verdict.notMet(
                                    expected,
                                    say("forward.inside-bridge", "packet", tried.arrow(), "bridge", bridge),
                                    setting)
                            .causedBy(Optional.of(TestPacket.BRIDGED));
        }
        boolean made = tried.witness().packet().made();
        if (made || outcome.ending() == TraversalResult.Ending.DELIVERED) {
            return Verdict.notMet(
                            expected,
                            made
                                    ? say("forward.made-here", "place", in)
                                    : say(
                                            "forward.own-address",
                                            "address",
                                            tried.packet().header().destination(),
                                            "place",
                                            in),
                            new Evidence(ScopeCommands.ip(facts, in, "-4 addr"), ""))
                    .causedBy(Optional.of(say("forward.other-chain", "chain", made ? Hook.OUTPUT : Hook.INPUT)));
        }
        Optional<Verdict> queued =
                outcome.ending() == TraversalResult.Ending.LEFT ? queued(facts, tried) : Optional.empty();
        if (queued.isPresent()) {
            return queued.get();
        }
        if (outcome.ending() == verdict.ending) {
            return Verdict.met(evidence(facts, tried));
        }
        return Verdict.notMet(expected, found(tried), evidence(facts, tried)).causedBy(why(facts, tried));
    }

    /** That traffic control of an interface on the way may drop or redirect the packet, so that the verdict is open. */
    private Optional<Verdict> queued(Facts facts, TestPacket.Tried tried) {
        Set<String> queued = facts.capture(TestPacket.probe(in))
                .map(PacketFilterOutcome::parse)
                .map(PacketFilterOutcome::queued)
                .orElse(Set.of());
        Packet packet = tried.packet();
        return Stream.of(packet.in(), packet.portIn(), packet.out(), packet.portOut())
                .flatMap(device -> device.known().stream())
                .filter(queued::contains)
                .findFirst()
                .map(device -> Verdict.cannotTell(
                        say("forward.queue-unknown", "interface", device),
                        new Evidence(
                                ScopeCommands.in(facts, in, "tc qdisc show dev " + LearnerCommand.quoted(device)),
                                "")));
    }

    private static Message found(TestPacket.Tried tried) {
        IpAddress before = tried.witness().packet().header().destination();
        Optional<IpAddress> now =
                Optional.of(tried.packet().header().destination()).filter(address -> !address.equals(before));
        return tried.outcome().errorIsLost()
                ? say("forward.error-lost", "packet", tried.arrow(), "now", now)
                : ended(
                        tried,
                        tried.outcome().ending(),
                        now,
                        tried.packet().out().known());
    }

    /** @param now its destination after translation */
    private static Message ended(
            TestPacket.Tried tried, TraversalResult.Ending ending, Optional<IpAddress> now, Optional<String> out) {
        String packet = tried.arrow();
        return switch (ending) {
            case LEFT -> say("forward.left", "packet", packet, "now", now, "interface", out);
            case DROPPED -> say("forward.dropped", "packet", packet, "now", now);
            case REJECTED -> say("forward.rejected", "packet", packet, "now", now);
            case DELIVERED, NO_WAY, UNDECIDED ->
                say(
                        "forward.not-forwarded",
                        "packet",
                        packet,
                        "now",
                        now,
                        "why",
                        tried.outcome().reason());
        };
    }

    private Optional<Message> why(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        if (outcome.ending() == TraversalResult.Ending.LEFT) {
            return Optional.of(
                    whyForwarded(facts, tried, Set.of(verdict == Verb.DROP ? Action.End.DROP : Action.End.REJECT)));
        }
        if (outcome.decision().isEmpty()) {
            return outcome.reason().filter(reason -> outcome.ending() != TraversalResult.Ending.NO_WAY);
        }
        Message decided = decided(outcome.decision().get());
        Optional<Message> near =
                verdict == Verb.ACCEPT && outcome.decision().get().by().isEmpty()
                        ? new RuleCauses(facts, tried.witness(), outcome).notEnded(Set.of(Action.End.ACCEPT))
                        : Optional.empty();
        return near.map(miss -> say("packet.decided-and-nearest", "decided", decided, "nearest", miss))
                .or(() -> Optional.of(decided));
    }

    /** {@code rule 3 of FORWARD drops it: -A FORWARD -i br0 -j DROP}. */
    static Message decided(ChainTraversal passage) {
        if (passage.by().isPresent()) {
            Rule rule = passage.by().get();
            return say(
                    "packet.rule-ends." + passage.end().name().toLowerCase(Locale.ROOT),
                    "rule",
                    rule.place(),
                    "shown",
                    rule.shown());
        }
        ChainId chain = passage.chain().id();
        return passage.end() == Action.End.ACCEPT
                ? say("packet.policy-accepts", "chain", chain, "policy", passage.end())
                : say("packet.policy-stops", "chain", chain, "policy", passage.end());
    }

    /** The sysctl of the interface, or that of {@code all} where it decides. */
    private Evidence setting(Facts facts, TestPacket.Tried tried, String device, String key) {
        Router.Setting setting = tried.witness().router().decides(device, key);
        return new Evidence(
                ScopeCommands.in(facts, in, LearnerCommand.sysctl(setting.name())),
                setting.name() + " = " + setting.value());
    }

    private Evidence evidence(Facts facts, TestPacket.Tried tried) {
        TraversalResult outcome = tried.outcome();
        if (outcome.kernel().isPresent()) {
            KernelDrop drop = outcome.kernel().get();
            return switch (drop.kind()) {
                case FORWARDING_OFF ->
                    new Evidence(ScopeCommands.in(facts, in, LearnerCommand.sysctl(drop.what())), drop.what() + " = 0");
                case NO_HOPS_LEFT ->
                    tried.packet()
                            .hopsBy()
                            .map(rule -> TestPacket.evidence(facts, in, rule))
                            .orElseGet(() ->
                                    new Evidence(ScopeCommands.in(facts, in, LearnerCommand.sysctl(Router.HOPS)), ""));
                case ROUTE ->
                    new Evidence(
                            ScopeCommands.ip(facts, in, IpLines.lookup(drop.way())),
                            drop.way()
                                    .flatMap(RouteLookup::route)
                                    .map(Route::line)
                                    .orElse(drop.what()));
                case ROUTING_RULE, OWN_SOURCE ->
                    new Evidence(
                            ScopeCommands.ip(facts, in, "rule"),
                            drop.way()
                                    .flatMap(RouteLookup::rule)
                                    .map(RoutingRule::line)
                                    .orElse(""));
                case LOOPBACK_OUTSIDE -> setting(facts, tried, drop.what(), "route_localnet");
                case REVERSE_PATH -> setting(facts, tried, drop.what(), "rp_filter");
                case BEYOND_LINK -> new Evidence(ScopeCommands.ip(facts, in, "addr"), drop.what());
                case HAIRPIN_OFF ->
                    new Evidence(
                            ScopeCommands.ip(facts, in, "-d link show " + LearnerCommand.quoted(drop.what())),
                            "hairpin off");
            };
        }
        if (outcome.reason().isPresent()) {
            return new Evidence(ScopeCommands.ip(facts, in, "route"), "");
        }
        Optional<ChainTraversal> passage = outcome.decision().or(() -> outcome.passage(Hook.FORWARD, false));
        if (passage.isEmpty()) {
            return TestPacket.evidence(
                    facts, in, new ChainId("iptables", "ip", "filter", "FORWARD"), List.of("-P FORWARD ACCEPT"));
        }
        ChainTraversal last = passage.get();
        return last.by()
                .map(rule -> TestPacket.evidence(facts, in, rule))
                .orElseGet(() -> TestPacket.evidence(facts, in, last.chain(), last.end()));
    }
}
