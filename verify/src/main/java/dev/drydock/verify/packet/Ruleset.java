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
 * All chains of one namespace that a packet of one version of IP may pass, those of the family bridge too.
 *
 * @param chains by what names them, in the order in which they were read
 * @param beneath a table of nft with rules at an interface's ingress or egress, which this package does not follow
 * @param tracked whether conntrack looks at packets, as it does once a rule wants it to
 */
public record Ruleset(Map<ChainId, RuleChain> chains, Optional<String> beneath, Ternary tracked) {
    /** No rules at all. */
    public static final Ruleset NONE = new Ruleset(Map.of(), Optional.empty(), Ternary.NO);

    public Ruleset {
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
        Objects.requireNonNull(beneath);
        Objects.requireNonNull(tracked);
    }

    /** @param chains no two with one name in one table */
    static Ruleset of(List<RuleChain> chains, Optional<String> beneath, Ternary tracked) {
        Map<ChainId, RuleChain> named = new LinkedHashMap<>();
        chains.forEach(chain -> named.put(chain.id(), chain));
        return new Ruleset(named, beneath, tracked);
    }

    /** What is left for a packet that a bridge hands on and that passes no hook of IPv4. */
    public Ruleset withoutChains() {
        return of(
                chains.values().stream()
                        .filter(chain -> chain.id().isOfBridge())
                        .toList(),
                beneath,
                tracked);
    }

    /** The same without that rule. */
    public Ruleset without(Rule rule) {
        return with(rule.chain(), chain -> chain.with(rules -> rules.filter(one -> !one.equals(rule))));
    }

    /** The same with a rule that accepts what that rule is for, in its place. */
    public Ruleset accepting(Rule rule) {
        Rule instead = new Rule(
                rule.chain(), rule.number(), rule.shown(), "ACCEPT", rule.conditions(), List.of(Action.End.ACCEPT));
        return with(rule.chain(), chain -> chain.with(rules -> rules.map(one -> one.equals(rule) ? instead : one)));
    }

    /** The same with a chain that accepts what no rule of it decides. */
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

    /** The chain of that name in the same table. */
    public Optional<ChainId> chain(ChainId sibling, String name) {
        return chain(sibling.sibling(name)).map(RuleChain::id);
    }

    /** The chains that the kernel calls there, in its order. */
    List<RuleChain> at(Hook hook) {
        return at(hook, false);
    }

    /** @param frames whether those of the family bridge are meant, rather than those of IP */
    List<RuleChain> at(Hook hook, boolean frames) {
        return chains.values().stream()
                .filter(chain -> chain.id().isOfBridge() == frames)
                .filter(chain ->
                        chain.base().filter(base -> base.hook() == hook).isPresent())
                .sorted(Comparator.comparingInt(
                        chain -> chain.base().orElseThrow().priority()))
                .toList();
    }

    /** Whether a bridge has rules for what passes it. */
    public boolean seesFrames() {
        return chains.values().stream()
                .anyMatch(chain -> chain.id().isOfBridge() && chain.base().isPresent() && !chain.doesNothing());
    }

    public Optional<RuleChain> chain(ChainId id) {
        return Optional.ofNullable(chains.get(id));
    }

    /** From where packets may come into the chain, however deep it lies below one that the kernel calls. */
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

    /** The rules that lead into the chain. */
    public Stream<Rule> callers(ChainId id) {
        return rules().filter(rule -> rule.chain().sameTable(id)).filter(rule -> rule.alternatives()
                .anyMatch(action ->
                        action instanceof Action.Jump jump && jump.chain().equals(id.name())));
    }

    public Stream<Rule> rules() {
        return chains.values().stream().flatMap(chain -> chain.rules().stream());
    }
}
