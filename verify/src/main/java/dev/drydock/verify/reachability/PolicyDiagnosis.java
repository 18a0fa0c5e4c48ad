package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds a routing rule that is to blame: only where the packet arrives without that rule, or with the kernel's initial rules. */
record PolicyDiagnosis(NetworkModel model, PathWording words, NextHop hops) {
    /** The finding that a routing rule misleads a packet that does not arrive. Empty where the packet arrives, or no rule is to blame. */
    Optional<StepFinding> misled(Node at, TraversalResult outcome, FrameDelivery delivery, boolean answer) {
        return outcome.way()
                .filter(way -> !arrives(delivery, outcome.packet().header().destination()))
                .flatMap(way -> astray(at, outcome.packet(), way, answer))
                .map(StepFinding.class::cast);
    }

    private boolean arrives(FrameDelivery delivery, IpAddress to) {
        return delivery.finding() instanceof StepFinding.Holds
                && (!delivery.outside() || model.holders(to).isEmpty());
    }

    private boolean arrives(Node at, RouteLookup way, IpAddress to) {
        IpAddress next = way.via().orElse(to);
        return way.kind() == RouteLookup.Kind.LOCAL
                || (way.kind() == RouteLookup.Kind.ON
                        && way.out().known().flatMap(at::end).stream()
                                .map(out -> hops.deliver(out, next, !next.equals(to)))
                                .anyMatch(there -> arrives(there, to)));
    }

    private Optional<Broken> astray(Node at, Packet packet, RouteLookup way, boolean answer) {
        Router router = model.router(at).orElseThrow();
        IpAddress to = packet.header().destination();
        Optional<RoutingRule> rule = way.ownRule();
        if (rule.isEmpty()) {
            return unled(at, packet, answer);
        }
        List<RoutingRule> others = router.rules(to.isIpv6()).stream()
                .filter(other -> !other.equals(rule.get()))
                .toList();
        RouteLookup otherwise = router.ruledBy(others).way(packet);
        if (otherwise.leadsAs(way) || !arrives(at, otherwise, to)) {
            return Optional.empty();
        }
        KernelDiagnosis kernel = new KernelDiagnosis(model, words);
        return Optional.of(new Broken(
                Cause.POLICY_ROUTE,
                say("broken.rule-astray")
                        .with("place", words.place(at))
                        .with("priority", rule.get().priority())
                        .with("rule", rule.get().shown())
                        .with("answer", answer)
                        .with("source", packet.header().source())
                        .with("address", to)
                        .with("interface", way.out().known()),
                Optional.of(kernel.rule(at, rule.get())),
                say("mend.remove-lookup"),
                kernel.removal(at, rule.get())));
    }

    /** The finding that a table has a working route, but no routing rule selects that table for the packet. */
    Optional<Broken> unled(Node at, Packet packet, boolean answer) {
        Router router = model.router(at).orElseThrow();
        IpAddress to = packet.header().destination();
        RouteLookup usual = router.ruledBy(RoutingRule.USUAL).way(packet);
        RouteLookup way = router.way(packet);
        boolean better = usual.kind() == RouteLookup.Kind.LOCAL || usual.kind() == RouteLookup.Kind.ON;
        if (!better || usual.leadsAs(way) || usual.route().isEmpty() || !arrives(at, usual, to)) {
            return Optional.empty();
        }
        String table = usual.route().get().table();
        List<RoutingRule> rules = router.rules(to.isIpv6());
        boolean led = rules.stream()
                .anyMatch(rule -> rule.action() == RoutingRule.Action.LOOKUP
                        && rule.table().equals(table));
        return Optional.of(new Broken(
                Cause.POLICY_ROUTE,
                say("broken.table-unled")
                        .with("place", words.place(at))
                        .with("answer", answer)
                        .with("address", to)
                        .with("table", table)
                        .with("route", usual.route().get().line()),
                Optional.of(new Evidence(
                        words.ip(at, "rule"),
                        rules.stream().map(RoutingRule::line).collect(Collectors.joining("\n")))),
                say("mend.lookup", "table", table, "place", words.place(at)),
                Optional.of(words.change(
                                at, "rule add prio " + (table.equals(Route.LOCAL) ? 0 : 32766) + " lookup " + table))
                        .filter(command -> !led)));
    }
}
