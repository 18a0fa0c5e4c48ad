package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The routes and routing rules of a namespace, sorted once for each version of IP. Immutable. */
public final class RoutingTables {
    private static final Cidr LOOPBACK_IPV6 = Cidr.parse("::1/128");

    private final List<Route> routes;
    private final RoutingPolicy ipv4;
    private final RoutingPolicy ipv6;

    /**
     * The tables of one namespace.
     *
     * @param routes of all tables; where the table local is missing, it is derived from the addresses as the kernel does
     * @param rules of {@code ip rule}; for a version of IP without any, the kernel's initial rules
     */
    RoutingTables(List<Link> links, List<Route> routes, List<RoutingRule> rules, Map<String, String> settings) {
        this.routes = List.copyOf(routes);
        this.ipv4 = policy(false, links, rules, settings);
        this.ipv6 = policy(true, links, rules, settings);
    }

    List<Route> routes() {
        return routes;
    }

    RoutingTables ruledBy(List<RoutingRule> rules, List<Link> links, Map<String, String> settings) {
        return new RoutingTables(links, routes, rules, settings);
    }

    List<RoutingRule> rules(boolean six) {
        return six ? ipv6.rules() : ipv4.rules();
    }

    RoutingPolicy policy(IpAddress address) {
        return address.isIpv6() ? ipv6 : ipv4;
    }

    private RoutingPolicy policy(boolean six, List<Link> links, List<RoutingRule> rules, Map<String, String> settings) {
        List<RoutingRule> own =
                rules.stream().filter(rule -> rule.ipv6() == six).toList();
        List<Route> all = routes.stream().filter(route -> route.ipv6() == six).toList();
        if (all.stream().noneMatch(route -> route.table().equals(Route.LOCAL))) {
            all = Stream.concat(localRoutes(links, six), all.stream()).toList();
        }
        List<RoutingRule> asked = own.isEmpty()
                ? RoutingRule.USUAL.stream().filter(rule -> rule.ipv6() == six).toList()
                : own;
        return new RoutingPolicy(asked, all, route -> carries(route, settings));
    }

    /** The routes that the kernel adds to the table local for the addresses. */
    private static Stream<Route> localRoutes(List<Link> links, boolean six) {
        return Stream.concat(
                Stream.of(local("local", six ? LOOPBACK_IPV6 : Cidr.LOOPBACK, "lo")),
                links.stream().flatMap(link -> link.addresses().stream()
                        .filter(InterfaceAddress::isUsable)
                        .map(InterfaceAddress::address)
                        .filter(own -> own.address().isIpv6() == six)
                        .flatMap(own -> localRoutes(link, own))));
    }

    private static Stream<Route> localRoutes(Link link, Cidr own) {
        Route one = local("local", Cidr.single(own.address()), link.name());
        if (own.address().isIpv6() || own.prefix() > 30) {
            return Stream.of(one);
        }
        return Stream.of(
                one,
                link.name().equals("lo")
                        ? local("local", own, link.name())
                        : local("broadcast", Cidr.single(own.last()), link.name()));
    }

    private static Route local(String type, Cidr network, String device) {
        return new Route(
                network.address().isIpv6(),
                type,
                network,
                Optional.empty(),
                Optional.of(device),
                Optional.empty(),
                0,
                Route.LOCAL);
    }

    /** Whether a route counts. A route over an interface without carrier counts unless {@code ignore_routes_with_linkdown} is on. */
    private static boolean carries(Route route, Map<String, String> settings) {
        return !route.details().flags().contains("linkdown")
                || route.device()
                        .filter(device -> Router.decides(settings, device, "ignore_routes_with_linkdown")
                                        .value()
                                > 0)
                        .isEmpty();
    }
}
