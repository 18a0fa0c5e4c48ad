package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Expectations in few words, for tests. */
final class Wanted {
    private Wanted() {}

    static Scope scope(String text) {
        return Scope.parse(text);
    }

    static List<Scope> scopes(String... texts) {
        return Stream.of(texts).map(Scope::parse).toList();
    }

    static NetnsExists netns(String name) {
        return new NetnsExists(Optional.empty(), name, true);
    }

    static NetnsExists noNetns(String name) {
        return new NetnsExists(Optional.empty(), name, false);
    }

    static InterfaceWords link(String in, String name) {
        return new InterfaceWords(in, name);
    }

    static InterfaceState noLink(String in, String name) {
        return new InterfaceState(
                scope(in),
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static <T> ListMatch<T> contains(List<T> items) {
        return new ListMatch<>(items, false);
    }

    static <T> ListMatch<T> exactly(List<T> items) {
        return new ListMatch<>(items, true);
    }

    static List<Cidr> cidrs(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }

    static List<IpAddress> ips(String... texts) {
        return Stream.of(texts).map(IpAddress::parse).toList();
    }

    /** {@code "netns:red/eth0"}; without a name any interface. */
    static InterfaceRef end(String in, String... name) {
        return new InterfaceRef(scope(in), Stream.of(name).findFirst());
    }

    static VethPair pair(InterfaceRef one, InterfaceRef other) {
        return new VethPair(one, other, Optional.empty());
    }

    static PortRef port(String name) {
        return new PortRef(Optional.of(name), Optional.empty());
    }

    static PortRef peerOf(String in, String... name) {
        return new PortRef(Optional.empty(), Optional.of(end(in, name)));
    }

    /** {@code route("netns:red", "default via 10.9.0.1 dev eth0")}. */
    static RouteExists route(String in, String line) {
        return route(in, line, true);
    }

    static RouteExists noRoute(String in, String line) {
        return route(in, line, false);
    }

    private static RouteExists route(String in, String line, boolean exists) {
        List<String> words = List.of(line.split(" "));
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i + 1 < words.size(); i += 2) {
            options.put(words.get(i), words.get(i + 1));
        }
        return new RouteExists(
                scope(in),
                Cidr.parse(words.get(0)),
                exists,
                Optional.ofNullable(options.get("via")).map(IpAddress::parse),
                Optional.ofNullable(options.get("dev")),
                Optional.ofNullable(options.get("src")).map(IpAddress::parse));
    }

    static ContainerWords container(String name) {
        return new ContainerWords(name);
    }

    static ContainerState noContainer(String name) {
        return new ContainerState(
                Optional.empty(),
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Gathers what a container must be. */
    static final class ContainerWords {
        private final String name;
        private Optional<String> host = Optional.empty();
        private Optional<Boolean> running = Optional.empty();
        private Optional<String> image = Optional.empty();
        private Optional<String> mode = Optional.empty();
        private Optional<IpAddress> address = Optional.empty();
        private Optional<MacAddress> mac = Optional.empty();
        private final Map<String, NetworkPlace> networks = new LinkedHashMap<>();
        private Optional<TextMatch> logs = Optional.empty();
        private Optional<Integer> exit = Optional.empty();
        private List<String> links = List.of();

        private ContainerWords(String name) {
            this.name = name;
        }

        ContainerWords on(String value) {
            host = Optional.of(value);
            return this;
        }

        ContainerWords running(boolean value) {
            running = Optional.of(value);
            return this;
        }

        ContainerWords image(String value) {
            image = Optional.of(value);
            return this;
        }

        ContainerWords mode(String value) {
            mode = Optional.of(value);
            return this;
        }

        ContainerWords ip(String value) {
            address = Optional.of(IpAddress.parse(value));
            return this;
        }

        ContainerWords mac(String value) {
            mac = Optional.of(MacAddress.parse(value));
            return this;
        }

        ContainerWords on(String network, String ip, String... aliases) {
            networks.put(
                    network,
                    new NetworkPlace(
                            ip.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(ip)),
                            Optional.empty(),
                            List.of(aliases)));
            return this;
        }

        ContainerWords exit(int status) {
            exit = Optional.of(status);
            return this;
        }

        ContainerWords links(String... names) {
            links = List.of(names);
            return this;
        }

        ContainerWords logs(String part) {
            logs = Optional.of(new TextMatch(TextMatch.Kind.CONTAINS, part));
            return this;
        }

        ContainerState is() {
            return new ContainerState(
                    host, name, true, running, image, mode, address, mac, networks, logs, exit, links);
        }
    }

    /** Gathers what an interface must be. */
    static final class InterfaceWords {
        private final String in;
        private final String name;
        private Optional<String> kind = Optional.empty();
        private Optional<Boolean> up = Optional.empty();
        private Optional<ListMatch<Cidr>> addresses = Optional.empty();
        private Optional<MacAddress> mac = Optional.empty();
        private Optional<Integer> mtu = Optional.empty();
        private Optional<String> master = Optional.empty();
        private LayerMatch layer = LayerMatch.ANY;

        private InterfaceWords(String in, String name) {
            this.in = in;
            this.name = name;
        }

        InterfaceWords kind(String value) {
            kind = Optional.of(value);
            return this;
        }

        InterfaceWords up(boolean value) {
            up = Optional.of(value);
            return this;
        }

        InterfaceWords address(String... values) {
            addresses = Optional.of(contains(cidrs(values)));
            return this;
        }

        InterfaceWords onlyAddress(String... values) {
            addresses = Optional.of(exactly(cidrs(values)));
            return this;
        }

        InterfaceWords mac(String value) {
            mac = Optional.of(MacAddress.parse(value));
            return this;
        }

        InterfaceWords mtu(int value) {
            mtu = Optional.of(value);
            return this;
        }

        InterfaceWords master(String value) {
            master = Optional.of(value);
            return this;
        }

        InterfaceWords layer(LayerMatch value) {
            layer = value;
            return this;
        }

        InterfaceState is() {
            return new InterfaceState(scope(in), name, true, kind, up, addresses, mac, mtu, master, layer);
        }
    }
}
