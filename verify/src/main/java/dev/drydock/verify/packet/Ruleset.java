package dev.drydock.verify.packet;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All chains of one namespace that an IPv4 packet may pass.
 *
 * @param beneath a table of nft with rules at an interface's ingress or egress, which this package does not follow
 * @param bridged a table of nft with rules for what passes a bridge, for each hook where it has some that may stop a packet, likewise
 * @param tracked whether conntrack looks at packets, as it does once a rule wants it to
 */
public record Ruleset(List<RuleChain> chains, Optional<String> beneath, Map<Hook, String> bridged, Ternary tracked) {
    /** No rules at all. */
    public static final Ruleset NONE = new Ruleset(List.of(), Optional.empty(), Map.of(), Ternary.NO);

    public Ruleset {
        chains = List.copyOf(chains);
        Objects.requireNonNull(beneath);
        bridged = Map.copyOf(bridged);
        Objects.requireNonNull(tracked);
    }

    /** What is left for a packet that a bridge hands on and that passes no hook of IPv4. */
    public Ruleset withoutChains() {
        return new Ruleset(List.of(), beneath, bridged, tracked);
    }

    /** The chains that the kernel calls there, in its order. */
    List<RuleChain> at(Hook hook) {
        return chains.stream()
                .filter(chain ->
                        chain.base().filter(base -> base.hook() == hook).isPresent())
                .sorted(Comparator.comparingInt(
                        chain -> chain.base().orElseThrow().priority()))
                .toList();
    }

    public Optional<RuleChain> chain(ChainId id) {
        return chains.stream().filter(chain -> chain.id().equals(id)).findFirst();
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
        return chains.stream().flatMap(chain -> chain.rules().stream());
    }
}
