package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the namespace that a scope names. A statement about a place supposes the place: one that is known to be absent makes the
 * statement not met, whatever it says, and one that could not be looked up leaves it open.
 */
final class Sites {
    private Sites() {}

    /** Judges what is in the namespace, or tells that there is none. */
    static Verdict within(Facts facts, Scope scope, Function<Namespace, Verdict> judge) {
        return find(facts, scope).map(judge).orElseGet(() -> obstacle(facts, scope));
    }

    /** The first scope's reason why its namespace cannot be looked into, if any has one. */
    static Optional<Verdict> firstObstacle(Facts facts, Collection<Scope> scopes) {
        return scopes.stream()
                .filter(scope -> find(facts, scope).isEmpty())
                .map(scope -> obstacle(facts, scope))
                .findFirst();
    }

    static Optional<Namespace> find(Facts facts, Scope scope) {
        Optional<HostFacts> host = host(facts, scope.host());
        Optional<List<Namespace>> namespaces = host.flatMap(h -> Readings.known(h.namespaces()));
        Optional<Namespace> named = namespaces.flatMap(
                all -> all.stream().filter(n -> isNamed(n, scope)).findFirst());
        if (named.isPresent() || scope.kind() != Scope.Kind.PID) {
            return named;
        }
        return host.flatMap(h -> Readings.known(h.processes()))
                .flatMap(processes -> processes.stream()
                        .filter(process -> String.valueOf(process.pid()).equals(scope.name()))
                        .findFirst())
                .flatMap(process -> namespaces.flatMap(all -> all.stream()
                        .filter(n -> n.inode() == process.netns())
                        .findFirst()));
    }

    static boolean isNamed(Namespace namespace, Scope scope) {
        return namespace.names().stream()
                .anyMatch(name ->
                        name.kind() == scope.kind() && name.name().equals(scope.name()));
    }

    static Optional<HostFacts> host(Facts facts, Optional<String> name) {
        return Optional.ofNullable(facts.hosts().get(name.orElse(facts.defaultHost())));
    }

    /** Judges what was read on a host, or tells that the world has no such host. */
    static Verdict on(Facts facts, Optional<String> name, Function<HostFacts, Verdict> judge) {
        return host(facts, name)
                .map(judge)
                .orElseGet(() ->
                        Verdict.cannotTell("this world has no lab host " + name.orElse(facts.defaultHost())));
    }

    private static Verdict obstacle(Facts facts, Scope scope) {
        return on(
                facts,
                scope.host(),
                host -> Readings.judge(host.namespaces(), namespaces -> switch (scope.kind()) {
                    case HOST -> Verdict.cannotTell("the lab host's own namespace was not read");
                    case NETNS -> noNamespace(host, namespaces, scope);
                    case CONTAINER -> Readings.judge(host.containers(), all -> noContainer(all, scope));
                    case PID -> Readings.judge(host.processes(), all -> noProcess(all, scope));
                }));
    }

    private static Verdict noNamespace(HostFacts host, List<Namespace> namespaces, Scope scope) {
        List<String> names = namespaceNames(namespaces);
        return Verdict.notMet(
                        "a namespace " + scope.name() + Words.on(scope.host()),
                        "no namespace " + scope.name(),
                        new Evidence("ip netns list", String.join("\n", names)))
                .because(containerOfThatName(host, scope.name()));
    }

    /** The names that {@code ip netns list} prints. */
    static List<String> namespaceNames(List<Namespace> namespaces) {
        return namespaces.stream()
                .flatMap(namespace -> namespace.names().stream())
                .filter(name -> name.kind() == Scope.Kind.NETNS)
                .map(Scope::name)
                .sorted()
                .toList();
    }

    /** Why a running container's namespace is not among the named ones. */
    static Optional<String> containerOfThatName(HostFacts host, String name) {
        return Readings.known(host.containers())
                .filter(all -> all.stream().anyMatch(c -> c.running() && c.name().equals(name)))
                .map(all -> "Docker keeps the namespace of its container " + name
                        + " under /proc/PID/ns/net; ip netns lists only what is under /run/netns");
    }

    private static Verdict noContainer(List<Container> containers, Scope scope) {
        Optional<Container> container =
                Containers.named(containers, scope.name());
        if (container.isEmpty()) {
            return Verdict.notMet(
                    "a container " + scope.name() + Words.on(scope.host()),
                    "no container " + scope.name(),
                    containerNames(containers));
        }
        if (container.get().running()) {
            return Verdict.cannotTell("the network namespace of container " + scope.name() + " was not read");
        }
        return Verdict.notMet(
                        "container " + scope.name() + " running",
                        "container " + scope.name() + " " + Containers.condition(container.get()),
                        Containers.inspect(scope.name(), "{{.State.Status}}", container.get().status()))
                .because(Optional.of("a container has a network namespace only while it runs"));
    }

    /** What {@code docker ps} shows when asked for names alone. */
    static Evidence containerNames(List<Container> containers) {
        return new Evidence(
                "docker ps -a --format '{{.Names}}'",
                containers.stream().map(Container::name).sorted().collect(Collectors.joining("\n")));
    }

    private static Verdict noProcess(List<ProcessEntry> processes, Scope scope) {
        boolean runs = processes.stream().anyMatch(p -> String.valueOf(p.pid()).equals(scope.name()));
        return runs
                ? Verdict.cannotTell("the network namespace of process " + scope.name() + " was not read")
                : Verdict.notMet(
                        "a process " + scope.name() + Words.on(scope.host()),
                        "no process " + scope.name(),
                        new Evidence("ps -p " + scope.name(), ""));
    }
}
