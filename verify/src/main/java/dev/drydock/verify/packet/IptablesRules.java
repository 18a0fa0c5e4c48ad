package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses the chains that {@code iptables-save} prints. */
public final class IptablesRules {
    private static final Map<String, Map<Hook, Integer>> PRIORITIES = Map.of(
            "raw", Map.of(Hook.PREROUTING, -300, Hook.OUTPUT, -300),
            "mangle",
                    Map.of(
                            Hook.PREROUTING,
                            -150,
                            Hook.INPUT,
                            -150,
                            Hook.FORWARD,
                            -150,
                            Hook.OUTPUT,
                            -150,
                            Hook.POSTROUTING,
                            -150),
            "nat", Map.of(Hook.PREROUTING, -100, Hook.OUTPUT, -100, Hook.POSTROUTING, 100, Hook.INPUT, 100),
            "filter", Map.of(Hook.INPUT, 0, Hook.FORWARD, 0, Hook.OUTPUT, 0),
            "security", Map.of(Hook.INPUT, 50, Hook.FORWARD, 50, Hook.OUTPUT, 50));

    private IptablesRules() {}

    /** The words of a rule as {@code iptables-save} prints it, without quotation marks: {@code -A}, {@code FORWARD}, {@code -i}, {@code br0} … */
    public static List<String> words(String rule) {
        return IptablesRule.words(rule).stream()
                .map(word -> word.replace("\0", ""))
                .toList();
    }

    /** {@code iptables} or {@code ip6tables}. */
    static String tool(boolean ipv6) {
        return ipv6 ? "ip6tables" : "iptables";
    }

    /** The chains of both back ends (nft and legacy) for packets of one version of IP. */
    public static Ruleset of(List<Chain> chains, boolean ipv6) {
        List<Chain> own = chains.stream().filter(chain -> chain.ipv6() == ipv6).toList();
        return Ruleset.of(chains(own), Optional.empty(), Ternary.of(areTracked(own)));
    }

    /**
     * Parses chains of one version of IP.
     *
     * @param chains all chains to which their rules may jump must be among them
     */
    static List<RuleChain> chains(List<Chain> chains) {
        Map<List<String>, Set<String>> siblings = new HashMap<>();
        chains.forEach(
                chain -> siblings.computeIfAbsent(List.of(chain.backend(), chain.table()), table -> new HashSet<>())
                        .add(chain.name()));
        return chains.stream()
                .map(chain -> chain(chain, siblings.get(List.of(chain.backend(), chain.table()))))
                .toList();
    }

    /** Whether one of the rules makes conntrack look at packets. */
    static boolean areTracked(List<Chain> chains) {
        return chains.stream().flatMap(chain -> chain.rules().stream()).anyMatch(ConntrackUse::iptables);
    }

    private static RuleChain chain(Chain chain, Set<String> names) {
        ChainId id = new ChainId(
                tool(chain.ipv6()) + (chain.backend().equals("legacy") ? "-legacy" : ""),
                chain.ipv6() ? "ip6" : "ip",
                chain.table(),
                chain.name());
        List<Rule> rules = new ArrayList<>();
        for (String text : chain.rules()) {
            int number = rules.size() + 1;
            rules.add(Rule.read(id, number, text, () -> new IptablesRule(id, number, text, names).read()));
        }
        return new RuleChain(id, base(chain), rules);
    }

    private static Optional<RuleChain.Base> base(Chain chain) {
        return chain.policy().flatMap(policy -> hook(chain.name()).flatMap(hook -> Optional.ofNullable(
                        PRIORITIES.getOrDefault(chain.table(), Map.of()).get(hook))
                .map(priority -> new RuleChain.Base(
                        hook,
                        priority,
                        chain.table().equals("nat"),
                        policy.equals("DROP") ? Action.End.DROP : Action.End.ACCEPT))));
    }

    private static Optional<Hook> hook(String chain) {
        for (Hook hook : Hook.values()) {
            if (hook.name().equals(chain)) {
                return Optional.of(hook);
            }
        }
        return Optional.empty();
    }
}
