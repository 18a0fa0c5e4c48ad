package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The routing rules and the routing tables for one version of IP. Where a fact is not known, the result has every route that the kernel may use.
 */
final class RoutingPolicy {
    private static final int MOST_WAYS = 32;
    /** The TOS bits that routing compares: IPTOS_RT_MASK of the kernel's include/net/route.h for IPv4. */
    private static final int IPTOS_RT_MASK = 0x1c;

    private static final int DSCP = 0xfc;
    /** Longest prefix first, then routes with a TOS, then the lowest metric; equal routes in the order in which they are listed. */
    private static final Comparator<Route> BEST = Comparator.comparingInt(
                    (Route route) -> -route.destination().prefix())
            .thenComparingInt(route -> -route.details().tos())
            .thenComparingLong(Route::metric);

    private final List<RoutingRule> rules;
    private final Map<String, List<Route>> tables;
    private final Predicate<Route> carries;
    /** Whether the rules are the initial ones. Then the kernel keeps the tables local and main as one. */
    private final boolean untouched;

    /**
     * @param rules of one version of IP, in their order
     * @param routes of the same version, of all tables
     * @param carries whether a route counts; false for a route over an interface without carrier that the kernel ignores
     */
    RoutingPolicy(List<RoutingRule> rules, List<Route> routes, Predicate<Route> carries) {
        this.rules = List.copyOf(rules);
        this.tables = routes.stream()
                .filter(route -> !route.isDead())
                .sorted(BEST)
                .collect(Collectors.groupingBy(Route::table));
        this.carries = carries;
        this.untouched = rules.stream().allMatch(RoutingRule::isUsual) && rules.size() >= 2;
    }

    List<RoutingRule> rules() {
        return rules;
    }

    /** All routes that the kernel may use; at least one. */
    List<RouteLookup> ways(RouteQuery query) {
        List<RouteLookup> ways = new ArrayList<>();
        follow(query, 0, ways);
        return ways.stream().distinct().toList();
    }

    /** The type of the route that the table local has for this address: {@code local}, {@code broadcast} …; empty where it has none. */
    Optional<String> kind(IpAddress address) {
        return tables.getOrDefault(Route.LOCAL, List.of()).stream()
                .filter(route -> route.destination().contains(address))
                .findFirst()
                .map(Route::type);
    }

    private void follow(RouteQuery query, int first, List<RouteLookup> ways) {
        for (int i = first; i < rules.size(); i++) {
            RoutingRule rule = rules.get(i);
            Ternary selects = new RuleSelector(rule).selects(query);
            if (selects == Ternary.NO) {
                continue;
            }
            if (selects == Ternary.UNKNOWN) {
                // the way of a packet that it is not for
                if (ways.size() < MOST_WAYS) {
                    follow(query, i + 1, ways);
                }
            }
            switch (rule.action()) {
                case BLACKHOLE -> {
                    ways.add(RouteLookup.by(rule, RouteLookup.Kind.BLACKHOLE));
                    return;
                }
                case UNREACHABLE, PROHIBIT -> {
                    ways.add(RouteLookup.by(rule, RouteLookup.Kind.REFUSED));
                    return;
                }
                case OTHER -> {
                    ways.add(RouteLookup.withoutRoute(
                            RouteLookup.Kind.UNKNOWN,
                            PacketDevice.UNKNOWN,
                            say("route.rule-unknown", "rule", rule.line().replace('\t', ' '), "address", query.to())));
                    return;
                }
                case GOTO -> {
                    int target = target(rule);
                    if (target > i) {
                        i = target - 1;
                    }
                }
                case NOP -> {}
                case LOOKUP -> {
                    List<RouteLookup> found = table(rule, query);
                    if (!found.isEmpty()) {
                        ways.addAll(found);
                        return;
                    }
                }
            }
        }
        ways.add(RouteLookup.withoutRoute(
                RouteLookup.Kind.NONE, PacketDevice.NONE, say("route.none-covers", "address", query.to())));
    }

    private int target(RoutingRule from) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).priority() == from.target()) {
                return i;
            }
        }
        return -1;
    }

    /** The routes that a table has; empty where the next rule is to be tried. */
    private List<RouteLookup> table(RoutingRule rule, RouteQuery query) {
        List<Route> covering = covering(rule.table(), query);
        if (untouched && rule.table().equals(Route.LOCAL)) {
            int local = covering.isEmpty() ? -1 : covering.get(0).destination().prefix();
            boolean nearer = covering(Route.MAIN, query).stream()
                    .anyMatch(route -> route.destination().prefix() > local);
            covering = nearer ? List.of() : covering;
        }
        if (covering.isEmpty()) {
            return List.of();
        }
        Route first = covering.get(0);
        if (first.type().equals("throw") || (first.destination().prefix() <= rule.suppressed() && isUsed(first))) {
            return List.of();
        }
        return switch (first.type()) {
            case "unicast" ->
                among(first, covering).stream()
                        .map(route -> RouteLookup.by(
                                rule,
                                route,
                                RouteLookup.Kind.ON,
                                route.device().map(PacketDevice::named).orElse(PacketDevice.UNKNOWN)))
                        .toList();
            case "local", "broadcast", "multicast", "anycast" ->
                List.of(RouteLookup.by(rule, first, RouteLookup.Kind.LOCAL, RouteQuery.HERE));
            case "blackhole" -> List.of(RouteLookup.by(rule, first, RouteLookup.Kind.BLACKHOLE, PacketDevice.NONE));
            case "unreachable", "prohibit" ->
                List.of(RouteLookup.by(rule, first, RouteLookup.Kind.REFUSED, PacketDevice.NONE));
            default ->
                List.of(RouteLookup.withoutRoute(
                        RouteLookup.Kind.UNKNOWN,
                        PacketDevice.UNKNOWN,
                        say("route.effect-unknown", "route", first.shown())));
        };
    }

    /** Whether {@code suppress_prefixlength} can apply to the route. It does not apply to routes that refuse. */
    private static boolean isUsed(Route route) {
        return route.type().equals("unicast") || route.type().equals("local");
    }

    /** Whether the route or rule is for this type of service; 0 is for all. For IPv4 the kernel first masks it with IPTOS_RT_MASK. */
    private static Ternary isFor(int tos, RouteQuery query) {
        FieldValue service = query.service();
        if (tos == 0) {
            return Ternary.YES;
        }
        if (service.equals(FieldValue.unknown(Byte.SIZE))) {
            return Ternary.NO;
        }
        int mask = query.to().isIpv6() ? DSCP : IPTOS_RT_MASK;
        return service.and(mask).xor(tos).hasAny(BigInteger.valueOf(DSCP)).not();
    }

    private List<Route> covering(String table, RouteQuery query) {
        return tables.getOrDefault(table, List.of()).stream()
                .filter(route -> route.destination().contains(query.to()))
                .filter(route -> isFor(route.details().tos(), query) == Ternary.YES)
                .filter(carries)
                .toList();
    }

    /**
     * The routes of which the kernel may take any one: the next hops of a multipath route; IPv4 default routes of equal metric, of which the kernel
     * prefers a reachable gateway; IPv6 routes of equal metric.
     */
    private static List<Route> among(Route first, List<Route> covering) {
        List<Route> equal = new ArrayList<>(List.of(first));
        for (Route other : covering.subList(1, covering.size())) {
            boolean same = BEST.compare(first, other) == 0 && other.type().equals(first.type());
            boolean hop = first.details().hop().isPresent()
                    && other.details()
                            .hop()
                            .filter(one -> one.number()
                                    > equal.get(equal.size() - 1)
                                            .details()
                                            .hop()
                                            .orElseThrow()
                                            .number())
                            .isPresent();
            boolean gateway = first.destination().prefix() == 0
                    && first.via().isPresent()
                    && other.via().isPresent()
                    && first.details().hop().isEmpty();
            if (!same || !(hop || gateway || first.ipv6())) {
                break;
            }
            equal.add(other);
        }
        return equal;
    }

    /** The selector of a routing rule. */
    private record RuleSelector(RoutingRule rule) {
        Ternary selects(RouteQuery query) {
            Ternary all = network(rule.from(), query.from())
                    .and(network(rule.to(), Optional.of(query.to())))
                    .and(rule.in().map(query.in()::is).orElse(Ternary.YES))
                    // nobody is bound to an interface here
                    .and(Ternary.of(rule.out().isEmpty()))
                    .and(mark(query))
                    .and(isFor(rule.tos(), query))
                    .and(Ternary.of(rule.protocol().isEmpty() || rule.protocol().equals(query.protocol())))
                    .and(ports(rule.sourcePorts(), query.sourcePort(), query))
                    .and(ports(rule.destinationPorts(), query.destinationPort(), query))
                    .and(rule.understood() ? Ternary.YES : Ternary.UNKNOWN);
            return rule.inverted() ? all.not() : all;
        }

        private static Ternary network(Optional<Cidr> network, Optional<IpAddress> address) {
            return Ternary.of(network.isEmpty()
                    || network.get().prefix() == 0
                    || address.filter(network.get()::contains).isPresent());
        }

        private Ternary mark(RouteQuery query) {
            FieldValue differing = query.mark().xor(rule.mark()).and(rule.mask());
            return differing.hasAny(BigInteger.valueOf(rule.mask())).not();
        }

        private static Ternary ports(Optional<RoutingRule.PortSpan> wanted, Ports port, RouteQuery query) {
            return wanted.map(span ->
                            query.protocol().isEmpty() ? Ternary.NO : port.in(new Ports(span.first(), span.last())))
                    .orElse(Ternary.YES);
        }
    }
}
