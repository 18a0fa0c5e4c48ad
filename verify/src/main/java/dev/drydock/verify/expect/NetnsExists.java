package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** {@code netns: {name: red, exists: true}}: a namespace under {@code /run/netns}. */
public record NetnsExists(Optional<String> host, String name, boolean exists) implements Expectation {
    @Override
    public Message statement() {
        return said(exists);
    }

    @Override
    public Message denial() {
        return said(!exists);
    }

    private Message said(boolean so) {
        return say("namespace.exists", "exists", so, "namespace", name, "host", host);
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
        Message some = say("namespace.some", "namespace", name, "host", "");
        Message none = say("namespace.none", "namespace", name, "host", "");
        return exists
                ? Verdict.notMet(some, none, list).causedBy(ScopeLookup.containerOfThatName(there, name))
                : Verdict.notMet(none, some, list);
    }
}
