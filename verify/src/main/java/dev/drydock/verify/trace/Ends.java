package dev.drydock.verify.trace;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ends of a trace as they are typed: {@code host}, the name of a lab host, a container or a namespace, {@code beta/web}, a scope
 * such as {@code netns:red} or {@code pid:42}, or an address.
 */
public final class Ends {
    private static final Pattern PORT = Pattern.compile("(.+):(\\d{1,5})");
    private static final int LAST_PORT = 65535;

    private final Facts facts;

    public Ends(Facts facts) {
        this.facts = facts;
    }

    /** A namespace on a lab host. */
    public record Place(String host, Namespace namespace) {}

    /** @param name without the port */
    public record Target(String name, OptionalInt port) {
        /** @throws IllegalArgumentException with a sentence when the port is none */
        public static Target parse(String typed) {
            Matcher port = PORT.matcher(typed);
            boolean process = typed.matches("(?:[^/]+/)?pid:\\d+");
            if (process || !port.matches()) {
                return new Target(typed, OptionalInt.empty());
            }
            int number = Integer.parseInt(port.group(2));
            if (number < 1 || number > LAST_PORT) {
                throw new IllegalArgumentException("'" + port.group(2) + "' is no port; ports go from 1 to 65535");
            }
            return new Target(port.group(1), OptionalInt.of(number));
        }
    }

    /** Every namespace of every lab host. */
    public List<Place> all() {
        return facts.hosts().values().stream()
                .flatMap(host -> Wires.namespaces(host).stream().map(namespace -> new Place(host.name(), namespace)))
                .toList();
    }

    /** The namespaces that a name can mean: none, one, or several where it is ambiguous. */
    public List<Place> places(String name) {
        List<Place> exact = scoped(name);
        if (!exact.isEmpty()) {
            return exact;
        }
        Optional<IpAddress> address = IpAddress.tryParse(name);
        List<Place> places = new ArrayList<>();
        int slash = name.indexOf('/');
        for (HostFacts host : facts.hosts().values()) {
            if (slash > 0 && !name.substring(0, slash).equals(host.name())) {
                continue;
            }
            String rest = name.substring(slash + 1);
            for (Namespace namespace : Wires.namespaces(host)) {
                boolean named = namespace.names().stream()
                        .anyMatch(scope -> scope.kind() == Scope.Kind.HOST
                                ? slash < 0 && name.equals(host.name())
                                : scope.kind() != Scope.Kind.PID && scope.name().equals(rest));
                boolean held = address.filter(wanted ->
                                Wires.has(namespace, wanted) && !wanted.text().startsWith("127."))
                        .isPresent();
                if (named || held) {
                    places.add(new Place(host.name(), namespace));
                }
            }
        }
        return places;
    }

    private List<Place> scoped(String name) {
        Scope scope;
        try {
            scope = Scope.parse(name);
        } catch (IllegalArgumentException notAScope) {
            return List.of();
        }
        String host = scope.host().orElse(facts.defaultHost());
        return facts.namespace(scope)
                .fold(found -> List.of(new Place(host, found.value())), absent -> List.of(), unknown -> List.of());
    }

    /** How a place is best named to this lab's Docker and people. */
    public Scope scope(Place place) {
        Scope scope = place.namespace().names().isEmpty()
                ? Scope.LAB_HOST
                : place.namespace().names().iterator().next();
        return place.host().equals(facts.defaultHost())
                ? scope
                : new Scope(Optional.of(place.host()), scope.kind(), scope.name());
    }

    /**
     * The IPv4 address by which one place would best reach another: one that nobody else has, in a network that both are in, else the
     * first that is not loopback; its own loopback address for itself.
     */
    public Optional<IpAddress> address(Place from, Place to) {
        if (from.host().equals(to.host())
                && from.namespace().inode() == to.namespace().inode()) {
            return Optional.of(IpAddress.parse("127.0.0.1"));
        }
        List<IpAddress> held = Wires.links(to.namespace()).stream()
                .filter(link -> !link.name().equals("lo"))
                .map(Link::addresses)
                .flatMap(List::stream)
                .map(address -> address.address().address())
                .filter(address -> !address.isIpv6())
                .toList();
        List<Route> direct = from.namespace().routes().fold(Reading.Known::value, unknown -> List.<Route>of()).stream()
                .filter(route -> !route.destination().isDefault() && route.via().isEmpty())
                .toList();
        // every lab host has a docker0 of the same address
        List<IpAddress> own = held.stream()
                .filter(address -> places(address.text()).size() == 1)
                .toList();
        return own.stream()
                .filter(address ->
                        direct.stream().anyMatch(route -> route.destination().contains(address)))
                .findFirst()
                .or(() -> own.stream().findFirst())
                .or(() -> held.stream().findFirst());
    }

    /** The address that the hosts file of a place gives a name. */
    public Optional<IpAddress> fromHostsFile(Place place, String name) {
        return facts.hostsFile(scope(place))
                .fold(
                        known -> known.value().stream()
                                .filter(entry -> entry.names().contains(name)
                                        && !entry.address().isIpv6())
                                .map(entry -> entry.address())
                                .findFirst(),
                        unknown -> Optional.empty());
    }
}
