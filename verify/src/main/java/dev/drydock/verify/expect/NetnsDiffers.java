package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code netns_differs: [container:web, host]}: all of them are different network namespaces. */
public record NetnsDiffers(List<Scope> scopes) implements Expectation {
    public NetnsDiffers {
        scopes = NamespaceIdentities.several(scopes);
    }

    @Override
    public Message statement() {
        return say("namespace.different", "places", scopes);
    }

    @Override
    public Message denial() {
        return scopes.size() == 2 ? new NetnsSame(scopes).statement() : say("namespace.some-shared", "places", scopes);
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
        for (int first = 0; first < scopes.size(); first++) {
            for (int second = first + 1; second < scopes.size(); second++) {
                if (inodes.get(first).equals(inodes.get(second))) {
                    return shared(facts, List.of(scopes.get(first), scopes.get(second)), inodes.get(first));
                }
            }
        }
        return Verdict.met(NamespaceIdentities.evidence(facts, scopes));
    }

    private static Verdict shared(Facts facts, List<Scope> pair, long inode) {
        return Verdict.notMet(
                        say("namespace.different-for", "places", pair),
                        say("namespace.both-same", "inode", inode),
                        NamespaceIdentities.evidence(facts, pair))
                .causedBy(pair.stream()
                        .map(scope -> FactCauses.networkMode(facts, scope))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
