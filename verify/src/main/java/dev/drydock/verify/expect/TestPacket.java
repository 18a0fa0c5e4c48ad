package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
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
 * The packet of a flow as it comes into a namespace, with everything that decides its way there.
 *
 * @param unseen whether a bridge forwards it without iptables
 */
record TestPacket(Scope in, Node at, Packet packet, Router router, Ruleset rules, boolean unseen) {

    private static final int LINES_SHOWN = 12;

    /** One possible way of the packet. */
    record Tried(TestPacket witness, TraversalResult outcome) {
        Packet packet() {
            return outcome.packet();
        }

        /** {@code 10.9.0.11 → 8.8.8.8}, before any translation. */
        String arrow() {
            return witness.packet.header().source() + " → "
                    + witness.packet.header().destination();
        }
    }

    /** Judges each possible way of the packet. Where the verdicts differ, the result is "cannot tell". */
    static Verdict judge(Facts facts, Scope in, Flow flow, boolean translationOnly, Function<Tried, Verdict> judge) {
        return ScopeLookup.within(
                facts,
                in,
                namespace -> facts.capture(probe(in)).isPresent()
                        ? judge(facts, in, namespace, new Question(flow, translationOnly, judge))
                        : Verdict.cannotTell(say("packet.rules-not-read", "place", in)));
    }

    /** The probe that must run before a packet can be judged. */
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
                        new Evidence(ScopeCommands.in(facts, in, "iptables-save"), ""));
            }
            first = first.or(() -> Optional.of(verdict));
        }
        return first.orElseThrow();
    }

    /** The verdict where the rules give no result, or the packet leaves by the interface that the flow excludes. */
    private Optional<Verdict> misdirected(Facts facts, Flow flow, TraversalResult outcome) {
        if (outcome.ending() == TraversalResult.Ending.UNDECIDED) {
            return Optional.of(Verdict.cannotTell(
                    outcome.reason().orElseThrow(), new Evidence(ScopeCommands.in(facts, in, "iptables-save"), "")));
        }
        return flow.out()
                .filter(device -> device.not())
                .filter(device -> outcome.packet().out().known().equals(Optional.of(device.name())))
                .map(device -> Verdict.notMet(
                                say("packet.leaves-by-another", "interface", device.name()),
                                say("packet.leaves-by", "interface", device.name()),
                                new Evidence(
                                        ScopeCommands.ip(facts, in, "route"),
                                        outcome.way()
                                                .map(RouteLookup::words)
                                                .map(Words::text)
                                                .orElse("")))
                        .causedBy(outcome.way().map(way -> say("packet.its-route", "route", way.words()))));
    }

    /** The cause that iptables does not see a packet inside a bridge. */
    static final Message BRIDGED = say("packet.bridged", "setting", Router.BRIDGED);

    /** The sysctl that decides whether iptables sees packets inside a bridge. */
    Evidence bridged(Facts facts) {
        return new Evidence(
                ScopeCommands.in(facts, in, LearnerCommand.sysctl(Router.BRIDGED)),
                Router.BRIDGED + " = "
                        + router.settings().getOrDefault(Router.BRIDGED, Words.text(say("setting.not-there"))));
    }

    /** A chain as its command prints it: the policy and the first rules. */
    static Evidence evidence(Facts facts, Scope in, RuleChain chain, Action.End policy) {
        List<String> lines = new ArrayList<>();
        lines.add(
                chain.id().tool().equals("nft")
                        ? "policy " + policy.toString().toLowerCase(Locale.ROOT) + ";"
                        : "-P " + chain.id().name() + " " + policy);
        chain.rules().stream().limit(LINES_SHOWN).map(Rule::shown).forEach(lines::add);
        return evidence(facts, in, chain.id(), lines);
    }

    /** A rule as its command prints it. */
    static Evidence evidence(Facts facts, Scope in, Rule rule) {
        return evidence(facts, in, rule.chain(), List.of(rule.shown()));
    }

    /** The command that lists a chain, with lines of its output. */
    static Evidence evidence(Facts facts, Scope in, ChainId chain, List<String> lines) {
        return new Evidence(ScopeCommands.in(facts, in, chain.command()), String.join("\n", lines));
    }
}
