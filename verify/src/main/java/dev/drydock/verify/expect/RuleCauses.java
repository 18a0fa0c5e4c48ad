package dev.drydock.verify.expect;

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
import dev.drydock.verify.words.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Why rules did not do to a packet what they were wanted to do: the rule that comes nearest, and what it lacks. */
record RuleCauses(Facts facts, TestPacket witness, TraversalResult outcome) {

    /** A rule that was wanted, with what keeps it from this packet; the smaller the distance, the nearer it comes. */
    private record Miss(Rule rule, int distance, String words) {}

    /** Why the source, or the destination, was not rewritten. */
    Optional<String> notTranslated(boolean source) {
        Hook hook = source ? Hook.POSTROUTING : witness.packet().made() ? Hook.OUTPUT : Hook.PREROUTING;
        List<Rule> wanted =
                witness.rules().rules().filter(rule -> rule.translates(source)).toList();
        return nearest(wanted, wanted, hook, true)
                .or(() -> elsewhere(source ? List.of("MASQUERADE", "SNAT") : List.of("DNAT")));
    }

    /** Why no rule accepted, or none dropped or rejected, at FORWARD. */
    Optional<String> notEnded(Set<Action.End> ends) {
        Predicate<Rule> ending = rule -> ends.stream().anyMatch(rule::ends);
        List<Rule> wanted = witness.rules()
                .rules()
                .filter(ending)
                .filter(rule -> rule.chain().table().equals("filter"))
                .toList();
        List<Rule> learners = wanted.stream().filter(rule -> !dockers(rule)).toList();
        return nearest(learners, wanted, Hook.FORWARD, false).or(() -> nearest(wanted, wanted, Hook.FORWARD, false));
    }

    /** In a chain that Docker fills by itself, such as DOCKER-ISOLATION-STAGE-2; DOCKER-USER it leaves to others. */
    private static boolean dockers(Rule rule) {
        String chain = rule.chain().name();
        return chain.startsWith("DOCKER") && !chain.equals("DOCKER-USER");
    }

    /** @param wanted the rules among which one has to be named so that it is not taken for another */
    private Optional<String> nearest(List<Rule> candidates, List<Rule> wanted, Hook hook, boolean translates) {
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
        String name = name(rule, wanted);
        if (hooks.isEmpty()) {
            return Optional.of(new Miss(
                    rule,
                    1 + 2 * mismatches.size(),
                    name + " is in chain " + Words.text(rule.chain().inForm("")) + ", which no rule leads to"));
        }
        if (!hooks.contains(hook)) {
            return Optional.of(new Miss(
                    rule,
                    // a rule that is for everything was hardly made with this packet in mind
                    (rule.conditions().isEmpty() ? 3 : 1) + 2 * mismatches.size(),
                    name + " is in " + Words.text(rule.chain().inForm("")) + ", which "
                            + (hook == Hook.OUTPUT ? "packets that are made here do" : "this packet does")
                            + " not pass"));
        }
        if (!mismatches.isEmpty()) {
            return Optional.of(new Miss(rule, 2 * mismatches.size(), name + " is " + Words.text(mismatches.get(0))));
        }
        if (rule.holds(packet, router) == Ternary.UNKNOWN) {
            return Optional.empty();
        }
        Optional<String> callers = rules.callers(rule.chain())
                .filter(caller -> !caller.mismatches(packet, router).isEmpty())
                .map(caller -> Words.text(rule.chain().inForm("")) + " is entered by " + Words.text(caller.place())
                        + ", which is "
                        + Words.text(caller.mismatches(packet, router).get(0)))
                .findFirst();
        if (callers.isPresent()
                && rules.chain(rule.chain()).flatMap(chain -> chain.base()).isEmpty()) {
            return Optional.of(new Miss(rule, 1, name + " is in chain " + callers.get()));
        }
        return by.filter(first -> !first.equals(rule))
                .map(first -> new Miss(
                        rule,
                        0,
                        Words.text(first.place()) + " comes before " + Words.text(rule.place()) + " and ends the way: "
                                + first.shown()));
    }

    /** {@code the MASQUERADE rule}, or its place where there are several such. */
    private static String name(Rule rule, List<Rule> wanted) {
        long alike = wanted.stream()
                .filter(other -> other.target().equals(rule.target()))
                .count();
        return alike == 1 && !rule.target().isEmpty() ? "the " + rule.target() + " rule" : Words.text(rule.place());
    }

    /** The rule was made for the other family, or in another namespace. */
    private Optional<String> elsewhere(List<String> targets) {
        Optional<String> family = witness.at().namespace().chains().toOptional().stream()
                .flatMap(List::stream)
                .filter(chain -> chain.ipv6() && has(chain, targets))
                .map(chain -> "the rule in " + chain.name() + " is of ip6tables, which is for IPv6")
                .findFirst();
        return family.or(() -> NetworkModel.of(facts)
                .nodes(witness.at().host())
                .filter(other -> !other.equals(witness.at()))
                .map(Node::namespace)
                .filter(other -> hasAny(other, targets))
                .filter(other -> other.names().stream()
                        .anyMatch(name -> name.kind() == Scope.Kind.NETNS || name.kind() == Scope.Kind.HOST))
                .map(other -> "there is such a rule " + Words.text(FactCauses.inNamespace(other)) + ", not "
                        + PlaceWords.at(witness.in()))
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
