package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
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
 * The namespace that the packet passes: its interfaces, addresses, routes and settings. It finds routes of both versions of IP; all
 * else is for IPv4.
 *
 * @param routes of the main table
 * @param otherTables whether rules of {@code ip rule} send packets of IPv4 to tables that the routes here do not tell of
 * @param out the interface by which packets for others leave, whatever the routes say; empty where the routes decide
 */
public record Router(
        List<Link> links,
        List<Route> routes,
        Map<String, String> settings,
        boolean otherTables,
        Optional<String> out,
        BridgePorts ports) {
    public static final String FORWARDING = "net.ipv4.ip_forward";
    public static final String BRIDGED = "net.bridge.bridge-nf-call-iptables";
    private static final Cidr LOOPBACK = Cidr.parse("127.0.0.0/8");
    private static final long FIRST_MULTICAST = 224L << 24;

    public Router {
        links = List.copyOf(links);
        routes = routes.stream().filter(route -> route.table().equals("main")).toList();
        settings = Map.copyOf(settings);
        Objects.requireNonNull(out);
        Objects.requireNonNull(ports);
    }

    /** Of whose bridges nothing more is known. */
    public Router(
            List<Link> links,
            List<Route> routes,
            Map<String, String> settings,
            boolean otherTables,
            Optional<String> out) {
        this(links, routes, settings, otherTables, out, BridgePorts.UNKNOWN);
    }

    /** The same for packets that leave by an interface, whatever the routes say. */
    public Router leavingBy(Optional<String> device) {
        return new Router(links, routes, settings, otherTables, device, ports);
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
                        .anyMatch(own -> own.address().address().equals(address)))
                .findFirst();
    }

    /** Whether the namespace takes packets for this address itself. */
    public boolean isLocal(IpAddress address) {
        return holder(address).isPresent() || LOOPBACK.contains(address);
    }

    boolean isBroadcast(IpAddress address) {
        return address.text().equals("255.255.255.255")
                || address.text().equals("0.0.0.0")
                || links.stream()
                        .flatMap(Router::addresses)
                        .anyMatch(own -> own.prefix() < 31
                                && own.contains(address)
                                && lastOf(own).equals(address));
    }

    private static IpAddress lastOf(Cidr cidr) {
        return Addresses.of(Addresses.number(cidr.address()) | Addresses.hostBits(cidr.prefix()));
    }

    /** The same addresses in runs of which all have the same route and are of the same kind; an own one is alone. */
    List<NumberRange> alike(NumberRange addresses) {
        TreeSet<Long> starts = new TreeSet<>(List.of(
                addresses.first(),
                Addresses.number(LOOPBACK.address()),
                Addresses.number(LOOPBACK.address()) + (1L << 24),
                FIRST_MULTICAST,
                FIRST_MULTICAST + (1L << 28)));
        for (Link link : links) {
            addresses(link).forEach(own -> {
                add(starts, Addresses.number(own.address()), 0);
                add(starts, Addresses.number(own.address()), Addresses.hostBits(own.prefix()));
                add(starts, Addresses.number(lastOf(own)), 0);
            });
        }
        routes.stream()
                .filter(route -> !route.ipv6())
                .map(Route::destination)
                .forEach(network ->
                        add(starts, Addresses.number(network.address()), Addresses.hostBits(network.prefix())));
        List<Long> inside = List.copyOf(starts.subSet(addresses.first(), true, addresses.last(), true));
        List<NumberRange> runs = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            runs.add(new NumberRange(inside.get(i), i + 1 < inside.size() ? inside.get(i + 1) - 1 : addresses.last()));
        }
        return runs;
    }

    /** The network around an address, and what comes after it. */
    private static void add(Set<Long> starts, long address, long hostBits) {
        starts.add(address & ~hostBits);
        starts.add((address | hostBits) + 1);
    }

    /** Where a packet to this address goes; the route with the longest prefix, of these the one with the lowest metric. */
    public RouteLookup way(IpAddress destination) {
        if (isLocal(destination) || isBroadcast(destination)) {
            return RouteLookup.withoutRoute(
                    RouteLookup.Kind.LOCAL, PacketDevice.named("lo"), say("route.own-address", "address", destination));
        }
        if (out.isPresent()) {
            return RouteLookup.withoutRoute(
                    RouteLookup.Kind.ON, PacketDevice.named(out.get()), say("route.device", "interface", out.get()));
        }
        if (otherTables && !destination.isIpv6()) {
            return RouteLookup.withoutRoute(
                    RouteLookup.Kind.UNKNOWN, PacketDevice.UNKNOWN, say("route.other-tables", "address", destination));
        }
        Comparator<Route> best = Comparator.comparingInt(
                        (Route route) -> -route.destination().prefix())
                .thenComparingInt(Route::metric);
        List<Route> covering = routes.stream()
                .filter(route -> route.destination().contains(destination))
                .sorted(best)
                .toList();
        if (covering.isEmpty()) {
            return RouteLookup.withoutRoute(
                    RouteLookup.Kind.NONE, PacketDevice.NONE, say("route.none-covers", "address", destination));
        }
        Route first = covering.get(0);
        return switch (first.type()) {
            case "unicast" ->
                oneOf(
                        covering.stream()
                                .filter(route -> best.compare(route, first) == 0)
                                .toList(),
                        destination);
            case "blackhole" -> RouteLookup.by(first, RouteLookup.Kind.BLACKHOLE, PacketDevice.NONE);
            case "unreachable", "prohibit" -> RouteLookup.by(first, RouteLookup.Kind.REFUSED, PacketDevice.NONE);
            default ->
                RouteLookup.withoutRoute(
                        RouteLookup.Kind.UNKNOWN,
                        PacketDevice.UNKNOWN,
                        say("route.effect-unknown", "route", first.shown()));
        };
    }

    /** @param equal the routes of which the kernel may take any; at least one */
    private static RouteLookup oneOf(List<Route> equal, IpAddress destination) {
        Route first = equal.get(0);
        boolean oneDevice = equal.stream().allMatch(route -> route.device().equals(first.device()));
        boolean oneHop =
                oneDevice && equal.stream().allMatch(route -> route.via().equals(first.via()));
        PacketDevice out = first.device()
                .filter(name -> oneDevice)
                .map(PacketDevice::named)
                .orElse(PacketDevice.UNKNOWN);
        return oneHop
                ? RouteLookup.by(first, RouteLookup.Kind.ON, out)
                : RouteLookup.withoutRoute(
                        RouteLookup.Kind.ON, out, say("route.several-equal", "address", destination));
    }

    /** The address that the namespace uses on an interface towards a neighbour: one of the neighbour's network, else the first. */
    public Optional<IpAddress> ownAddress(String device, IpAddress neighbour) {
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
        if (isLocal(destination)) {
            return Optional.of(destination);
        }
        RouteLookup way = way(destination);
        return way.route()
                .flatMap(Route::source)
                .or(() -> way.out()
                        .known()
                        .flatMap(name -> ownAddress(name, way.via().orElse(destination))))
                .or(() -> way.kind() == RouteLookup.Kind.ON ? anotherAddress() : Optional.empty());
    }

    /** Where the interface that a packet leaves by has none, the kernel takes the address of another one. */
    private Optional<IpAddress> anotherAddress() {
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
        return link.addresses().stream().map(InterfaceAddress::address).filter(address -> !address.address()
                .isIpv6());
    }

    /** The setting that says whether packets that come in there are forwarded. */
    String forwardingOf(PacketDevice in) {
        String own = in.known()
                .map(name -> "net.ipv4.conf." + name.replace('.', '/') + ".forwarding")
                .orElse(FORWARDING);
        boolean bothOff = settings.containsKey(FORWARDING) && !on(FORWARDING) && !on(own);
        return settings.containsKey(own) && !bothOff ? own : FORWARDING;
    }

    boolean on(String setting) {
        return !settings.getOrDefault(setting, "0").strip().equals("0");
    }
}
