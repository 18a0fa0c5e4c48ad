package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.ContainerDiagnosis;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Causes that are visible in the facts. None is guessed, so each may be missing. */
final class FactCauses {
    private FactCauses() {}

    static Optional<Container> container(Facts facts, Scope scope) {
        return containers(facts, scope)
                .filter(all -> scope.kind() == Scope.Kind.CONTAINER)
                .flatMap(all -> Containers.named(all, scope.name()));
    }

    /** That another lab host has a container of this name. */
    static Optional<Message> containerOnAnotherHost(Facts facts, Optional<String> host, String name) {
        return onAnotherHost(facts, host, name, there -> there.containers()
                .toOptional()
                .flatMap(all -> Containers.named(all, name))
                .isPresent());
    }

    /** That another lab host has a namespace of this name. */
    static Optional<Message> namespaceOnAnotherHost(Facts facts, Optional<String> host, String name) {
        return onAnotherHost(facts, host, name, there -> there.namespaces().toOptional().stream()
                .flatMap(all -> ScopeLookup.namespaceNames(all).stream())
                .anyMatch(name::equals));
    }

    private static Optional<Message> onAnotherHost(
            Facts facts, Optional<String> host, String name, Predicate<HostFacts> has) {
        String wanted = host.orElse(facts.defaultHost());
        return facts.hosts().values().stream()
                .filter(other -> !other.name().equals(wanted) && has.test(other))
                .findFirst()
                .map(other -> say("place.on-another-host", "name", name, "host", other.name(), "wanted", wanted));
    }

    /**
     * That the container's network mode gives it no interfaces of its own. For mode none only while it has just {@code lo}: interfaces may have
     * been added by hand.
     */
    static Optional<Message> networkMode(Facts facts, Scope scope) {
        return container(facts, scope)
                .filter(container -> !container.networkMode().equals("none") || onlyLoopback(facts, scope))
                .flatMap(container -> Containers.whatItsModeMeans(
                        container, scope.name(), containers(facts, scope).orElse(List.of())));
    }

    private static boolean onlyLoopback(Facts facts, Scope scope) {
        return ScopeLookup.find(facts, scope)
                .flatMap(namespace -> namespace.links().toOptional())
                .map(links -> links.stream().allMatch(link -> link.name().equals("lo")))
                .orElse(false);
    }

    private static Optional<List<Container>> containers(Facts facts, Scope scope) {
        return ScopeLookup.host(facts, scope.host())
                .flatMap(host -> host.containers().toOptional());
    }

    /** That another namespace has an interface of this name. Never for {@code lo} and {@code eth0}, which most namespaces have. */
    static Optional<Message> interfaceElsewhere(Facts facts, Scope scope, String name) {
        if (name.equals("lo") || name.equals("eth0")) {
            return Optional.empty();
        }
        return others(facts, scope)
                .filter(other -> links(other).anyMatch(link -> link.name().equals(name)))
                .map(other ->
                        say("interface.elsewhere", "interface", name, "namespace", inNamespace(other), "place", scope))
                .findFirst();
    }

    /** Why the interface is missing; empty where the facts do not show it. */
    static Optional<Message> missingInterface(Facts facts, Scope scope, String name) {
        return ContainerDiagnosis.leftBehind(facts, scope)
                .or(() -> networkMode(facts, scope))
                .or(() -> interfaceElsewhere(facts, scope, name));
    }

    /** That the address is on another interface of the same namespace, or in another namespace. */
    static Optional<Message> addressElsewhere(Facts facts, Scope scope, Link wanted, Cidr address) {
        Optional<Message> here = ScopeLookup.find(facts, scope).stream()
                .flatMap(FactCauses::links)
                .filter(link -> !link.name().equals(wanted.name()) && holds(link, address))
                .map(link ->
                        say("address.on-another-interface", "address", address.address(), "interface", link.name()))
                .findFirst();
        return here.or(() -> others(facts, scope)
                .flatMap(other -> links(other)
                        .filter(link -> holds(link, address))
                        .map(link -> say("address.in-another-namespace")
                                .with("address", address.address())
                                .with("interface", link.name())
                                .with("namespace", inNamespace(other))))
                .findFirst());
    }

    private static boolean holds(Link link, Cidr address) {
        return link.addresses().stream().map(InterfaceAddress::address).anyMatch(found -> found.address()
                .equals(address.address()));
    }

    /** The other namespaces of the same lab host. */
    static Stream<Namespace> others(Facts facts, Scope scope) {
        NetworkModel model = NetworkModel.of(facts);
        Optional<Node> here = model.node(scope);
        return ScopeLookup.host(facts, scope.host()).stream()
                .flatMap(model::nodes)
                .filter(other -> !here.equals(Optional.of(other)))
                .map(Node::namespace);
    }

    static Stream<Link> links(Namespace namespace) {
        return namespace.links().toOptional().stream().flatMap(List::stream);
    }

    /** {@code on the lab host}, {@code in red}; {@code in web and sidecar} for a shared namespace. */
    static Message inNamespace(Namespace namespace) {
        Optional<Scope> first = namespace.names().stream().findFirst();
        if (first.isEmpty()) {
            return say("namespace.in-unnamed", "inode", namespace.inode());
        }
        return first.get().kind() == Scope.Kind.CONTAINER
                ? say("namespace.in", "places", List.copyOf(namespace.names()))
                : say("namespace.at", "place", first.get());
    }
}
