package dev.drydock.verify.topology;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.network.NetworkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network of a lab as a picture shows it.
 *
 * @param hosts the default host first, then by name
 * @param faults visible faults, ordered by kind, then by box
 */
public record Topology(List<HostNetwork> hosts, List<Fault> faults) {
    /** The router of the backbone network. */
    public static final String ROUTER = "10.0.2.2";

    /** Addresses behind the router that answer. */
    public static final List<String> INTERNET = List.of("8.8.8.8", "1.1.1.1");

    public Topology {
        hosts = List.copyOf(hosts);
        faults = List.copyOf(faults);
    }

    public static Topology of(Facts facts) {
        List<HostNetwork> hosts = new ArrayList<>();
        facts.host(Optional.empty())
                .fold(
                        found -> hosts.add(new HostReading(NetworkModel.of(facts), found.value()).network()),
                        absent -> false,
                        unknown -> false);
        facts.hosts().forEach((name, host) -> {
            if (!name.equals(facts.defaultHost())) {
                hosts.add(new HostReading(NetworkModel.of(facts), host).network());
            }
        });
        return new Topology(hosts, new FaultSearch(hosts, NetworkModel.of(facts)).all());
    }

    public List<NamespaceBox> boxes() {
        return hosts.stream().flatMap(host -> host.boxes().stream()).toList();
    }

    /** The box with this id. */
    public Optional<NamespaceBox> box(String id) {
        return boxes().stream().filter(box -> box.id().equals(id)).findFirst();
    }

    /** Whether an interface leads to the backbone network. */
    public boolean onBackbone() {
        return boxes().stream().flatMap(box -> box.interfaces().stream()).anyMatch(one -> one.wire()
                .is(Wire.Kind.BACKBONE));
    }
}
