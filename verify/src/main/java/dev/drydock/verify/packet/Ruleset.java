package dev.drydock.verify.packet;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All chains of one namespace that packets of one version of IP may pass, with the chains of the family bridge. Immutable.
 *
 * @param chains by name, in the order in which they were read
 * @param beneath a table of nft that may stop or change packets at an interface's ingress or egress, which this package does not evaluate; empty
 *     where there is none
 * @param tracked whether conntrack looks at packets, which it does once a rule needs it
 */
public record Ruleset(Map<ChainId, RuleChain> chains, Optional<String> beneath, Ternary tracked) {
    /** No rules at all. */
    public static final Ruleset NONE = new Ruleset(Map.of(), Optional.empty(), Ternary.NO);

    public Ruleset {
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
        Objects.requireNonNull(beneath);
        Objects.requireNonNull(tracked);
    }

    /** @param chains no two of them have the same name */
    static Ruleset of(List<RuleChain> chains, Optional<String> beneath, Ternary tracked) {
        Map<ChainId, RuleChain> named = new LinkedHashMap<>();
        chains.forEach(chain -> named.put(chain.id(), chain));
        return new Ruleset(named, beneath, tracked);
    }

    /** The rules for a packet that a bridge forwards past the hooks of IP: only the chains of the family bridge. */
    public Ruleset withoutChains() {
        return of(
                chains.values().stream()
                        .filter(chain -> chain.id().isOfBridge())
                        .toList(),
                beneath,
                tracked);
    }

    /** The rules without this rule. */
    public Ruleset without(Rule rule) {
        return with(rule.chain(), chain -> chain.with(rules -> rules.filter(one -> !one.equals(rule))));
    }

    /** The rules with ACCEPT as the action of this rule. */
    public Ruleset accepting(Rule rule) {
        Rule instead = new Rule(
                rule.chain(), rule.number(), rule.shown(), "ACCEPT", rule.conditions(), List.of(Action.End.ACCEPT));
        return with(rule.chain(), chain -> chain.with(rules -> rules.map(one -> one.equals(rule) ? instead : one)));
    }

    /** The rules with ACCEPT as the policy of this chain. */
    public Ruleset accepting(ChainId id) {
        return with(
                id,
                chain -> new RuleChain(
                        id,
                        chain.base()
                                .map(base -> new RuleChain.Base(
                                        base.hook(), base.priority(), base.translates(), Action.End.ACCEPT)),
                        chain.rules()));
    }

    private Ruleset with(ChainId id, UnaryOperator<RuleChain> change) {
        Map<ChainId, RuleChain> changed = new LinkedHashMap<>(chains);
        changed.computeIfPresent(id, (same, chain) -> change.apply(chain));
        return new Ruleset(changed, beneath, tracked);
    }

    /** The chain of this name in the same table; empty where there is none. */
    public Optional<ChainId> chain(ChainId sibling, String name) {
        return chain(sibling.sibling(name)).map(RuleChain::id);
    }

    /** The base chains of IP at a hook, by priority. */
    List<RuleChain> at(Hook hook) {
        return at(hook, false);
    }

    /**
     * The base chains at a hook, by priority.
     *
     * @param frames true for chains of the family bridge, false for chains of IP
     */
    List<RuleChain> at(Hook hook, boolean frames) {
        return chains.values().stream()
                .filter(chain -> chain.id().isOfBridge() == frames)
                .filter(chain ->
                        chain.base().filter(base -> base.hook() == hook).isPresent())
                .sorted(Comparator.comparingInt(
                        chain -> chain.base().orElseThrow().priority()))
                .toList();
    }

    /** Whether the family bridge has rules that may affect a frame. */
    public boolean seesFrames() {
        return chains.values().stream()
                .anyMatch(chain -> chain.id().isOfBridge() && chain.base().isPresent() && !chain.doesNothing());
    }

    public Optional<RuleChain> chain(ChainId id) {
        return Optional.ofNullable(chains.get(id));
    }

    /** The hooks from which packets may reach the chain, directly or through jumps. */
    public Set<Hook> hooks(ChainId id) {
        Set<Hook> hooks = EnumSet.noneOf(Hook.class);
        Set<ChainId> seen = new HashSet<>(Set.of(id));
        Deque<ChainId> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            ChainId next = open.pop();
            chain(next).flatMap(RuleChain::base).ifPresent(base -> hooks.add(base.hook()));
            callers(next).map(rule -> rule.chain()).filter(seen::add).forEach(open::push);
        }
        return hooks;
    }

    /** The rules that jump to the chain. */
    public Stream<Rule> callers(ChainId id) {
        return rules().filter(rule -> rule.chain().sameTable(id)).filter(rule -> rule.alternatives()
                .anyMatch(action ->
                        action instanceof Action.Jump jump && jump.chain().equals(id.name())));
    }

    public Stream<Rule> rules() {
        return chains.values().stream().flatMap(chain -> chain.rules().stream());
    }
}
