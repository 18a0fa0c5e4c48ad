package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Action;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.Ternary;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Explains why no rule did what was wanted to a packet: the rule that comes closest, and its mismatch. */
record RuleCauses(Facts facts, TestPacket witness, TraversalResult outcome) {

    /** A rule that does not match the packet, and why. A smaller distance means a closer match. */
    private record Miss(Rule rule, int distance, Message words) {}

    /** Why no rule translated the source (true) or the destination (false). */
    Optional<Message> notTranslated(boolean source) {
        Hook hook = source ? Hook.POSTROUTING : witness.packet().made() ? Hook.OUTPUT : Hook.PREROUTING;
        List<Rule> wanted =
                witness.rules().rules().filter(rule -> rule.translates(source)).toList();
        return nearest(wanted, wanted, hook, true)
                .or(() -> elsewhere(source ? List.of("MASQUERADE", "SNAT") : List.of("DNAT")));
    }

    /** Why no rule gave one of these verdicts at FORWARD. */
    Optional<Message> notEnded(Set<Action.End> ends) {
        Predicate<Rule> ending = rule -> ends.stream().anyMatch(rule::ends);
        List<Rule> wanted = witness.rules()
                .rules()
                .filter(ending)
                .filter(rule -> rule.chain().table().equals("filter"))
                .toList();
        List<Rule> learners =
                wanted.stream().filter(rule -> !rule.chain().isDockers()).toList();
        return nearest(learners, wanted, Hook.FORWARD, false).or(() -> nearest(wanted, wanted, Hook.FORWARD, false));
    }

    /** @param wanted all rules with this effect, to name one of them unambiguously */
    private Optional<Message> nearest(List<Rule> candidates, List<Rule> wanted, Hook hook, boolean translates) {
        Optional<ChainTraversal> passage = outcome.passage(hook, translates);
        // where no chain is called there, the packet would still have come by
        boolean early = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        Packet packet = passage.map(ChainTraversal::arrived).orElse(early ? witness.packet() : outcome.packet());
        Optional<Rule> by = passage.flatMap(ChainTraversal::by);
        return candidates.stream()
                .flatMap(rule -> miss(rule, wanted, hook, packet, by).stream())
                .min(Comparator.comparingInt(Miss::distance))
                .map(Miss::words);
    }

    private Optional<Miss> miss(Rule rule, List<Rule> wanted, Hook hook, Packet packet, Optional<Rule> by) {
        Router router = witness.router();
        Ruleset rules = witness.rules();
        Set<Hook> hooks = rules.hooks(rule.chain());
        List<Message> mismatches = rule.mismatches(packet, router);
        Message name = name(rule, wanted);
        if (hooks.isEmpty()) {
            return Optional.of(new Miss(
                    rule, 1 + 2 * mismatches.size(), say("rule.unreached", "rule", name, "chain", rule.chain())));
        }
        if (!hooks.contains(hook)) {
            return Optional.of(new Miss(
                    rule,
                    // a rule that is for everything was hardly made with this packet in mind
                    (rule.conditions().isEmpty() ? 3 : 1) + 2 * mismatches.size(),
                    say("rule.not-passed", "rule", name, "chain", rule.chain(), "made", hook == Hook.OUTPUT)));
        }
        if (!mismatches.isEmpty()) {
            return Optional.of(new Miss(
                    rule, 2 * mismatches.size(), say("rule.mismatch", "rule", name, "mismatch", mismatches.get(0))));
        }
        if (rule.holds(packet, router) == Ternary.UNKNOWN) {
            return Optional.empty();
        }
        Optional<Message> notEntered = rules.callers(rule.chain())
                .filter(caller -> !caller.mismatches(packet, router).isEmpty())
                .map(caller -> say("rule.not-entered")
                        .with("rule", name)
                        .with("chain", rule.chain())
                        .with("caller", caller.place())
                        .with("mismatch", caller.mismatches(packet, router).get(0)))
                .findFirst();
        if (notEntered.isPresent()
                && rules.chain(rule.chain()).flatMap(chain -> chain.base()).isEmpty()) {
            return notEntered.map(words -> new Miss(rule, 1, words));
        }
        return by.filter(first -> !first.equals(rule))
                .map(first -> new Miss(
                        rule,
                        0,
                        say("rule.comes-before")
                                .with("first", first.place())
                                .with("rule", rule.place())
                                .with("shown", first.shown())));
    }

    /** {@code the MASQUERADE rule}, or its place where there are several such. */
    private static Message name(Rule rule, List<Rule> wanted) {
        long alike = wanted.stream()
                .filter(other -> other.target().equals(rule.target()))
                .count();
        return alike == 1 && !rule.target().isEmpty() ? say("rule.by-target", "target", rule.target()) : rule.place();
    }

    /** That such a rule exists for the other version of IP, or in another namespace. */
    private Optional<Message> elsewhere(List<String> targets) {
        Optional<Message> family = witness.at().namespace().chains().toOptional().stream()
                .flatMap(List::stream)
                .filter(chain -> chain.ipv6() && has(chain, targets))
                .map(chain -> say("rule.of-ip6tables", "chain", chain.name()))
                .findFirst();
        return family.or(() -> NetworkModel.of(facts)
                .nodes(witness.at().host())
                .filter(other -> !other.equals(witness.at()))
                .map(Node::namespace)
                .filter(other -> hasAny(other, targets))
                .filter(other -> other.names().stream()
                        .anyMatch(name -> name.kind() == Scope.Kind.NETNS || name.kind() == Scope.Kind.HOST))
                .map(other -> say("rule.elsewhere", "namespace", FactCauses.inNamespace(other), "place", witness.in()))
                .findFirst());
    }

    private static boolean hasAny(Namespace namespace, List<String> targets) {
        return namespace.chains().toOptional().stream()
                .flatMap(List::stream)
                .anyMatch(chain -> !chain.ipv6() && has(chain, targets));
    }

    private static boolean has(Chain chain, List<String> targets) {
        return chain.rules().stream()
                .anyMatch(rule -> targets.stream().anyMatch(target -> (rule + " ").contains(" -j " + target + " ")));
    }
}
