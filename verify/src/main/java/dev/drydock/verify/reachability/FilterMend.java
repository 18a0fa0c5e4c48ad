package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import java.util.List;
import java.util.Optional;

/** Finds the command that lets a packet pass a rule or policy. A command is given only where the packet, followed again with the change, passes. */
record FilterMend(NetworkModel model, PathWording words) {
    /**
     * The command: delete the rule, where no other rule of the chain stops the packet then; else insert an accepting rule before it. For a policy,
     * append an accepting rule.
     *
     * @param packet as it came into the namespace
     * @param stopped the passage through the chain that stopped it
     * @param answer whether the packet is the answer
     * @return empty where no such change lets the packet pass, or the rules or routes were not read
     */
    Optional<String> of(Node at, Packet packet, ChainTraversal stopped, boolean answer) {
        Optional<Ruleset> known = model.rules(at, packet.header().isIpv6()).toOptional();
        Optional<Router> router = model.router(at);
        if (known.isEmpty() || router.isEmpty()) {
            return Optional.empty();
        }
        if (stopped.by().map(Rule::chain).orElse(stopped.chain().id()).isOfBridge()) {
            return ofFrames(at, known.get(), router.get(), packet, stopped);
        }
        return change(at, known.get(), router.get(), packet, stopped, answer).map(Change::command);
    }

    /**
     * As {@link #of}, where several rules are of one making: the changes after which the packet passes the whole namespace, at most three; empty
     * where these are not enough.
     */
    Optional<String> throughout(Node at, Packet packet, ChainTraversal stopped, boolean answer) {
        Optional<Router> router = model.router(at);
        Optional<Change> all = model.rules(at, packet.header().isIpv6())
                .toOptional()
                .flatMap(rules -> router.flatMap(way -> change(at, rules, way, packet, stopped, answer)));
        for (int more = 0; more < 2 && all.isPresent(); more++) {
            Change so = all.get();
            List<TraversalResult> outcomes = NetfilterTraversal.all(so.rules(), router.orElseThrow(), packet, false);
            if (outcomes.stream().allMatch(outcome -> outcome.ending().passed())) {
                break;
            }
            all = outcomes.stream()
                    .flatMap(outcome -> outcome.decision().stream())
                    .findFirst()
                    .flatMap(next -> change(at, so.rules(), router.orElseThrow(), packet, next, answer))
                    .map(next -> new Change(so.command() + "; " + next.command(), next.rules()));
        }
        return all.filter(so -> NetfilterTraversal.all(so.rules(), router.orElseThrow(), packet, false).stream()
                        .allMatch(outcome -> outcome.ending().passed()))
                .map(Change::command);
    }

    /** A command and the rules after it. */
    private record Change(String command, Ruleset rules) {}

    private Optional<Change> change(
            Node at, Ruleset rules, Router router, Packet packet, ChainTraversal stopped, boolean answer) {
        Optional<Rule> by = stopped.by();
        ChainId chain = by.map(Rule::chain).orElse(stopped.chain().id());
        Optional<Change> deleting = by.filter(rule -> isIptables(chain))
                .map(rules::without)
                .filter(left -> passes(left, router, packet, stopped))
                .flatMap(left -> deletion(at, by.orElseThrow()).map(command -> new Change(command, left)));
        if (deleting.isPresent()) {
            return deleting;
        }
        Ruleset accepting = by.map(rules::accepting).orElseGet(() -> rules.accepting(chain));
        return passes(accepting, router, packet, stopped)
                ? Optional.of(new Change(
                        words.in(
                                at,
                                // an answer whose first packet conntrack did not see is not ESTABLISHED
                                accepting(rules, chain, by, stopped, answer && !packet.isInvalid() && !packet.isNew())),
                        accepting))
                : Optional.empty();
    }

    /**
     * The command for a chain of the family bridge, which must let ARP frames pass too: delete the rule, or accept all that it matches; set a
     * policy to ACCEPT.
     */
    private Optional<String> ofFrames(Node at, Ruleset rules, Router router, Packet packet, ChainTraversal stopped) {
        Optional<Rule> by = stopped.by();
        ChainId chain = by.map(Rule::chain).orElse(stopped.chain().id());
        Ruleset accepting = by.map(rules::accepting).orElseGet(() -> rules.accepting(chain));
        if (!passes(accepting, router, packet, stopped)) {
            return Optional.empty();
        }
        if (isIptables(chain)) {
            return by.isPresent()
                    ? by.filter(rule -> passes(rules.without(rule), router, packet, stopped))
                            .flatMap(rule -> deletion(at, rule))
                    : Optional.of(words.in(at, iptables(chain, "-P") + " ACCEPT"));
        }
        String place =
                chain.family() + " " + LearnerCommand.quoted(chain.table()) + " " + LearnerCommand.quoted(chain.name());
        return by.isEmpty()
                ? Optional.of(words.in(at, "nft add chain " + place + " '{ policy accept; }'"))
                : by.filter(rule -> rule.shown().matches("(.* )?drop")
                                && !rule.shown().contains("'"))
                        .map(rule -> words.in(
                                at,
                                "nft insert rule " + place + " index " + (rule.number() - 1) + " '"
                                        + rule.shown().replaceFirst("drop$", "accept") + "'"));
    }

    /** The command that accepts a whole protocol before all rules of a chain. */
    static String accepting(ChainId chain, String protocol) {
        return isIptables(chain)
                ? iptables(chain, "-I") + " -p " + protocol + " -j ACCEPT"
                : "nft insert rule " + chain.family() + " " + LearnerCommand.quoted(chain.table()) + " "
                        + LearnerCommand.quoted(chain.name()) + " meta l4proto " + protocol + " accept";
    }

    /** {@code iptables -t raw -D PREROUTING 3}; empty for a rule of nft, which is deleted by its handle. */
    Optional<String> deletion(Node at, Rule rule) {
        return isIptables(rule.chain())
                ? Optional.of(words.in(at, iptables(rule.chain(), "-D") + " " + rule.number()))
                : Optional.empty();
    }

    /** The command that replaces an SNAT rule with MASQUERADE; empty for other rules, and for nft. */
    Optional<String> masquerading(Node at, Rule rule) {
        String append = "-A " + rule.chain().name() + " ";
        int target = rule.shown().indexOf("-j SNAT");
        return isIptables(rule.chain()) && rule.shown().startsWith(append) && target > 0
                ? Optional.of(words.in(
                        at,
                        iptables(rule.chain(), "-R") + " " + rule.number() + " "
                                + LearnerCommand.rule(rule.shown().substring(append.length(), target))
                                + "-j MASQUERADE"))
                : Optional.empty();
    }

    private static boolean passes(Ruleset rules, Router router, Packet packet, ChainTraversal stopped) {
        return NetfilterTraversal.all(rules, router, packet, false).stream()
                .noneMatch(outcome -> outcome.reason().isPresent()
                        || outcome.decision()
                                .filter(decision -> decision.chain()
                                        .id()
                                        .equals(stopped.chain().id()))
                                .isPresent());
    }

    private static String accepting(
            Ruleset rules, ChainId chain, Optional<Rule> by, ChainTraversal stopped, boolean answer) {
        Optional<ChainId> users = rules.chain(stopped.chain().id(), ChainId.FOR_USERS)
                .filter(own -> isCalledBefore(rules, own, stopped, by))
                .filter(own -> by.filter(rule -> rule.chain().equals(own)).isEmpty());
        if (!isIptables(chain)) {
            String place = LearnerCommand.quoted(chain.table()) + " " + LearnerCommand.quoted(chain.name());
            return by.map(rule -> "nft insert rule " + chain.family() + " " + place + " index " + (rule.number() - 1))
                            .orElse("nft add rule " + chain.family() + " " + place)
                    + " " + nftSelector(stopped, answer) + " accept";
        }
        String selector = selector(stopped, answer) + " -j ACCEPT";
        return users.map(own -> iptables(own, "-I") + " " + selector)
                .or(() -> by.map(rule -> iptables(chain, "-I") + " " + rule.number() + " " + selector))
                .orElseGet(() -> iptables(chain, "-A") + " " + selector);
    }

    /** Whether the base chain calls {@code users} before the packet is stopped. */
    private static boolean isCalledBefore(Ruleset rules, ChainId users, ChainTraversal stopped, Optional<Rule> by) {
        return rules.callers(users)
                .anyMatch(caller -> caller.chain().equals(stopped.chain().id())
                        && caller.conditions().isEmpty()
                        && (caller.number() == 1
                                || by.isEmpty()
                                || by.filter(rule ->
                                                rule.chain().equals(caller.chain()) && rule.number() > caller.number())
                                        .isPresent()));
    }

    private static boolean isIptables(ChainId chain) {
        return !chain.tool().equals("nft");
    }

    private static String iptables(ChainId chain, String option) {
        return chain.tool() + (chain.table().equals("filter") ? "" : " -t " + chain.table()) + " " + option + " "
                + LearnerCommand.quoted(chain.name());
    }

    private static String selector(ChainTraversal stopped, boolean answer) {
        if (answer) {
            return "-m conntrack --ctstate RELATED,ESTABLISHED";
        }
        String source = stopped.arrived().header().source().toString();
        String destination = stopped.arrived().header().destination().toString();
        return passesTwice(stopped)
                ? "-s " + source + "," + destination + " -d " + source + "," + destination
                : "-s " + source + " -d " + destination;
    }

    private static String nftSelector(ChainTraversal stopped, boolean answer) {
        if (answer) {
            return "ct state established,related";
        }
        String source = stopped.arrived().header().source().toString();
        String destination = stopped.arrived().header().destination().toString();
        String both = "'{ " + source + ", " + destination + " }'";
        String ip = stopped.arrived().header().isIpv6() ? "ip6" : "ip";
        return passesTwice(stopped)
                ? ip + " saddr " + both + " " + ip + " daddr " + both
                : ip + " saddr " + source + " " + ip + " daddr " + destination;
    }

    /** Whether both the packet and its answer pass the chain. */
    private static boolean passesTwice(ChainTraversal stopped) {
        return stopped.chain()
                .base()
                .filter(base -> base.hook() == Hook.FORWARD)
                .isPresent();
    }
}
