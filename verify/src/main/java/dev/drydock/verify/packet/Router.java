package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
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
 * The namespace that the packet passes: its interfaces, addresses, routes and settings, for both versions of IP.
 *
 * @param out the interface by which packets for others leave, whatever the routes say; empty where the routes decide
 */
public record Router(
        List<Link> links,
        RoutingTables routing,
        Map<String, String> settings,
        Optional<String> out,
        BridgePorts ports) {
    public static final String FORWARDING = "net.ipv4.ip_forward";
    /** The TTL of the packets that a namespace makes. */
    public static final String HOPS = "net.ipv4.ip_default_ttl";

    public static final String BRIDGED = "net.bridge.bridge-nf-call-iptables";
    /** Addresses that stand for whoever hears. */
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
     * One whose packets go where the routes say.
     *
     * @param routes of all tables; where those of the table local are missing, they are what the kernel makes of the addresses
     * @param rules of {@code ip rule}; the usual ones for a version of IP of which there are none
     */
    public Router(
            List<Link> links,
            List<Route> routes,
            List<RoutingRule> rules,
            Map<String, String> settings,
            BridgePorts ports) {
        this(links, new RoutingTables(links, routes, rules, settings), settings, Optional.empty(), ports);
    }

    /** The same for packets that leave by an interface, whatever the routes say. */
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

    /** The interface that has this address. */
    public Optional<Link> holder(IpAddress address) {
        return links.stream()
                .filter(link -> link.addresses().stream()
                        .anyMatch(
                                own -> own.isUsable() && own.address().address().equals(address)))
                .findFirst();
    }

    /** Whether the table local has this address as the namespace's own. */
    public boolean isLocal(IpAddress address) {
        return routing.policy(address).kind(address).filter("local"::equals).isPresent();
    }

    /** Whether it counts on one link only, so that nobody hands on a packet that has it. */
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

    /** That of an interface or of all, whichever is larger; the interface's where both are the same, and 0 where neither was read. */
    public Setting decides(String device, String key) {
        return decides(settings, device, key);
    }

    int setting(String device, String key) {
        return decides(device, key).value();
    }

    static Setting decides(Map<String, String> settings, String device, String key) {
        Setting own = setting(settings, "net.ipv4.conf." + device.replace('.', '/') + "." + key);
        Setting all = setting(settings, "net.ipv4.conf.all." + key);
        return all.value() > own.value() ? all : own;
    }

    /** One setting by its full name; 0 where it was not read. */
    Setting setting(String name) {
        return setting(settings, name);
    }

    private static Setting setting(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "0").strip();
        return new Setting(name, value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0);
    }

    /** The same addresses in runs of which all have the same route and are of the same kind; an own one is alone. */
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

    /** A network, and what comes after it. */
    private static void add(Set<BigInteger> starts, Cidr network) {
        BigInteger host = Addresses.hostBits(network.prefix(), network.address().isIpv6());
        BigInteger address = Addresses.number(network.address());
        starts.add(address.andNot(host));
        starts.add(address.or(host).add(BigInteger.ONE));
    }

    /** Where a packet goes that the namespace makes for this address. */
    public RouteLookup way(IpAddress destination) {
        return way(RouteQuery.to(destination));
    }

    /** Every way that such a packet may go; at least one. */
    public List<RouteLookup> ways(IpAddress destination) {
        return ways(RouteQuery.to(destination));
    }

    /** Where a packet as it is goes that comes in, or that the namespace makes. */
    public RouteLookup way(Packet packet) {
        return way(RouteQuery.of(packet));
    }

    /** The same with other rules of {@code ip rule}. */
    public Router ruledBy(List<RoutingRule> rules) {
        return new Router(links, routing.ruledBy(rules, links, settings), settings, out, ports);
    }

    /** The rules of {@code ip rule} for one version of IP, in their order. */
    public List<RoutingRule> rules(boolean ipv6) {
        return routing.rules(ipv6);
    }

    /** Where such a packet goes; without a route where it may go several ways. */
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
     * Every way that a packet may go which the namespace makes; at least one.
     *
     * @param from empty where the packet has no source yet, as a ping before it is sent
     */
    public List<RouteLookup> ways(IpAddress destination, Optional<IpAddress> from) {
        return ways(RouteQuery.to(destination).from(from));
    }

    /** Addresses of a network, one for each of its parts that the routes tell apart. */
    public Stream<IpAddress> examples(Cidr network) {
        boolean ipv6 = network.address().isIpv6();
        BigInteger host = Addresses.hostBits(network.prefix(), ipv6);
        BigInteger first = Addresses.number(network.address()).andNot(host);
        return alike(new NumberRange(first, first.or(host)), ipv6).stream().map(run -> Addresses.of(run.first(), ipv6));
    }

    /** Whether a packet for that address which comes in by an interface is for the namespace itself, by whichever table. */
    public boolean takes(IpAddress address, String in, IpAddress from) {
        RouteQuery query = RouteQuery.to(address).from(Optional.of(from)).by(PacketDevice.named(in));
        return ways(query).stream().allMatch(way -> way.kind() == RouteLookup.Kind.LOCAL);
    }

    /** Every way that such a packet may go; at least one. */
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
     * The address that the namespace uses on an interface towards a neighbour: of IPv4 one of the neighbour's network, else the first; of IPv6
     * what {@link SourceChoice} takes.
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

    /** The source of a packet that the namespace itself makes for that destination. */
    public Optional<IpAddress> sourceFor(IpAddress destination) {
        return sourceFor(destination, way(destination));
    }

    /** The same, where it goes that way. */
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

    /** Where the interface that a packet leaves by has none, the kernel takes the address of another one. */
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

    /** The setting that says whether packets for others are forwarded at all. */
    public static String forwarding(boolean ipv6) {
        return ipv6 ? FORWARDING_IPV6 : FORWARDING;
    }

    /** The setting by which a kernel answers no pings. */
    public static String ignoringEchoes(boolean ipv6) {
        return ipv6 ? "net.ipv6.icmp.echo_ignore_all" : "net.ipv4.icmp_echo_ignore_all";
    }

    /** The setting that has iptables, or ip6tables, see what bridges hand on. */
    public static String bridged(boolean ipv6) {
        return ipv6 ? BRIDGED_IPV6 : BRIDGED;
    }

    /**
     * The setting that says whether packets that come in there are forwarded. Of IPv6 that is one for the whole namespace; that of an
     * interface forbids nothing, and one of its own, which newer kernels have, allows it there all the same.
     */
    String forwardingOf(PacketDevice in, boolean ipv6) {
        if (ipv6) {
            return in.known()
                    .map(name -> "net.ipv6.conf." + name.replace('.', '/') + ".force_forwarding")
                    .filter(this::on)
                    .orElse(FORWARDING_IPV6);
        }
        String own = in.known()
                .map(name -> "net.ipv4.conf." + name.replace('.', '/') + ".forwarding")
                .orElse(FORWARDING);
        boolean bothOff = settings.containsKey(FORWARDING) && !on(FORWARDING) && !on(own);
        return settings.containsKey(own) && !bothOff ? own : FORWARDING;
    }

    /** Whether it forwards what of one version comes in by that interface. */
    public boolean forwards(String in, boolean ipv6) {
        return on(forwardingOf(PacketDevice.named(in), ipv6));
    }

    boolean on(String setting) {
        return !settings.getOrDefault(setting, "0").strip().equals("0");
    }
}
