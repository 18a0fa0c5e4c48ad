package dev.drydock.verify.expect;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.probe.TcpOutcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks along the way from a namespace to an address for the first link that the facts show to be broken. Where they show none it
 * keeps silent: nothing beyond this lab host is looked at.
 */
record BrokenLink(Facts facts, Scope from) {
    static final String FORWARDING = "net.ipv4.ip_forward";
    private static final int MOST_HOPS = 6;

    /** What must be read, beyond the sweep, to tell a rule that stops packets: at the source and on its lab host. */
    static Set<ActiveProbe> probes(Scope from) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        probes.add(Witness.probe(from));
        probes.add(Witness.probe(new Scope(from.host(), Scope.Kind.HOST, "")));
        return probes;
    }

    /** Why a ping got that answer. */
    Optional<String> why(PingOutcome outcome, String to) {
        return outcome.kind() == PingOutcome.Kind.REJECTED && outcome.line().contains("Host Unreachable")
                ? why(outcome.kind(), to).or(() -> IpAddress.tryParse(to)
                        .flatMap(address -> rules(address, Optional.empty()).nobodyThere()))
                : why(outcome.kind(), to);
    }

    /** Why a ping got an answer of that kind. */
    Optional<String> why(PingOutcome.Kind symptom, String to) {
        return switch (symptom) {
            case REPLIED, COULD_NOT_RUN -> Optional.empty();
            case REJECTED ->
                IpAddress.tryParse(to)
                        .flatMap(address -> rules(address, Optional.empty()).rejects());
            case UNKNOWN_NAME -> new NameClues(facts, from, to).unresolved();
            case NO_ROUTE -> IpAddress.tryParse(to).flatMap(this::noRoute);
            case NO_NEIGHBOUR -> IpAddress.tryParse(to).flatMap(address -> brokenWay(address, Optional::empty));
            case DROPPED -> IpAddress.tryParse(to).flatMap(address -> silence(address, Optional.empty()));
        };
    }

    /** Why somebody was reached who should not be: the source may be in the very subnet. */
    Optional<String> whyReached(String to) {
        return IpAddress.tryParse(to).flatMap(address -> source().flatMap(namespace -> {
            Optional<Route> route =
                    route(namespace, address).filter(way -> way.via().isEmpty());
            return route.flatMap(Route::device)
                    .flatMap(device -> Clues.links(namespace)
                            .filter(link -> link.name().equals(device))
                            .findFirst())
                    .flatMap(link -> addresses(link, address.isIpv6()).stream()
                            .filter(own ->
                                    own.contains(address) && !own.address().equals(address))
                            .findFirst()
                            .map(own ->
                                    Words.place(from) + " is in that subnet itself: " + link.name() + " has " + own));
        }));
    }

    /** Why a connection came to that end. */
    Optional<String> why(TcpOutcome.Kind symptom, String host, int port) {
        return switch (symptom) {
            case CONNECTED, COULD_NOT_RUN -> Optional.empty();
            case UNKNOWN_NAME -> new NameClues(facts, from, host).unresolved();
            case REFUSED ->
                address(host).flatMap(address -> rules(address, Optional.of(port))
                        .rejects()
                        .or(() -> behindPublished(address, port))
                        .or(() -> noListener(address, port)));
            case NO_ROUTE -> IpAddress.tryParse(host).flatMap(this::noRoute);
            case TIMEOUT -> IpAddress.tryParse(host).flatMap(address -> silence(address, Optional.of(port)));
            case UNREACHABLE ->
                IpAddress.tryParse(host)
                        .flatMap(address -> brokenWay(
                                address, () -> rules(address, Optional.of(port)).rejects()));
        };
    }

    /** Why a connection that was made ended at once: Docker's proxy takes it before it knows whether anybody is behind it. */
    Optional<String> whyEndedAtOnce(String host, int port) {
        return address(host).flatMap(address -> behindPublished(address, port));
    }

    private static Optional<IpAddress> address(String host) {
        return IpAddress.tryParse(host.equals("localhost") ? "127.0.0.1" : host);
    }

    /** Nobody at the container's end of a published port of the lab host. */
    private Optional<String> behindPublished(IpAddress address, int port) {
        Scope host = new Scope(from.host(), Scope.Kind.HOST, "");
        Optional<Long> own = Sites.find(facts, host).map(Namespace::inode);
        boolean local = address.toString().startsWith("127.");
        boolean atHost = local
                ? source().map(Namespace::inode).equals(own)
                : holders(address)
                        .anyMatch(holder ->
                                Optional.of(holder.namespace().inode()).equals(own));
        if (!atHost) {
            return Optional.empty();
        }
        return Sites.host(facts, from.host())
                .map(HostFacts::containers)
                .flatMap(Readings::known)
                .orElse(List.of())
                .stream()
                .filter(Container::running)
                .flatMap(container -> container.ports().published().stream()
                        .filter(mapping ->
                                mapping.outside() == port && mapping.protocol().equals("tcp"))
                        .flatMap(mapping -> noListenerBehind(container, mapping).stream()))
                .findFirst();
    }

    private Optional<String> noListenerBehind(Container container, PortMapping mapping) {
        Scope place = new Scope(from.host(), Scope.Kind.CONTAINER, container.name());
        return Sites.find(facts, place)
                .flatMap(namespace -> Readings.known(namespace.sockets()))
                .flatMap(all -> {
                    List<String> bound = all.stream()
                            .filter(socket -> socket.protocol().equals("tcp") && socket.port() == mapping.inside())
                            .map(Socket::address)
                            .toList();
                    String leads = "port " + mapping.outside() + "/tcp leads to port " + mapping.inside() + " of "
                            + container.name() + ", where ";
                    if (bound.isEmpty()) {
                        return Optional.of(leads + "nothing listens");
                    }
                    return bound.stream().allMatch(one -> one.startsWith("127.") || one.equals("::1"))
                            ? Optional.of(leads + "the listener is bound to " + bound.get(0) + " alone")
                            : Optional.empty();
                });
    }

    private RulesOnTheWay rules(IpAddress to, Optional<Integer> port) {
        return new RulesOnTheWay(facts, from, along(to), to, port);
    }

    /** The namespaces that a packet passes as far as the cables, addresses and routes show. */
    private List<Namespace> along(IpAddress to) {
        Map<Long, Namespace> along = new LinkedHashMap<>();
        Optional<Namespace> here = source();
        here.ifPresent(namespace -> along.put(namespace.inode(), namespace));
        for (int hops = 0; here.isPresent() && hops < MOST_HOPS; hops++) {
            Namespace at = here.get();
            Optional<Route> route = route(at, to);
            route.flatMap(Route::device)
                    .flatMap(name -> linkIn(at, name))
                    .flatMap(this::peer)
                    .map(LinkPlace::namespace)
                    .ifPresent(other -> along.putIfAbsent(other.inode(), other));
            List<Namespace> next = route.map(way -> way.via().orElse(to)).stream()
                    .flatMap(this::holders)
                    .map(LinkPlace::namespace)
                    .toList();
            here = next.size() == 1 && next.get(0).inode() != at.inode() ? Optional.of(next.get(0)) : Optional.empty();
            here.ifPresent(namespace -> along.putIfAbsent(namespace.inode(), namespace));
        }
        return List.copyOf(along.values());
    }

    private Optional<String> noListener(IpAddress address, int port) {
        Optional<Namespace> owner =
                address.toString().startsWith("127.") || address.toString().equals("::1")
                        ? source()
                        : holders(address).map(LinkPlace::namespace).findFirst();
        return owner.flatMap(namespace -> Readings.known(namespace.sockets()).flatMap(all -> {
            List<Socket> there = all.stream()
                    .filter(socket -> socket.protocol().equals("tcp") && socket.port() == port)
                    .toList();
            String place = Clues.inNamespace(namespace);
            if (there.isEmpty()) {
                return Optional.of("nothing listens on " + port + "/tcp " + place);
            }
            boolean onlyOthers = there.stream()
                    .noneMatch(socket -> socket.address().equals(address.toString())
                            || List.of("0.0.0.0", "::", "*").contains(socket.address()));
            return onlyOthers
                    ? Optional.of("the listener on " + port + "/tcp " + place + " is bound to "
                            + there.get(0).address() + ", not to " + address)
                    : Optional.empty();
        }));
    }

    private Optional<String> noRoute(IpAddress to) {
        Optional<List<Link>> links = source().flatMap(namespace -> Readings.known(namespace.links()));
        if (links.isEmpty()) {
            return Optional.empty();
        }
        List<Link> wires =
                links.get().stream().filter(link -> !link.name().equals("lo")).toList();
        if (wires.isEmpty()) {
            return Clues.networkMode(facts, from).or(() -> Optional.of(Words.place(from) + " has no interface but lo"));
        }
        if (wires.size() == 1) {
            Link wire = wires.get(0);
            String name = Words.within(from, wire.name());
            if (!wire.up()) {
                return Optional.of(name + " is down");
            }
            List<Cidr> addresses = addresses(wire, to.isIpv6());
            if (addresses.isEmpty()) {
                return Optional.of(name + " has no address");
            }
            if (addresses.get(0).prefix() == (to.isIpv6() ? 128 : 32)) {
                return Optional.of(name + " has " + addresses.get(0) + ", one address alone, which brings no route");
            }
            return Optional.of("no route covers " + to + ": " + name + " has " + Words.list(addresses, "")
                    + " and there is no default route");
        }
        return Optional.of("no route of " + Words.place(from) + " covers " + to);
    }

    private Optional<String> silence(IpAddress to, Optional<Integer> port) {
        return brokenWay(to, () -> rules(to, port).stops())
                .or(() -> rules(to, port).untranslated())
                .or(() -> rules(to, port).wrongSource());
    }

    /** Whether each link of the way is there: own end, other end, bridge, the neighbour's end, and the way back. */
    private Optional<String> brokenWay(IpAddress to, Supplier<Optional<String>> rules) {
        Optional<Namespace> source = source();
        if (source.isEmpty()
                || holders(to)
                        .anyMatch(h -> h.namespace().inode() == source.get().inode())) {
            return Optional.empty();
        }
        Optional<Route> route = route(source.get(), to);
        Optional<Link> wire = route.flatMap(Route::device).flatMap(name -> Clues.links(source.get())
                .filter(link -> link.name().equals(name))
                .findFirst());
        if (wire.isEmpty()) {
            return Optional.empty();
        }
        IpAddress next = route.flatMap(Route::via).orElse(to);
        LinkPlace own = new LinkPlace(source.get(), wire.get());
        return cable(own, next)
                .or(() -> sharedCard(own, next))
                .or(() -> switchIs(own, next))
                .or(() -> next.equals(to) ? Optional.empty() : notForwarded(next, to))
                .or(rules)
                .or(() -> wayBack(source.get(), to));
    }

    /** A veth whose other end is down, or plugged into nothing although it has no address itself. */
    private Optional<String> cable(LinkPlace end, IpAddress next) {
        if (!end.link().up()) {
            return Optional.of(Clues.name(end) + " is down");
        }
        Optional<LinkPlace> other = peer(end);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        Link link = other.get().link();
        String words = Clues.name(other.get()) + ", the other end of " + Clues.name(end) + ",";
        if (!link.up()) {
            return Optional.of(words + " is down");
        }
        boolean alone =
                link.master().isEmpty() && addresses(link, next.isIpv6()).isEmpty();
        return alone ? Optional.of(words + " is a port of no bridge and has no address") : Optional.empty();
    }

    private Optional<String> sharedCard(LinkPlace own, IpAddress next) {
        List<LinkPlace> holders = holders(next).toList();
        Optional<LinkPlace> holder = holders.size() == 1 ? Optional.of(holders.get(0)) : Optional.empty();
        return Sites.host(facts, from.host()).flatMap(host -> new SharedCard(host).why(own, holder));
    }

    /** What lies between this end and the interface with the next address: a bridge, and that interface's own cable. */
    private Optional<String> switchIs(LinkPlace end, IpAddress next) {
        Optional<LinkPlace> plug = end.link().kind().equals("bridge") ? Optional.of(end) : peer(end);
        if (plug.isEmpty()) {
            return Optional.empty();
        }
        Optional<LinkPlace> bridge = end.link().kind().equals("bridge")
                ? Optional.of(end)
                : plug.get().link().master().flatMap(name -> linkIn(plug.get().namespace(), name));
        if (bridge.isPresent() && !bridge.get().link().up()) {
            return Optional.of(Clues.name(bridge.get()) + " is down");
        }
        List<LinkPlace> holders = holders(next).toList();
        if (holders.isEmpty()) {
            return everythingRead()
                    ? Optional.of("no interface of this lab has the address " + next)
                    : Optional.empty();
        }
        if (holders.size() > 1 || bridge.isEmpty()) {
            return Optional.empty();
        }
        LinkPlace holder = holders.get(0);
        if (!holder.link().up()) {
            return Optional.of(Clues.name(holder) + ", which has " + next + ", is down");
        }
        if (same(holder, bridge.get())) {
            return Optional.empty();
        }
        Optional<LinkPlace> far = peer(holder);
        if (far.isEmpty()) {
            return Optional.empty();
        }
        String words = Clues.name(far.get()) + ", the other end of " + Clues.name(holder) + ",";
        if (!far.get().link().up()) {
            return Optional.of(words + " is down");
        }
        boolean plugged =
                far.get().link().master().equals(Optional.of(bridge.get().link().name()))
                        && far.get().namespace().inode()
                                == bridge.get().namespace().inode();
        return plugged || same(far.get(), bridge.get())
                ? Optional.empty()
                : Optional.of(
                        words + " is a port of " + far.get().link().master().orElse("no bridge") + ", not of "
                                + bridge.get().link().name());
    }

    /** Behind the gateway: whether it forwards. */
    private Optional<String> notForwarded(IpAddress gateway, IpAddress to) {
        List<Namespace> gateways = holders(gateway).map(LinkPlace::namespace).toList();
        boolean local = gateways.size() == 1
                && holders(to)
                        .anyMatch(h -> h.namespace().inode() == gateways.get(0).inode());
        if (gateways.size() == 1 && !local && !to.isIpv6()) {
            boolean off = Readings.known(gateways.get(0).sysctls())
                    .map(all -> "0".equals(all.get(FORWARDING)))
                    .orElse(false);
            if (off) {
                return Optional.of("packets for " + to + " would have to be forwarded "
                        + Clues.inNamespace(gateways.get(0)) + ", where " + FORWARDING + " is 0");
            }
        }
        return Optional.empty();
    }

    /** The target's own route to the source. */
    private Optional<String> wayBack(Namespace source, IpAddress to) {
        List<LinkPlace> holders = holders(to).toList();
        List<IpAddress> sources = Clues.links(source)
                .filter(link -> !link.name().equals("lo"))
                .flatMap(link -> addresses(link, to.isIpv6()).stream())
                .map(Cidr::address)
                .toList();
        if (holders.size() != 1
                || sources.size() != 1
                || Readings.known(holders.get(0).namespace().routes()).isEmpty()) {
            return Optional.empty();
        }
        Namespace target = holders.get(0).namespace();
        String place = Clues.inNamespace(target);
        return route(target, sources.get(0)).isPresent()
                ? Optional.empty()
                : Optional.of("no answer finds its way: there is no route back to " + sources.get(0) + " " + place);
    }

    private Optional<Namespace> source() {
        return Sites.find(facts, from);
    }

    private static Optional<Route> route(Namespace namespace, IpAddress to) {
        return Readings.known(namespace.routes()).stream()
                .flatMap(List::stream)
                .filter(route -> route.table().equals("main") && route.type().equals("unicast"))
                .filter(route -> route.destination().contains(to))
                .min(Comparator.comparingInt(
                                (Route route) -> -route.destination().prefix())
                        .thenComparingInt(Route::metric));
    }

    private Stream<LinkPlace> holders(IpAddress address) {
        return namespaces().stream().flatMap(namespace -> Clues.links(namespace)
                .filter(link -> link.addresses().stream()
                        .anyMatch(a -> a.address().address().equals(address)))
                .map(link -> new LinkPlace(namespace, link)));
    }

    private List<Namespace> namespaces() {
        return Sites.host(facts, from.host())
                .map(HostFacts::namespaces)
                .flatMap(Readings::known)
                .orElse(List.of());
    }

    private boolean everythingRead() {
        return facts.hosts().size() == 1
                && namespaces().stream()
                        .allMatch(namespace -> Readings.known(namespace.links()).isPresent());
    }

    private Optional<LinkPlace> peer(LinkPlace end) {
        return facts.host(from)
                .then(host -> host.peer(end.namespace(), end.link()))
                .fold(found -> Optional.of(found.value()), absent -> Optional.empty(), unknown -> Optional.empty());
    }

    private static Optional<LinkPlace> linkIn(Namespace namespace, String name) {
        return Clues.links(namespace)
                .filter(link -> link.name().equals(name))
                .map(link -> new LinkPlace(namespace, link))
                .findFirst();
    }

    private static boolean same(LinkPlace one, LinkPlace other) {
        return one.namespace().inode() == other.namespace().inode()
                && one.link().index() == other.link().index();
    }

    private static List<Cidr> addresses(Link link, boolean ipv6) {
        return link.addresses().stream()
                .filter(address -> address.scope().equals("global"))
                .map(InterfaceAddress::address)
                .filter(address -> address.address().isIpv6() == ipv6)
                .toList();
    }
}
