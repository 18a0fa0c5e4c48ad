package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the namespace of a scope. Where it is known to be absent, the expectation is not met, also a negative one. Where it could not be read, the
 * verdict is open.
 */
final class ScopeLookup {
    private ScopeLookup() {}

    /** Judges the namespace, or explains why it is missing. */
    static Verdict within(Facts facts, Scope scope, Function<Namespace, Verdict> judge) {
        return find(facts, scope)
                .map(namespace -> ScopeCommands.on(facts, scope.host(), judge.apply(namespace)))
                .orElseGet(() -> obstacle(facts, scope));
    }

    /** Judges what was read of the namespace; "cannot tell" where it was not read. */
    static <T> Verdict judge(
            Facts facts, Scope scope, Function<Namespace, Reading<T>> reading, Function<T, Verdict> judge) {
        return within(facts, scope, namespace -> Readings.judge(reading.apply(namespace), judge));
    }

    /** Judges the result of a probe; "cannot tell", for this reason, where it was not run. */
    static Verdict probed(
            Facts facts, Scope scope, ActiveProbe probe, Message notRun, Function<ProbeCapture, Verdict> judge) {
        return within(
                facts, scope, namespace -> facts.capture(probe).map(judge).orElseGet(() -> Verdict.cannotTell(notRun)));
    }

    /** The obstacle of the first scope whose namespace cannot be judged; empty where all can. */
    static Optional<Verdict> firstObstacle(Facts facts, Collection<Scope> scopes) {
        return scopes.stream()
                .filter(scope -> find(facts, scope).isEmpty())
                .map(scope -> obstacle(facts, scope))
                .findFirst();
    }

    static Optional<Namespace> find(Facts facts, Scope scope) {
        return facts.namespace(scope).toOptional();
    }

    static Optional<HostFacts> host(Facts facts, Optional<String> name) {
        return facts.host(name).toOptional();
    }

    /** Judges a lab host; "cannot tell" where the lab has no such host. */
    static Verdict on(Facts facts, Optional<String> name, Function<HostFacts, Verdict> judge) {
        return facts.host(name)
                .fold(
                        found -> ScopeCommands.on(facts, name, judge.apply(found.value())),
                        absent -> Verdict.cannotTell(absent.reason(), absent.source()),
                        unknown -> Verdict.cannotTell(unknown.reason(), unknown.source()));
    }

    private static Verdict obstacle(Facts facts, Scope scope) {
        return facts.namespace(scope)
                .fold(
                        found -> {
                            throw new IllegalStateException(scope + " is no obstacle");
                        },
                        absent -> on(facts, scope.host(), host -> missing(facts, host, scope)),
                        unknown -> Verdict.cannotTell(unknown.reason(), unknown.source()));
    }

    private static Verdict missing(Facts facts, HostFacts host, Scope scope) {
        return switch (scope.kind()) {
            case HOST -> Verdict.cannotTell(say("place.host-not-read", "place", scope));
            case NETNS -> Readings.judge(host.namespaces(), all -> noNamespace(facts, host, all, scope));
            case CONTAINER -> Readings.judge(host.containers(), all -> noContainer(facts, all, scope));
            case PID ->
                Verdict.notMet(
                        say("process.some", "pid", scope.name(), "host", scope.host()),
                        say("process.none", "pid", scope.name()),
                        new Evidence("ps -p " + scope.name(), ""));
        };
    }

    private static Verdict noNamespace(Facts facts, HostFacts host, List<Namespace> namespaces, Scope scope) {
        List<String> names = namespaceNames(namespaces);
        return Verdict.notMet(
                        say("namespace.some", "namespace", scope.name(), "host", scope.host()),
                        say("namespace.none", "namespace", scope.name(), "host", scope.host()),
                        new Evidence("ip netns list", String.join("\n", names)))
                .causedBy(containerOfThatName(host, scope.name())
                        .or(() -> FactCauses.namespaceOnAnotherHost(facts, scope.host(), scope.name())));
    }

    /** The names that {@code ip netns list} prints. */
    static List<String> namespaceNames(List<Namespace> namespaces) {
        return namespaces.stream()
                .flatMap(namespace -> namespace.names(Scope.Kind.NETNS).stream())
                .sorted()
                .toList();
    }

    /** That a running container has this name, whose namespace has no name under {@code /run/netns}. */
    static Optional<Message> containerOfThatName(HostFacts host, String name) {
        return host.containers()
                .toOptional()
                .filter(all ->
                        all.stream().anyMatch(c -> c.running() && c.name().equals(name)))
                .map(all -> say("namespace.of-container", "container", name));
    }

    private static Verdict noContainer(Facts facts, List<Container> containers, Scope scope) {
        Optional<Container> container = Containers.named(containers, scope.name());
        if (container.isEmpty()) {
            return Verdict.notMet(
                            say("container.some", "container", scope.name(), "host", scope.host()),
                            say("container.none", "container", scope.name(), "host", scope.host()),
                            containerNames(containers))
                    .causedBy(FactCauses.containerOnAnotherHost(facts, scope.host(), scope.name()));
        }
        return Verdict.notMet(
                        say("container.running", "container", scope.name()),
                        say("container.in-condition")
                                .with("container", scope.name())
                                .with("condition", container.get().condition()),
                        Containers.inspect(
                                scope.name(),
                                "{{.State.Status}}",
                                container.get().status()))
                .causedBy(container.get().whyStopped());
    }

    /** As {@code docker ps} prints the names alone. */
    static Evidence containerNames(List<Container> containers) {
        return new Evidence(
                "docker ps -a --format '{{.Names}}'",
                containers.stream().map(Container::name).sorted().collect(Collectors.joining("\n")));
    }
}
