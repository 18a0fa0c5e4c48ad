package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code netns_same: [container:web, container:sidecar]}: one namespace, by inode. */
public record NetnsSame(List<Scope> scopes) implements Expectation {
    public NetnsSame {
        scopes = Identities.several(scopes);
    }

    @Override
    public String describe() {
        return Identities.names(scopes) + " share one network namespace";
    }

    @Override
    public String describeOpposite() {
        return scopes.size() == 2
                ? new NetnsDiffers(scopes).describe()
                : Identities.names(scopes) + " do not all share one network namespace";
    }

    @Override
    public Set<Scope> places() {
        return new LinkedHashSet<>(scopes);
    }

    @Override
    public Verdict judge(Facts facts) {
        return Sites.firstObstacle(facts, scopes).orElseGet(() -> compare(facts));
    }

    private Verdict compare(Facts facts) {
        List<Long> inodes = Identities.inodes(facts, scopes);
        Evidence[] identities = Identities.evidence(facts, scopes);
        return inodes.stream().distinct().count() == 1
                ? Verdict.met(identities)
                : Verdict.notMet(
                                "one network namespace for " + Identities.names(scopes),
                                Words.list(Identities.owned(scopes, inodes), ""),
                                identities)
                        .because(whoDidNotJoin(facts, inodes));
    }

    /** A container that was not started in another's namespace says so by its network mode. */
    private Optional<String> whoDidNotJoin(Facts facts, List<Long> inodes) {
        Scope last = scopes.get(scopes.size() - 1);
        return inodes.get(inodes.size() - 1).equals(inodes.get(0))
                ? Optional.empty()
                : Clues.container(facts, last)
                        .filter(container -> !container.networkMode().startsWith("container:"))
                        .map(container -> last.name() + " was started with network mode " + container.networkMode()
                                + ", so it has a namespace of its own")
                        .filter(words -> !words.contains("mode host"));
    }
}
