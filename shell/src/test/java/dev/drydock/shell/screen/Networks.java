package dev.drydock.shell.screen;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Facts of one lab host told in a few words; every interface is up and carries until said otherwise. */
final class Networks {
    private static final Evidence SWEEP = new Evidence("sweep", "");

    private final String name;
    private final Map<Scope, Place> places = new LinkedHashMap<>();
    private final List<Container> containers = new ArrayList<>();
    private final List<DockerNetwork> networks = new ArrayList<>();

    /** One namespace. */
    static final class Place {
        final long inode;
        final List<Scope> names = new ArrayList<>();
        final List<Link> links = new ArrayList<>();
        final List<Route> routes = new ArrayList<>();
        final List<Chain> chains = new ArrayList<>();
        final Map<Integer, Long> ids = new HashMap<>();
        boolean unread;

        Place(long inode) {
            this.inode = inode;
        }
    }

    Networks(String name) {
        this.name = name;
        at("host");
    }

    Place at(String scope) {
        Scope wanted = Scope.parse(scope);
        return places.computeIfAbsent(wanted, none -> {
            Place place = new Place(4026532000L + places.size());
            if (wanted.kind() != Scope.Kind.PID || wanted.name().equals("608")) {
                place.names.add(wanted);
            }
            add(place, "lo", "", true, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Layer.NONE);
            return place;
        });
    }

    private Link add(
            Place place,
            String link,
            String kind,
            boolean up,
            Optional<String> master,
            OptionalInt peer,
            OptionalInt peerNamespace,
            Layer layer,
            String... addresses) {
        int index = place.links.size() + 1;
        Link made = new Link(
                index,
                link,
                kind,
                up,
                up ? "UP" : "DOWN",
                up,
                true,
                false,
                link.equals("lo")
                        ? Optional.empty()
                        : Optional.of(MacAddress.parse(
                                "02:42:%02x:%02x:00:%02x".formatted(name.length(), place.inode % 256, index))),
                1500,
                master,
                peer,
                peerNamespace,
                layer,
                List.of(addresses).stream()
                        .map(address -> new InterfaceAddress(Cidr.parse(address), "global", false))
                        .toList());
        place.links.add(made);
        return made;
    }

    /** The lab host's cable to the backbone. */
    Networks uplink(String address) {
        Place host = at("host");
        add(host, "eth0", "veth", true, Optional.empty(), OptionalInt.of(90), OptionalInt.of(0), Layer.NONE, address);
        return route("host", "10.0.2.2", "eth0");
    }

    Networks bridge(String bridge, String address, String network) {
        add(
                at("host"),
                bridge,
                "bridge",
                true,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Layer.NONE,
                address);
        if (!network.isEmpty()) {
            networks.add(new DockerNetwork(
                    "id-" + network,
                    network,
                    "bridge",
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.of(bridge),
                    List.of(),
                    Map.of(),
                    false));
        }
        return this;
    }

    /** A veth pair. @param master the bridge of its first end, or empty @param addresses of its second end */
    Networks cable(String one, String oneName, String master, String other, String otherName, String... addresses) {
        return cable(one, oneName, true, master, other, otherName, true, addresses);
    }

    Networks cable(
            String one,
            String oneName,
            boolean oneUp,
            String master,
            String other,
            String otherName,
            boolean otherUp,
            String... addresses) {
        Place near = at(one);
        Place far = at(other);
        boolean same = near == far;
        int farIndex = far.links.size() + (same ? 2 : 1);
        int nearIndex = near.links.size() + 1;
        near.ids.put((int) (far.inode % 1000), far.inode);
        far.ids.put((int) (near.inode % 1000), near.inode);
        OptionalInt toFar = same ? OptionalInt.empty() : OptionalInt.of((int) (far.inode % 1000));
        OptionalInt toNear = same ? OptionalInt.empty() : OptionalInt.of((int) (near.inode % 1000));
        Optional<String> bridge = Optional.of(master).filter(text -> !text.isEmpty());
        add(near, oneName, "veth", oneUp, bridge, OptionalInt.of(farIndex), toFar, Layer.NONE);
        add(
                far,
                otherName,
                "veth",
                otherUp,
                Optional.empty(),
                OptionalInt.of(nearIndex),
                toNear,
                Layer.NONE,
                addresses);
        return this;
    }

    /** One end of a pair whose other end nobody finds. */
    Networks loose(String link, String master) {
        add(at("host"), link, "veth", true, Optional.of(master), OptionalInt.of(77), OptionalInt.of(9), Layer.NONE);
        return this;
    }

    Networks macvlan(String scope, String link, String address) {
        Place host = at("host");
        Place place = at(scope);
        int index = host.links.stream()
                .filter(one -> one.name().equals("eth0"))
                .findFirst()
                .orElseThrow()
                .index();
        place.ids.put(0, host.inode);
        Layer layer = new Layer(
                Optional.empty(), OptionalInt.of(index), OptionalInt.of(0), Optional.of("bridge"), Optional.empty());
        add(place, link, "macvlan", true, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), layer, address);
        return this;
    }

    Networks vxlan(String link, int id, String remote, String master) {
        Vxlan vxlan = new Vxlan(
                id,
                Optional.of(IpAddress.parse(remote)),
                Optional.empty(),
                Optional.empty(),
                Optional.of("eth0"),
                4789,
                true,
                0);
        Layer layer = new Layer(
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(vxlan));
        add(at("host"), link, "vxlan", true, Optional.of(master), OptionalInt.empty(), OptionalInt.empty(), layer);
        return this;
    }

    Networks route(String scope, String gateway, String device) {
        at(scope)
                .routes
                .add(new Route(
                        false,
                        "unicast",
                        Cidr.DEFAULT_IPV4,
                        Optional.of(IpAddress.parse(gateway)),
                        Optional.of(device),
                        Optional.empty(),
                        0,
                        "main"));
        return this;
    }

    Networks nat(String rule) {
        at("host").chains.add(new Chain("nft", false, "nat", "POSTROUTING", Optional.of("ACCEPT"), List.of(rule)));
        return this;
    }

    Networks unread(String scope) {
        at(scope).unread = true;
        return this;
    }

    /** A container. @param in the namespace it runs in; empty where it does not run @param ports of the lab host, published as 80 */
    Networks container(String container, String in, int... ports) {
        List<PortMapping> published = new ArrayList<>();
        for (int port : ports) {
            published.add(new PortMapping("0.0.0.0", port, "tcp", 80));
            published.add(new PortMapping("::", port, "tcp", 80));
        }
        boolean running = !in.isEmpty();
        containers.add(new Container(
                "id-" + container,
                container,
                "busybox",
                running ? "running" : "exited",
                running,
                0,
                running ? 100 : 0,
                "bridge",
                Map.of(),
                new Container.Ports(published, List.of()),
                Map.of(),
                "",
                new Reading.Unknown<>(Message.verbatim("not read"), SWEEP)));
        if (running) {
            Place place = at(in);
            Scope scope = Scope.container(container);
            if (!place.names.contains(scope)) {
                place.names.add(scope);
            }
        }
        return this;
    }

    /** A container on docker0 with the next address: {@code plugged(1)} is web1 at 172.17.0.2. */
    Networks plugged(int number, int... ports) {
        String container = "web" + number;
        return cable(
                        "host",
                        "veth%07x".formatted(0xabc0000 + number * 37),
                        "docker0",
                        "container:" + container,
                        "eth0",
                        "172.17.0." + (number + 1) + "/16")
                .route("container:" + container, "172.17.0.1", "eth0")
                .container(container, "container:" + container, ports);
    }

    HostFacts build() {
        List<Namespace> namespaces = new ArrayList<>();
        for (Place place : places.values()) {
            namespaces.add(new Namespace(
                    place.inode,
                    new java.util.LinkedHashSet<>(place.names),
                    place.unread
                            ? new Reading.Unknown<>(Message.verbatim("nsenter: Permission denied"), SWEEP)
                            : new Reading.Known<>(place.links, SWEEP),
                    known(place.routes),
                    known(RoutingRule.USUAL),
                    known(List.of()),
                    known(place.links.stream()
                            .filter(link -> link.master().isPresent())
                            .map(link -> new BridgePort(
                                    link.name(), link.master().get(), link.up() ? "forwarding" : "disabled", Map.of()))
                            .toList()),
                    known(place.chains),
                    new Reading.Known<>(Map.of("net.ipv4.ip_forward", "1"), SWEEP),
                    known(List.of()),
                    new Reading.Known<>(place.ids, SWEEP)));
        }
        return new HostFacts(
                name, known(namespaces), known(containers), known(networks), Map.of(), known(List.of()), Map.of());
    }

    private static <T> Reading<List<T>> known(List<T> value) {
        return new Reading.Known<>(value, SWEEP);
    }

    static Facts facts(Networks... hosts) {
        TreeMap<String, HostFacts> all = new TreeMap<>();
        for (Networks host : hosts) {
            all.put(host.name, host.build());
        }
        return new Facts(hosts[0].name, all);
    }
}
