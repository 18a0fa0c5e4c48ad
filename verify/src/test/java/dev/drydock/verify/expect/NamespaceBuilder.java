package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.SWEEP;
import static dev.drydock.verify.expect.FactsBuilder.unknown;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One namespace of {@link FactsBuilder}. */
final class NamespaceBuilder {
    private final long inode;
    private final Set<Scope> names = new LinkedHashSet<>();
    private final List<LinkBuilder> links = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<RoutingRule> rules = new ArrayList<>();
    private final List<Neighbour> neighbours = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<String, String> sysctls = new HashMap<>();
    private final Map<Integer, Long> ids = new HashMap<>();
    private boolean unread;
    private boolean linksUnread;

    NamespaceBuilder(long number) {
        inode = 4026532000L + number;
    }

    NamespaceBuilder named(Scope scope) {
        names.add(scope.withoutHost());
        return this;
    }

    boolean isNamed(Scope scope) {
        return names.contains(scope.withoutHost());
    }

    long inode() {
        return inode;
    }

    /** The id that this namespace uses for another; none for itself. */
    OptionalInt idOf(NamespaceBuilder other) {
        if (other == this) {
            return OptionalInt.empty();
        }
        int id = (int) (other.inode % 1000);
        ids.put(id, other.inode);
        return OptionalInt.of(id);
    }

    LinkBuilder add(String name) {
        LinkBuilder link = new LinkBuilder(links.size() + 1, name);
        links.add(link);
        return link;
    }

    /** Makes the link, or changes the one of that name. */
    NamespaceBuilder link(String name, Consumer<LinkBuilder> setup) {
        setup.accept(
                links.stream().filter(l -> l.name().equals(name)).findFirst().orElseGet(() -> add(name)));
        return this;
    }

    NamespaceBuilder bridge(String name, String address) {
        return link(name, bridge -> bridge.kind("bridge").up().address(address));
    }

    /** In the words of ip: {@code default via 10.9.0.1 dev eth0 metric 5 table 100}. */
    NamespaceBuilder route(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        String type =
                Set.of("blackhole", "unreachable", "prohibit").contains(words.get(0)) ? words.remove(0) : "unicast";
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < words.size(); i += 2) {
            options.put(words.get(i), words.get(i + 1));
        }
        Cidr destination = Cidr.parse(words.get(0));
        routes.add(new Route(
                destination.address().isIpv6(),
                type,
                destination,
                Optional.ofNullable(options.get("via")).map(IpAddress::parse),
                Optional.ofNullable(options.get("dev")),
                Optional.ofNullable(options.get("src")).map(IpAddress::parse),
                Integer.parseInt(options.getOrDefault("metric", "0")),
                options.getOrDefault("table", "main")));
        return this;
    }

    /** A rule of {@code ip rule} for packets to a network, beside the usual ones. */
    NamespaceBuilder rule(long priority, String to, String table) {
        rules.add(new RoutingRule(
                false,
                priority,
                false,
                Optional.empty(),
                Optional.of(Cidr.parse(to)),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                RoutingRule.Action.LOOKUP,
                table,
                0,
                -1,
                true,
                "from all to " + to + " lookup " + table));
        return this;
    }

    NamespaceBuilder neighbour(String address, String device, String mac, String state) {
        neighbours.add(new Neighbour(
                IpAddress.parse(address),
                device,
                mac.isEmpty() ? Optional.empty() : Optional.of(MacAddress.parse(mac)),
                state));
        return this;
    }

    NamespaceBuilder chain(String backend, boolean ipv6, String table, String name, String policy, String... rules) {
        chains.add(new Chain(
                backend, ipv6, table, name, policy.isEmpty() ? Optional.empty() : Optional.of(policy), List.of(rules)));
        return this;
    }

    NamespaceBuilder sysctl(String key, String value) {
        sysctls.put(key, value);
        return this;
    }

    NamespaceBuilder listens(String protocol, String address, int port, int pid, String comm) {
        sockets.add(new Socket(
                protocol,
                address,
                port,
                pid == 0 ? OptionalInt.empty() : OptionalInt.of(pid),
                comm.isEmpty() ? Optional.empty() : Optional.of(comm)));
        return this;
    }

    /** There is such a namespace, but nothing in it could be read. */
    NamespaceBuilder unread() {
        unread = true;
        linksUnread = true;
        return this;
    }

    NamespaceBuilder linksUnread() {
        linksUnread = true;
        return this;
    }

    Namespace build() {
        List<Link> built = links.stream().map(LinkBuilder::build).toList();
        List<BridgePort> ports = built.stream()
                .filter(link -> link.master().isPresent())
                .map(link -> new BridgePort(
                        link.name(), link.master().get(), link.up() ? "forwarding" : "disabled", Map.of()))
                .toList();
        return new Namespace(
                inode,
                names,
                linksUnread ? unknown("the links") : new Reading.Known<>(built, SWEEP),
                known(routes, "the routes"),
                known(
                        Stream.concat(RoutingRule.USUAL.stream(), rules.stream())
                                .sorted(Comparator.comparingLong(RoutingRule::priority))
                                .toList(),
                        "the rules of ip rule"),
                known(neighbours, "the neighbours"),
                known(ports, "the bridge ports"),
                known(chains, "the rules"),
                known(sysctls, "the settings"),
                known(sockets, "the sockets"),
                known(ids, "the ids"));
    }

    private <T> Reading<T> known(T value, String what) {
        return unread ? unknown(what) : new Reading.Known<>(value, SWEEP);
    }
}
