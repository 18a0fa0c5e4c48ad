package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.RuleChain;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The packet of a flow at the edge of the namespace that it passes, with all that decides its way there.
 *
 * @param unseen whether it stays inside a bridge whose packets pass no rule of iptables
 */
record TestPacket(Scope in, Node at, Packet packet, Router router, Ruleset rules, boolean unseen) {

    private static final int LINES_SHOWN = 12;

    /** One way that the packet may take. */
    record Tried(TestPacket witness, TraversalResult outcome) {
        Packet packet() {
            return outcome.packet();
        }

        /** {@code 10.9.0.11 → 8.8.8.8}, as the packet set out. */
        String arrow() {
            return witness.packet.header().source() + " → "
                    + witness.packet.header().destination();
        }
    }

    /** Judges every way that the packet may take; where they lead to different verdicts, nobody can tell. */
    static Verdict judge(Facts facts, Scope in, Flow flow, boolean translationOnly, Function<Tried, Verdict> judge) {
        return ScopeLookup.within(
                facts,
                in,
                namespace -> facts.capture(probe(in)).isPresent()
                        ? judge(facts, in, namespace, new Question(flow, translationOnly, judge))
                        : Verdict.cannotTell(say("packet.rules-not-read", "place", in)));
    }

    /** What must be asked before a packet's way can be followed. */
    static ActiveProbe probe(Scope in) {
        return new ActiveProbe.PacketFilter(in);
    }

    private record Question(Flow flow, boolean translationOnly, Function<Tried, Verdict> judge) {}

    private static Verdict judge(Facts facts, Scope in, Namespace namespace, Question question) {
        NetworkModel model = NetworkModel.of(facts);
        Node here = model.node(in).orElseThrow();
        return Readings.judge(
                model.rules(here, false),
                rules -> Readings.judge(
                        namespace.links(),
                        links -> Readings.judge(
                                namespace.routes(),
                                routes -> Readings.judge(namespace.sysctls(), general -> {
                                    TestPacketSearch search = new TestPacketSearch(model, in, here, question.flow());
                                    return search.find(rules)
                                            .map(witness -> witness.judge(
                                                    facts,
                                                    question.flow(),
                                                    question.translationOnly(),
                                                    question.judge()))
                                            .orElseGet(search::obstacle);
                                }))));
    }

    private Verdict judge(Facts facts, Flow flow, boolean translationOnly, Function<Tried, Verdict> judge) {
        Optional<Verdict> first = Optional.empty();
        for (TraversalResult outcome : NetfilterTraversal.all(rules, router, packet, translationOnly)) {
            Verdict verdict = misdirected(facts, flow, outcome).orElseGet(() -> judge.apply(new Tried(this, outcome)));
            if (verdict.isCannotTell()) {
                return verdict;
            }
            if (first.isPresent() && first.get().isMet() != verdict.isMet()) {
                return Verdict.cannotTell(
                        outcome.turn().orElseGet(() -> say("packet.way-open")),
                        new Evidence(Typed.in(facts, in, "iptables-save"), ""));
            }
            first = first.or(() -> Optional.of(verdict));
        }
        return first.orElseThrow();
    }

    /** A packet that would have to leave by another interface than the one that the routes say. */
    private Optional<Verdict> misdirected(Facts facts, Flow flow, TraversalResult outcome) {
        if (outcome.ending() == TraversalResult.Ending.UNDECIDED) {
            return Optional.of(Verdict.cannotTell(
                    outcome.reason().orElseThrow(), new Evidence(Typed.in(facts, in, "iptables-save"), "")));
        }
        return flow.out()
                .filter(device -> device.not())
                .filter(device -> outcome.packet().out().known().equals(Optional.of(device.name())))
                .map(device -> Verdict.notMet(
                                say("packet.leaves-by-another", "interface", device.name()),
                                say("packet.leaves-by", "interface", device.name()),
                                new Evidence(
                                        Typed.ip(facts, in, "route"),
                                        outcome.way()
                                                .map(RouteLookup::words)
                                                .map(Words::text)
                                                .orElse("")))
                        .causedBy(outcome.way().map(way -> say("packet.its-route", "route", way.words()))));
    }

    /** Why iptables does not see a packet that stays inside a bridge. */
    static final Message BRIDGED = say("packet.bridged", "setting", Router.BRIDGED);

    /** The setting by which packets inside a bridge pass iptables or not. */
    Evidence bridged(Facts facts) {
        return new Evidence(
                Typed.in(facts, in, "sysctl " + Router.BRIDGED),
                Router.BRIDGED + " = "
                        + router.settings().getOrDefault(Router.BRIDGED, Words.text(say("setting.not-there"))));
    }

    /** A chain as its command shows it: its policy, and its first rules. */
    static Evidence evidence(Facts facts, Scope in, RuleChain chain, Action.End policy) {
        List<String> lines = new ArrayList<>();
        lines.add(
                chain.id().tool().equals("nft")
                        ? "policy " + policy.toString().toLowerCase(Locale.ROOT) + ";"
                        : "-P " + chain.id().name() + " " + policy);
        chain.rules().stream().limit(LINES_SHOWN).map(Rule::shown).forEach(lines::add);
        return evidence(facts, in, chain.id(), lines);
    }

    /** The rule that did it, as the command for its chain shows it. */
    static Evidence evidence(Facts facts, Scope in, Rule rule) {
        return evidence(facts, in, rule.chain(), List.of(rule.shown()));
    }

    /** The command that shows a chain, and lines of it. */
    static Evidence evidence(Facts facts, Scope in, ChainId chain, List<String> lines) {
        return new Evidence(Typed.in(facts, in, chain.command()), String.join("\n", lines));
    }
}
