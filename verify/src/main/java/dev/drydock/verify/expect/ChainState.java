package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code chain: {table: filter, name: FORWARD, policy: drop}}. A packet passes the chains of both back ends (nft and legacy). So {@code drop} is
 * met where one of them drops, {@code accept} where all accept. A built-in chain that was never changed exists and accepts.
 */
public record ChainState(Scope in, boolean ipv6, String table, String name, boolean exists, Optional<String> policy)
        implements Expectation {
    private static final Map<String, List<String>> BUILT_IN = Map.of(
            "filter", List.of("INPUT", "FORWARD", "OUTPUT"),
            "nat", List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"),
            "mangle", List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"),
            "raw", List.of("PREROUTING", "OUTPUT"),
            "security", List.of("INPUT", "FORWARD", "OUTPUT"));

    /** @throws Complaint when the policy is neither ACCEPT nor DROP (upper or lower case), or is given for a chain that must not exist */
    public ChainState {
        policy = policy.map(given -> given.toUpperCase(Locale.ROOT));
        if (policy.isPresent() && !Set.of("ACCEPT", "DROP").contains(policy.get())) {
            throw new Complaint(say("chain.no-such-policy"));
        }
        if (!exists && policy.isPresent()) {
            throw new Complaint(say("chain.absent-with-policy"));
        }
    }

    @Override
    public Message statement() {
        return stated(true);
    }

    @Override
    public Message denial() {
        return stated(false);
    }

    private Message stated(boolean holds) {
        return policy.map(wanted -> say("chain.policy")
                        .with("chain", chain())
                        .with("place", in.equals(Scope.LAB_HOST) ? "" : in)
                        .with("holds", holds)
                        .with("policy", wanted))
                .orElseGet(() -> say("chain.exists", "place", in, "exists", exists == holds, "chain", chain()));
    }

    /** {@code FORWARD}, {@code FORWARD of ip6tables}, {@code DOCKER in table nat}. */
    private Message chain() {
        return say("chain.name", "name", name, "table", table.equals("filter") ? "" : table, "ipv6", ipv6);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.judge(facts, in, Namespace::chains, all -> judge(facts, all));
    }

    private Verdict judge(Facts facts, List<Chain> all) {
        List<Chain> there = withUntouched(all.stream()
                .filter(chain -> chain.name().equals(name) && chain.table().equals(table) && chain.ipv6() == ipv6)
                .toList());
        Evidence[] evidence = there.isEmpty()
                ? new Evidence[] {evidence(facts, "nft", listed(all))}
                : there.stream()
                        .map(chain -> evidence(facts, chain.backend(), head(chain)))
                        .toArray(Evidence[]::new);
        if (there.isEmpty() == exists) {
            return Verdict.notMet(
                            say("chain.found", "exists", exists, "chain", chain()),
                            say("chain.found", "exists", !exists, "chain", chain()),
                            evidence)
                    .causedBy(exists ? elsewhere(all) : Optional.empty());
        }
        return policy.map(wanted -> judgePolicy(wanted, there, all, evidence)).orElseGet(() -> Verdict.met(evidence));
    }

    private List<Chain> withUntouched(List<Chain> there) {
        boolean builtIn = BUILT_IN.getOrDefault(table, List.of()).contains(name);
        return there.isEmpty() && builtIn
                ? List.of(new Chain("nft", ipv6, table, name, Optional.of("ACCEPT"), List.of()))
                : there;
    }

    private Verdict judgePolicy(String wanted, List<Chain> there, List<Chain> all, Evidence[] evidence) {
        List<String> found =
                there.stream().flatMap(chain -> chain.policy().stream()).toList();
        if (found.isEmpty()) {
            return Verdict.notMet(say("chain.has-policy", "policy", wanted), say("chain.has-no-policy"), evidence)
                    .causedBy(Optional.of(say("chain.user-defined", "chain", name)));
        }
        String effective = found.contains("DROP") ? "DROP" : "ACCEPT";
        if (effective.equals(wanted)) {
            return Verdict.met(evidence);
        }
        Optional<Message> legacy = there.stream()
                .filter(chain -> there.size() > 1 && chain.policy().equals(Optional.of("DROP")))
                .map(chain -> say("chain.other-back-end", "backend", chain.backend()))
                .findFirst();
        return Verdict.notMet(
                        say("chain.has-policy", "policy", wanted),
                        say("chain.has-policy", "policy", effective),
                        evidence)
                .causedBy(legacy.or(() -> elsewhere(all)));
    }

    /**
     * The same chain of the other version of IP or of another table, or another chain with the wanted policy: what may have been changed by
     * mistake.
     */
    private Optional<Message> elsewhere(List<Chain> all) {
        return all.stream()
                .filter(chain -> policy.isEmpty()
                        || (policy.get().equals("DROP") && chain.policy().equals(policy)))
                .flatMap(chain -> instead(chain).stream())
                .findFirst();
    }

    private Optional<Message> instead(Chain chain) {
        boolean sameName = chain.name().equals(name);
        boolean sameTable = chain.table().equals(table);
        boolean sameFamily = chain.ipv6() == ipv6;
        if (sameName && sameTable && !sameFamily) {
            String tool = ipv6 ? "iptables" : "ip6tables";
            return Optional.of(say("chain.of-other-family", "chain", name, "tool", tool, "policy", policy));
        }
        if (sameName && !sameTable && sameFamily) {
            return Optional.of(say("chain.in-other-table", "chain", name, "table", chain.table(), "policy", policy));
        }
        return policy.filter(wanted -> !sameName && sameTable && sameFamily)
                .map(wanted -> say("chain.other-has-policy", "chain", chain.name(), "policy", wanted));
    }

    private Evidence evidence(Facts facts, String backend, String lines) {
        String tool = (ipv6 ? "ip6tables" : "iptables") + (backend.equals("legacy") ? "-legacy" : "");
        return new Evidence(
                ScopeCommands.in(facts, in, tool + (table.equals("filter") ? "" : " -t " + table) + " -S " + name),
                lines);
    }

    private static String head(Chain chain) {
        return chain.policy().map(p -> "-P " + chain.name() + " " + p).orElse("-N " + chain.name());
    }

    private String listed(List<Chain> all) {
        return all.stream()
                .filter(chain -> chain.table().equals(table) && chain.ipv6() == ipv6)
                .map(ChainState::head)
                .collect(Collectors.joining("\n"));
    }
}
