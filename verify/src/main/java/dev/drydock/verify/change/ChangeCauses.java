package dev.drydock.verify.change;

import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the container or network that caused a change. Only containers and networks that are new, gone or changed count; else the cause is
 * {@link ChangeCause#COMMAND}.
 */
final class ChangeCauses {
    private final HostFacts before;
    private final HostFacts after;
    private final Map<String, List<Container>> containers = new TreeMap<>();
    private final List<DockerNetwork> networks = new ArrayList<>();

    ChangeCauses(HostFacts before, HostFacts after) {
        this.before = before;
        this.after = after;
        Map<String, Container> was = byId(before);
        Map<String, Container> is = byId(after);
        Stream.concat(was.keySet().stream(), is.keySet().stream()).distinct().forEach(id -> {
            Optional<Container> one = Optional.ofNullable(was.get(id));
            Optional<Container> other = Optional.ofNullable(is.get(id));
            if (!one.map(ChangeCauses::state).equals(other.map(ChangeCauses::state))) {
                containers.put(
                        id, Stream.of(other, one).flatMap(Optional::stream).toList());
            }
        });
        List<DockerNetwork> wasNetworks = Pairing.known(before.networks());
        List<DockerNetwork> isNetworks = Pairing.known(after.networks());
        wasNetworks.stream().filter(one -> none(isNetworks, one)).forEach(networks::add);
        isNetworks.stream().filter(one -> none(wasNetworks, one)).forEach(networks::add);
    }

    static Map<String, Container> byId(HostFacts host) {
        Map<String, Container> byId = new TreeMap<>();
        Pairing.known(host.containers()).forEach(container -> byId.put(container.id(), container));
        return byId;
    }

    private static boolean none(List<DockerNetwork> all, DockerNetwork one) {
        return all.stream().noneMatch(other -> other.id().equals(one.id()));
    }

    /** The properties of a container that affect the kernel's network. */
    private static List<Object> state(Container container) {
        return List.of(container.name(), container.status(), container.pid(), container.attachments());
    }

    ChangeCause of(Container container) {
        return new ChangeCause(ChangeCause.Kind.CONTAINER, container.name());
    }

    ChangeCause of(DockerNetwork network) {
        return new ChangeCause(ChangeCause.Kind.NETWORK, network.name());
    }

    /** The container whose namespace this is. */
    ChangeCause of(Namespace namespace) {
        return changed()
                .filter(container -> !namespace.names().contains(Scope.LAB_HOST)
                        && namespace.names().contains(Scope.container(container.name())))
                .map(this::of)
                .findFirst()
                .orElse(ChangeCause.COMMAND);
    }

    private Stream<Container> changed() {
        return containers.values().stream().flatMap(Collection::stream);
    }

    /** The network whose bridge this interface is; else the container that has the interface or its peer. */
    ChangeCause of(Interface place, NetworkModel model) {
        Optional<ChangeCause> bridge = networks.stream()
                .filter(network -> place.namespace().isHost()
                        && network.bridge().equals(Optional.of(place.link().name())))
                .map(this::of)
                .findFirst();
        if (bridge.isPresent()) {
            return bridge.get();
        }
        ChangeCause own = of(place.namespace());
        return !own.equals(ChangeCause.COMMAND) || place.link().peerIndex().isEmpty()
                ? own
                : model.peer(place).map(peer -> of(peer.namespace())).orElse(own);
    }

    /** The container whose address a rule of the lab host contains; else the network whose bridge or subnet it contains. */
    ChangeCause ofRule(Namespace namespace, String rule) {
        if (!namespace.isHost()) {
            return of(namespace);
        }
        for (Container container : changed().toList()) {
            for (Attachment attachment : container.attachments().values()) {
                if (attachment
                        .address()
                        .filter(address -> names(rule, address.toString()))
                        .isPresent()) {
                    return of(container);
                }
            }
        }
        return networks.stream()
                .filter(network ->
                        network.bridge().filter(bridge -> names(rule, bridge)).isPresent()
                                || network.subnets().stream()
                                        .filter(Objects::nonNull)
                                        .anyMatch(subnet -> names(rule, subnet.toString())))
                .map(this::of)
                .findFirst()
                .orElse(ChangeCause.COMMAND);
    }

    /** The container that publishes the port. */
    ChangeCause ofPort(Namespace namespace, String protocol, int port) {
        if (!namespace.isHost()) {
            return of(namespace);
        }
        return changed()
                .filter(container ->
                        container.ports().published().stream().anyMatch(mapping -> is(mapping, protocol, port)))
                .map(this::of)
                .findFirst()
                .orElse(ChangeCause.COMMAND);
    }

    private static boolean is(PortMapping mapping, String protocol, int port) {
        return mapping.outside() == port && mapping.protocol().equals(protocol);
    }

    private static boolean names(String rule, String word) {
        return Pattern.compile("(^|[ ,])" + Pattern.quote(word) + "($|[ ,:/])")
                .matcher(rule)
                .find();
    }

    /** The container of a scope, before or after. */
    ChangeCause of(Scope scope) {
        return changed()
                .filter(container -> scope.equals(Scope.container(container.name())))
                .map(this::of)
                .findFirst()
                .orElse(ChangeCause.COMMAND);
    }

    HostFacts before() {
        return before;
    }

    HostFacts after() {
        return after;
    }
}
