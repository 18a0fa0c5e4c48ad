package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The routing of one namespace: interfaces, addresses, routes and sysctls, for both versions of IP. Immutable.
 *
 * @param settings the sysctls by their full name
 * @param out the interface by which all packets for other hosts leave, whatever the routes say; empty where the routes decide
 */
public record Router(
        List<Link> links,
        RoutingTables routing,
        Map<String, String> settings,
        Optional<String> out,
        BridgePorts ports) {
    public static final String FORWARDING = "net.ipv4.ip_forward";
    /** The sysctl with the initial TTL of packets that the namespace sends. */
    public static final String HOPS = "net.ipv4.ip_default_ttl";

    public static final String BRIDGED = "net.bridge.bridge-nf-call-iptables";
    /** The addresses that every host accepts as its own. */
    private static final Set<String> ANYBODY = Set.of("255.255.255.255", "0.0.0.0");

    private static final Cidr LINK_LOCAL = Cidr.parse("fe80::/10");
    private static final Cidr MULTICAST = Cidr.parse("224.0.0.0/4");
    private static final Cidr MULTICAST_IPV6 = Cidr.parse("ff00::/8");
    private static final String FORWARDING_IPV6 = "net.ipv6.conf.all.forwarding";
    private static final String BRIDGED_IPV6 = "net.bridge.bridge-nf-call-ip6tables";

    public Router {
        links = List.copyOf(links);
        Objects.requireNonNull(routing);
        settings = Map.copyOf(settings);
        Objects.requireNonNull(out);
        Objects.requireNonNull(ports);
    }

    /**
     * A router whose output interface the routes decide.
     *
     * @param routes of all tables; where the table local is missing, it is derived from the addresses as the kernel does
     * @param rules of {@code ip rule}; for a version of IP without any, the kernel's initial rules
     */
    public Router(
            List<Link> links,
            List<Route> routes,
            List<RoutingRule> rules,
            Map<String, String> settings,
            BridgePorts ports) {
        this(links, new RoutingTables(links, routes, rules, settings), settings, Optional.empty(), ports);
    }

    /** The same router, but all packets for other hosts leave by this interface; empty where the routes decide. */
    public Router leavingBy(Optional<String> device) {
        return new Router(links, routing, settings, device, ports);
    }

    public Optional<Link> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    boolean isBridge(PacketDevice device) {
        return device.known()
                .flatMap(this::link)
                .filter(link -> link.kind().equals("bridge"))
                .isPresent();
    }

    /** The interface that has this address ready for use. */
    public Optional<Link> holder(IpAddress address) {
        return links.stream()
                .filter(link -> link.addresses().stream()
                        .anyMatch(
                                own -> own.isUsable() && own.address().address().equals(address)))
                .findFirst();
    }

    /** Whether the table local has this address as one of the namespace's own. */
    public boolean isLocal(IpAddress address) {
        return routing.policy(address).kind(address).filter("local"::equals).isPresent();
    }

    /** Whether it is an IPv6 link-local address, which routers do not forward. */
    public static boolean isOfLink(IpAddress address) {
        return LINK_LOCAL.contains(address);
    }

    boolean isBroadcast(IpAddress address) {
        return ANYBODY.contains(address.text())
                || routing.policy(address)
                        .kind(address)
                        .filter("broadcast"::equals)
                        .isPresent();
    }

    /** A setting of the kernel, by its full name. */
    public record Setting(String name, int value) {}

    /**
     * The sysctl that decides for an interface: the larger of {@code conf.DEVICE.KEY} and {@code conf.all.KEY}; the interface's where both are
     * equal. A value that was not read counts as 0.
     */
    public Setting decides(String device, String key) {
        return decides(settings, device, key);
    }

    int setting(String device, String key) {
        return decides(device, key).value();
    }

    static Setting decides(Map<String, String> settings, String device, String key) {
        Setting own = setting(settings, InterfaceSetting.ipv4(device, key));
        Setting all = setting(settings, "net.ipv4.conf.all." + key);
        return all.value() > own.value() ? all : own;
    }

    /** A sysctl by its full name. The value is 0 where it was not read, or is no number. */
    Setting setting(String name) {
        return setting(settings, name);
    }

    private static Setting setting(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "0").strip();
        return new Setting(name, value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0);
    }

    /** The range split into parts whose addresses have the same routes and the same type. Each own address is a part of its own. */
    List<NumberRange> alike(NumberRange addresses, boolean ipv6) {
        TreeSet<BigInteger> starts = new TreeSet<>(List.of(addresses.first()));
        add(starts, ipv6 ? MULTICAST_IPV6 : MULTICAST);
        if (!ipv6) {
            add(starts, Cidr.LOOPBACK);
        }
        for (Link link : links) {
            addresses(link, ipv6).forEach(own -> {
                add(starts, Cidr.single(own.address()));
                add(starts, own);
                add(starts, Cidr.single(own.last()));
            });
        }
        routing.routes().stream()
                .filter(route -> route.ipv6() == ipv6)
                .map(Route::destination)
                .forEach(network -> add(starts, network));
        List<BigInteger> inside = List.copyOf(starts.subSet(addresses.first(), true, addresses.last(), true));
        List<NumberRange> runs = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            runs.add(new NumberRange(
                    inside.get(i),
                    i + 1 < inside.size() ? inside.get(i + 1).subtract(BigInteger.ONE) : addresses.last()));
        }
        return runs;
    }

    /** Adds the first address of the network and the first one after it. */
    private static void add(Set<BigInteger> starts, Cidr network) {
        BigInteger host = Addresses.hostBits(network.prefix(), network.address().isIpv6());
        BigInteger address = Addresses.number(network.address());
        starts.add(address.andNot(host));
        starts.add(address.or(host).add(BigInteger.ONE));
    }

    /** The route of a packet that the namespace sends. Where several are possible, see {@link #way(RouteQuery)}. */
    public RouteLookup way(IpAddress destination) {
        return way(RouteQuery.to(destination));
    }

    /** All routes that a packet for this address, sent by the namespace, may take; at least one. */
    public List<RouteLookup> ways(IpAddress destination) {
        return ways(RouteQuery.to(destination));
    }

    /** The route of this packet. */
    public RouteLookup way(Packet packet) {
        return way(RouteQuery.of(packet));
    }

    /** The same router with other routing rules. */
    public Router ruledBy(List<RoutingRule> rules) {
        return new Router(links, routing.ruledBy(rules, links, settings), settings, out, ports);
    }

    /** The routing rules for one version of IP, in the order of their priority. */
    public List<RoutingRule> rules(boolean ipv6) {
        return routing.rules(ipv6);
    }

    /** The route for this query. Where several are possible, what they have in common, without a route: kind ON where all lead on, else UNKNOWN. */
    RouteLookup way(RouteQuery query) {
        List<RouteLookup> ways = ways(query);
        RouteLookup first = ways.get(0);
        if (ways.stream().allMatch(first::leadsAs)) {
            return first;
        }
        boolean on = ways.stream().allMatch(way -> way.kind() == RouteLookup.Kind.ON);
        boolean oneDevice = ways.stream().allMatch(way -> way.out().equals(first.out()));
        return RouteLookup.withoutRoute(
                on ? RouteLookup.Kind.ON : RouteLookup.Kind.UNKNOWN,
                oneDevice ? first.out() : PacketDevice.UNKNOWN,
                say("route.several-equal", "address", query.to()));
    }

    /**
     * All routes that a packet sent by the namespace may take; at least one.
     *
     * @param from the source address; empty where the packet has none yet, as a ping before it is sent
     */
    public List<RouteLookup> ways(IpAddress destination, Optional<IpAddress> from) {
        return ways(RouteQuery.to(destination).from(from));
    }

    /** One address for each part of the network that the routes treat differently. */
    public Stream<IpAddress> examples(Cidr network) {
        boolean ipv6 = network.address().isIpv6();
        BigInteger host = Addresses.hostBits(network.prefix(), ipv6);
        BigInteger first = Addresses.number(network.address()).andNot(host);
        return alike(new NumberRange(first, first.or(host)), ipv6).stream().map(run -> Addresses.of(run.first(), ipv6));
    }

    /** Whether a packet for this address that comes in by the interface is delivered to the namespace itself. */
    public boolean takes(IpAddress address, String in, IpAddress from) {
        RouteQuery query = RouteQuery.to(address).from(Optional.of(from)).by(PacketDevice.named(in));
        return ways(query).stream().allMatch(way -> way.kind() == RouteLookup.Kind.LOCAL);
    }

    /** All routes that are possible for this query; at least one. */
    List<RouteLookup> ways(RouteQuery query) {
        if (ANYBODY.contains(query.to().text())) {
            return List.of(RouteLookup.withoutRoute(
                    RouteLookup.Kind.LOCAL, RouteQuery.HERE, say("route.own-address", "address", query.to())));
        }
        List<RouteLookup> ways = routing.policy(query.to()).ways(query);
        boolean toMany = query.to().isIpv6() && query.to().isMulticast();
        boolean local = ways.stream().allMatch(way -> way.kind() == RouteLookup.Kind.LOCAL) && !toMany;
        if (toMany && out.isEmpty()) {
            return List.of(RouteLookup.withoutRoute(
                    RouteLookup.Kind.LOCAL, RouteQuery.HERE, say("route.own-address", "address", query.to())));
        }
        return out.isPresent() && !local
                ? List.of(RouteLookup.withoutRoute(
                        RouteLookup.Kind.ON,
                        PacketDevice.named(out.get()),
                        say("route.device", "interface", out.get())))
                : ways;
    }

    /**
     * The source address that the namespace uses on an interface towards a neighbour. For IPv4: an address in the neighbour's subnet, else the
     * first address. For IPv6: the choice of {@link SourceChoice}. Empty where the interface has none.
     */
    public Optional<IpAddress> ownAddress(String device, IpAddress neighbour) {
        if (neighbour.isIpv6()) {
            return SourceChoice.of(link(device).stream(), device, neighbour);
        }
        List<Cidr> own = link(device).stream()
                .flatMap(link -> link.addresses().stream())
                .filter(address ->
                        !address.scope().equals("host") && !address.scope().equals("link"))
                .map(InterfaceAddress::address)
                .filter(address -> !address.address().isIpv6())
                .toList();
        return own.stream()
                .filter(address -> address.contains(neighbour))
                .findFirst()
                .or(() -> own.stream().findFirst())
                .map(Cidr::address);
    }

    /** The source address of a packet that the namespace sends to this destination; empty where there is no route or no address. */
    public Optional<IpAddress> sourceFor(IpAddress destination) {
        return sourceFor(destination, way(destination));
    }

    /** The source address of a packet that the namespace sends to this destination by this route. */
    public Optional<IpAddress> sourceFor(IpAddress destination, RouteLookup way) {
        if (way.kind() == RouteLookup.Kind.LOCAL) {
            return way.route().flatMap(Route::source).or(() -> Optional.of(destination));
        }
        if (destination.isIpv6()) {
            return way.kind() == RouteLookup.Kind.ON
                    ? way.route()
                            .flatMap(Route::source)
                            .or(() -> SourceChoice.of(
                                    links.stream(), way.out().known().orElse(""), destination))
                    : Optional.empty();
        }
        return way.route()
                .flatMap(Route::source)
                .or(() -> way.out()
                        .known()
                        .flatMap(name -> ownAddress(name, way.via().orElse(destination))))
                .or(() -> way.kind() == RouteLookup.Kind.ON ? anotherAddress() : Optional.empty());
    }

    /** The IPv4 address that the kernel takes from another interface where the output interface has none. */
    Optional<IpAddress> anotherAddress() {
        return links.stream()
                .sorted(Comparator.comparingInt(Link::index))
                .flatMap(link -> link.addresses().stream())
                .filter(own -> own.scope().equals("global"))
                .map(own -> own.address().address())
                .filter(address -> !address.isIpv6())
                .findFirst();
    }

    /** Every IPv4 address of an interface. */
    public static Stream<Cidr> addresses(Link link) {
        return addresses(link, false);
    }

    private static Stream<Cidr> addresses(Link link, boolean ipv6) {
        return link.addresses().stream()
                .map(InterfaceAddress::address)
                .filter(address -> address.address().isIpv6() == ipv6);
    }

    /** The sysctl that switches forwarding on or off: {@code net.ipv4.ip_forward} or {@code net.ipv6.conf.all.forwarding}. */
    public static String forwarding(boolean ipv6) {
        return ipv6 ? FORWARDING_IPV6 : FORWARDING;
    }

    /** The sysctl that stops replies to echo requests. */
    public static String ignoringEchoes(boolean ipv6) {
        return ipv6 ? "net.ipv6.icmp.echo_ignore_all" : "net.ipv4.icmp_echo_ignore_all";
    }

    /** The sysctl that passes bridged packets through iptables or ip6tables. */
    public static String bridged(boolean ipv6) {
        return ipv6 ? BRIDGED_IPV6 : BRIDGED;
    }

    /**
     * The sysctl that decides whether packets from this interface are forwarded. For IPv6 it is {@code net.ipv6.conf.all.forwarding}, or the
     * interface's {@code force_forwarding} (newer kernels) where that is on; the interface's own {@code forwarding} has no effect on IPv6 packets.
     */
    String forwardingOf(PacketDevice in, boolean ipv6) {
        if (ipv6) {
            return in.known()
                    .map(name -> InterfaceSetting.ipv6(name, "force_forwarding"))
                    .filter(this::on)
                    .orElse(FORWARDING_IPV6);
        }
        String own = in.known()
                .map(name -> InterfaceSetting.ipv4(name, "forwarding"))
                .orElse(FORWARDING);
        boolean bothOff = settings.containsKey(FORWARDING) && !on(FORWARDING) && !on(own);
        return settings.containsKey(own) && !bothOff ? own : FORWARDING;
    }

    /** Whether packets that come in by this interface are forwarded. */
    public boolean forwards(String in, boolean ipv6) {
        return on(forwardingOf(PacketDevice.named(in), ipv6));
    }

    boolean on(String setting) {
        return !settings.getOrDefault(setting, "0").strip().equals("0");
    }
}
