package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import java.util.List;
import java.util.Optional;

/** {@code netns: {name: red, exists: true}}: a namespace under {@code /run/netns}. */
public record NetnsExists(Optional<String> host, String name, boolean exists) implements Expectation {
    @Override
    public String describe() {
        return "there is " + (exists ? presence() : absence()) + PlaceWords.on(host);
    }

    @Override
    public String describeOpposite() {
        return new NetnsExists(host, name, !exists).describe();
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.on(facts, host, there -> Readings.judge(there.namespaces(), all -> judge(there, all)));
    }

    private Verdict judge(HostFacts there, List<Namespace> namespaces) {
        List<String> names = ScopeLookup.namespaceNames(namespaces);
        Evidence list = new Evidence("ip netns list", String.join("\n", names));
        if (names.contains(name) == exists) {
            return Verdict.met(list);
        }
        return exists
                ? Verdict.notMet(presence(), absence(), list).causedBy(ScopeLookup.containerOfThatName(there, name))
                : Verdict.notMet(absence(), presence(), list);
    }

    private String presence() {
        return "a namespace " + name;
    }

    private String absence() {
        return "no namespace " + name;
    }
}
