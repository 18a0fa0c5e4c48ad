package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Causes that the facts themselves show; none is a guess, so each may be missing. */
final class FactCauses {
    private FactCauses() {}

    static Optional<Container> container(Facts facts, Scope scope) {
        return containers(facts, scope)
                .filter(all -> scope.kind() == Scope.Kind.CONTAINER)
                .flatMap(all -> Containers.named(all, scope.name()));
    }

    /** A container of that name on another machine. */
    static Optional<String> containerOnAnotherHost(Facts facts, Optional<String> host, String name) {
        return onAnotherHost(facts, host, name, there -> there.containers()
                .toOptional()
                .flatMap(all -> Containers.named(all, name))
                .isPresent());
    }

    /** A namespace of that name on another machine. */
    static Optional<String> namespaceOnAnotherHost(Facts facts, Optional<String> host, String name) {
        return onAnotherHost(facts, host, name, there -> there.namespaces().toOptional().stream()
                .flatMap(all -> ScopeLookup.namespaceNames(all).stream())
                .anyMatch(name::equals));
    }

    private static Optional<String> onAnotherHost(
            Facts facts, Optional<String> host, String name, Predicate<HostFacts> has) {
        String wanted = host.orElse(facts.defaultHost());
        return facts.hosts().values().stream()
                .filter(other -> !other.name().equals(wanted) && has.test(other))
                .findFirst()
                .map(other -> name + " is on " + other.name() + ", not on " + wanted);
    }

    /** A container whose network mode gives it no interfaces of its own; one on no network may have been wired by hand since. */
    static Optional<String> networkMode(Facts facts, Scope scope) {
        return container(facts, scope)
                .filter(container -> !container.networkMode().equals("none") || onlyLoopback(facts, scope))
                .flatMap(container -> Containers.whatItsModeMeans(
                        container, containers(facts, scope).orElse(List.of())))
                .map(words -> words.replaceFirst("^it ", scope.name() + " "));
    }

    private static boolean onlyLoopback(Facts facts, Scope scope) {
        return ScopeLookup.find(facts, scope)
                .flatMap(namespace -> namespace.links().toOptional())
                .map(links -> links.stream().allMatch(link -> link.name().equals("lo")))
                .orElse(false);
    }

    /** A container that joined another's namespace and is not in it any more: the other has been given a new one, or is gone. */
    static Optional<String> leftBehind(Facts facts, Scope scope) {
        List<Container> all = containers(facts, scope).orElse(List.of());
        Optional<String> joined = container(facts, scope)
                .map(Container::networkMode)
                .filter(mode -> mode.startsWith("container:"))
                .map(mode -> mode.substring("container:".length()));
        if (joined.isEmpty() || all.isEmpty()) {
            return Optional.empty();
        }
        Optional<Container> owner =
                all.stream().filter(c -> c.id().equals(joined.get())).findFirst();
        if (owner.isEmpty()) {
            return joined.filter(id -> id.matches("[0-9a-f]{64}"))
                    .map(id -> scope.name() + " joined the container " + id.substring(0, 12) + ", which is gone");
        }
        Optional<Namespace> theirs = ScopeLookup.find(
                facts, new Scope(scope.host(), Scope.Kind.CONTAINER, owner.get().name()));
        return ScopeLookup.find(facts, scope)
                .filter(here -> theirs.isPresent() && theirs.get().inode() != here.inode())
                .map(here -> owner.get().name() + " was started again after " + scope.name() + " had joined it");
    }

    private static Optional<List<Container>> containers(Facts facts, Scope scope) {
        return ScopeLookup.host(facts, scope.host())
                .flatMap(host -> host.containers().toOptional());
    }

    /**
     * An interface of that name in another namespace. Every machine and container has lo and eth0 of its own, so these tell nothing.
     */
    static Optional<String> interfaceElsewhere(Facts facts, Scope scope, String name) {
        if (name.equals("lo") || name.equals("eth0")) {
            return Optional.empty();
        }
        return others(facts, scope)
                .filter(other -> links(other).anyMatch(link -> link.name().equals(name)))
                .map(other -> name + " is " + inNamespace(other) + ", not " + PlaceWords.at(scope))
                .findFirst();
    }

    /** Why an interface is not in a place, where the facts show it. */
    static Optional<String> missingInterface(Facts facts, Scope scope, String name) {
        return leftBehind(facts, scope)
                .or(() -> networkMode(facts, scope))
                .or(() -> interfaceElsewhere(facts, scope, name));
    }

    /** The address on another interface of the same namespace, else of another one. */
    static Optional<String> addressElsewhere(Facts facts, Scope scope, Link wanted, Cidr address) {
        Optional<String> here = ScopeLookup.find(facts, scope).stream()
                .flatMap(FactCauses::links)
                .filter(link -> !link.name().equals(wanted.name()) && holds(link, address))
                .map(link -> address.address() + " is on " + link.name() + " instead")
                .findFirst();
        return here.or(() -> others(facts, scope)
                .flatMap(other -> links(other)
                        .filter(link -> holds(link, address))
                        .map(link -> address.address() + " is on " + link.name() + " " + inNamespace(other)))
                .findFirst());
    }

    private static boolean holds(Link link, Cidr address) {
        return link.addresses().stream().map(InterfaceAddress::address).anyMatch(found -> found.address()
                .equals(address.address()));
    }

    private static Stream<Namespace> others(Facts facts, Scope scope) {
        Optional<Namespace> here = ScopeLookup.find(facts, scope);
        return ScopeLookup.host(facts, scope.host()).map(HostFacts::namespaces).flatMap(Reading::toOptional).stream()
                .flatMap(List::stream)
                .filter(other -> here.map(h -> h.inode() != other.inode()).orElse(true));
    }

    static Stream<Link> links(Namespace namespace) {
        return namespace.links().toOptional().stream().flatMap(List::stream);
    }

    /** {@code on the lab host}, {@code in red}, {@code in web and sidecar} where containers share it. */
    static String inNamespace(Namespace namespace) {
        Optional<Scope> first = namespace.names().stream().findFirst();
        if (first.isEmpty()) {
            return "in the namespace net:[" + namespace.inode() + "]";
        }
        return first.get().kind() == Scope.Kind.CONTAINER
                ? "in "
                        + PlaceWords.list(
                                namespace.names().stream()
                                        .map(PlaceWords::place)
                                        .toList(),
                                "")
                : PlaceWords.at(first.get());
    }
}
