package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.ContainerDiagnosis;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code netns_same: [container:web, container:sidecar]}: all of them are one network namespace, by inode. */
public record NetnsSame(List<Scope> scopes) implements Expectation {
    public NetnsSame {
        scopes = NamespaceIdentities.several(scopes);
    }

    @Override
    public Message statement() {
        return say("namespace.shared", "places", scopes);
    }

    @Override
    public Message denial() {
        return scopes.size() == 2
                ? new NetnsDiffers(scopes).statement()
                : say("namespace.not-all-shared", "places", scopes);
    }

    @Override
    public Set<Scope> places() {
        return new LinkedHashSet<>(scopes);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.firstObstacle(facts, scopes).orElseGet(() -> compare(facts));
    }

    private Verdict compare(Facts facts) {
        List<Long> inodes = NamespaceIdentities.inodes(facts, scopes);
        Evidence[] identities = NamespaceIdentities.evidence(facts, scopes);
        return inodes.stream().distinct().count() == 1
                ? Verdict.met(identities)
                : Verdict.notMet(
                                say("namespace.one-for", "places", scopes),
                                say("namespace.owned", "owners", NamespaceIdentities.owned(scopes, inodes)),
                                identities)
                        .causedBy(whoDidNotJoin(facts, inodes));
    }

    private Optional<Message> whoDidNotJoin(Facts facts, List<Long> inodes) {
        return IntStream.range(1, scopes.size())
                .filter(i -> !inodes.get(i).equals(inodes.get(0)))
                .mapToObj(scopes::get)
                .flatMap(scope ->
                        FactCauses.container(facts, scope).flatMap(container -> why(facts, scope, container)).stream())
                .findFirst();
    }

    /** The cause: the container's network mode, or that the container has left the namespace which it joined. */
    private Optional<Message> why(Facts facts, Scope scope, Container container) {
        if (container.networkMode().equals("host")) {
            return FactCauses.networkMode(facts, scope);
        }
        return container.networkMode().startsWith("container:")
                ? ContainerDiagnosis.leftBehind(facts, scope).or(() -> FactCauses.networkMode(facts, scope))
                : Optional.of(
                        say("container.own-namespace", "container", scope.name(), "mode", container.networkMode()));
    }
}
