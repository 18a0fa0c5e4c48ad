package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.words.Message;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares iptables chains, their policies, and their rules in order. A built-in chain that is empty and accepts equals a missing one. */
final class RuleComparison {
    private static final List<String> DOCKER_DNS = List.of("DOCKER_OUTPUT", "DOCKER_POSTROUTING");

    private final HostComparison host;

    RuleComparison(HostComparison host) {
        this.host = host;
    }

    /** The name of a chain in its namespace, ordered as chains are listed. */
    private record Key(boolean ipv6, String backend, String table, String name) implements Comparable<Key> {
        static Key of(Chain chain) {
            return new Key(chain.ipv6(), chain.backend(), chain.table(), chain.name());
        }

        @Override
        public int compareTo(Key other) {
            return sorted().compareTo(other.sorted());
        }

        private String sorted() {
            return (ipv6 ? "6" : "4") + backend + " " + table + " " + name;
        }

        Message words() {
            return say("change.table", "table", table, "ipv6", ipv6, "legacy", backend.equals("legacy"));
        }

        String command() {
            return (ipv6 ? "ip6tables" : "iptables")
                    + (backend.equals("legacy") ? "-legacy" : "")
                    + (table.equals("filter") ? "" : " -t " + table);
        }
    }

    void compare() {
        for (Namespace made : host.pairing.newNamespaces) {
            compare(made, List.of(), Pairing.known(made.chains()));
        }
        for (Pairing.Both<Namespace> both : host.pairing.namespaces) {
            if (host.readable(both.before().chains(), both.after().chains(), "rules", both.after())) {
                compare(
                        both.after(),
                        Pairing.known(both.before().chains()),
                        Pairing.known(both.after().chains()));
            }
        }
    }

    private void compare(Namespace namespace, List<Chain> before, List<Chain> after) {
        Map<Key, Chain> was = byKey(before);
        Map<Key, Chain> is = byKey(after);
        TreeSet<Key> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        for (Key key : keys) {
            Optional<Chain> one = Optional.ofNullable(was.get(key));
            Optional<Chain> other = Optional.ofNullable(is.get(key));
            boolean own = one.or(() -> other).flatMap(Chain::policy).isEmpty();
            boolean goes = own && other.isEmpty();
            if (own && one.isPresent() != other.isPresent()) {
                chain(namespace, key, other.isPresent());
            }
            policy(namespace, key, policy(one), policy(other));
            new Rules(namespace, key, rules(one), rules(other), goes).compare();
        }
    }

    /** The chains without the rules for Docker's name server, whose ports are random; they are told as one change. */
    private static Map<Key, Chain> byKey(List<Chain> chains) {
        TreeMap<Key, Chain> byKey = new TreeMap<>();
        for (Chain chain : chains) {
            if (!DOCKER_DNS.contains(chain.name())) {
                List<String> rules = chain.rules().stream()
                        .filter(rule -> DOCKER_DNS.stream().noneMatch(name -> rule.endsWith("-j " + name)))
                        .toList();
                byKey.put(
                        Key.of(chain),
                        new Chain(chain.backend(), chain.ipv6(), chain.table(), chain.name(), chain.policy(), rules));
            }
        }
        return byKey;
    }

    private static List<String> rules(Optional<Chain> chain) {
        return chain.map(Chain::rules).orElse(List.of());
    }

    /** The policy; an empty text, which means ACCEPT, for a missing built-in chain. */
    private static String policy(Optional<Chain> chain) {
        return chain.map(found -> found.policy().orElse("")).orElse("");
    }

    private void chain(Namespace namespace, Key key, boolean added) {
        Change change = Change.of(
                Kind.CHAIN,
                added ? Sign.ADDED : Sign.REMOVED,
                "chain",
                HostComparison.place(namespace),
                say("change.chain")
                        .with("table", key.words())
                        .with("chain", key.name())
                        .with("namespace", NamespaceWords.elsewhere(namespace)));
        String iptables = exec(namespace) + key.command();
        host.add(
                host.causes.ofRule(namespace, key.name()),
                added
                        ? change.by(new Command(Stage.CHAINS, iptables + " -N " + LearnerCommand.quoted(key.name())))
                        : change.by(
                                new Command(Stage.RULES_GO, iptables + " -F " + LearnerCommand.quoted(key.name())),
                                new Command(Stage.CHAINS_GO, iptables + " -X " + LearnerCommand.quoted(key.name()))));
    }

    private void policy(Namespace namespace, Key key, String was, String is) {
        String before = was.isEmpty() ? "ACCEPT" : was;
        String now = is.isEmpty() ? "ACCEPT" : is;
        if (before.equals(now)) {
            return;
        }
        Change change = Change.of(
                Kind.POLICY,
                Sign.CHANGED,
                "policy",
                HostComparison.place(namespace),
                say("change.policy")
                        .with("table", key.words())
                        .with("chain", key.name())
                        .with("namespace", NamespaceWords.elsewhere(namespace))
                        .with("before", before)
                        .with("now", now));
        host.add(
                host.causes.of(namespace),
                change.by(new Command(
                        Stage.POLICIES,
                        exec(namespace) + key.command() + " -P " + LearnerCommand.quoted(key.name()) + " " + now)));
    }

    private String exec(Namespace namespace) {
        return NamespaceWords.exec(namespace, host.isNew(namespace));
    }

    /** Compares the rules of one chain. */
    private final class Rules {
        private final Namespace namespace;
        private final Key key;
        private final List<String> was;
        private final List<String> is;
        private final CommonRules common;
        private final boolean chainGoes;

        /** @param chainGoes whether the chain itself is deleted, which deletes its rules */
        Rules(Namespace namespace, Key key, List<String> was, List<String> is, boolean chainGoes) {
            this.chainGoes = chainGoes;
            this.namespace = namespace;
            this.key = key;
            this.was = was;
            this.is = is;
            this.common = CommonRules.of(was, is);
        }

        void compare() {
            if (was.equals(is)) {
                return;
            }
            Map<String, Integer> times = new HashMap<>();
            was.forEach(rule -> times.merge(rule, 1, Integer::sum));
            Map<String, Deque<Integer>> gone = new HashMap<>();
            for (int i = 0; i < was.size(); i++) {
                if (!common.kept()[i]) {
                    gone.computeIfAbsent(was.get(i), none -> new ArrayDeque<>()).add(i);
                }
            }
            for (int i = 0; i < is.size(); i++) {
                if (common.stayed()[i]) {
                    continue;
                }
                String rule = is.get(i);
                Deque<Integer> from = gone.getOrDefault(rule, new ArrayDeque<>());
                if (from.isEmpty()) {
                    int place = i == is.size() - 1 ? 0 : i + 1;
                    add(Sign.ADDED, rule, 0, place, insert(i));
                } else {
                    int index = from.remove();
                    add(Sign.CHANGED, rule, index + 1, i + 1, delete(index, times), insert(i));
                }
            }
            // From the last on, so that a rule's number is still the one it had.
            gone.values().stream()
                    .flatMap(Deque::stream)
                    .sorted(Comparator.reverseOrder())
                    .forEach(index -> add(
                            Sign.REMOVED,
                            was.get(index),
                            0,
                            0,
                            chainGoes ? new Command[0] : new Command[] {delete(index, times)}));
        }

        /** @param times how often each rule occurs */
        private Command delete(int index, Map<String, Integer> times) {
            String rule = was.get(index);
            boolean once = times.get(rule) == 1;
            return new Command(
                    Stage.RULES_GO,
                    exec(namespace) + key.command() + " -D "
                            + (once
                                    ? LearnerCommand.rule(rule.substring(3))
                                    : LearnerCommand.quoted(key.name()) + " " + (index + 1)));
        }

        private Command insert(int index) {
            boolean last = index > common.lastStayed();
            String rest = is.get(index).substring(("-A " + key.name()).length());
            return new Command(
                    Stage.RULES,
                    exec(namespace)
                            + key.command()
                            + (last ? " -A " : " -I ")
                            + LearnerCommand.quoted(key.name())
                            + (last ? "" : " " + (index + 1))
                            + LearnerCommand.rule(rest));
        }

        /**
         * @param before the rule's old position, from 1, where it moved; else 0
         * @param now its new position, from 1; 0 where it is not told
         */
        private void add(Sign sign, String rule, int before, int now, Command... commands) {
            Change change = Change.of(
                    Kind.RULE,
                    sign,
                    Change.label("rule", key.words()),
                    HostComparison.place(namespace),
                    say(now == 0 ? "change.rule" : before == 0 ? "change.rule-at" : "change.rule-moved")
                            .with("chain", key.name())
                            .with("namespace", NamespaceWords.elsewhere(namespace))
                            .with("rule", RuleWords.of(rule))
                            .with("before", before)
                            .with("now", now)
                            .with("count", is.size()));
            host.add(host.causes.ofRule(namespace, rule), change.by(commands));
        }
    }
}
