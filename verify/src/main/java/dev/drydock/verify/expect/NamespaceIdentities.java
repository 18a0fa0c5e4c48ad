package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.stream.IntStream;

/** Compares namespaces by their inodes. */
final class NamespaceIdentities {
    private NamespaceIdentities() {}

    /** @throws Complaint when there are fewer than two scopes */
    static List<Scope> several(List<Scope> scopes) {
        if (scopes.size() < 2) {
            throw new Complaint(say("namespaces.too-few"));
        }
        return List.copyOf(scopes);
    }

    /** The inodes of scopes that all exist. */
    static List<Long> inodes(Facts facts, List<Scope> scopes) {
        return scopes.stream()
                .map(scope -> ScopeLookup.find(facts, scope).orElseThrow().inode())
                .toList();
    }

    /** {@code web has net:[4026532257]} for each. */
    static List<Message> owned(List<Scope> scopes, List<Long> inodes) {
        return IntStream.range(0, scopes.size())
                .mapToObj(i -> say("namespace.owner", "place", scopes.get(i), "inode", inodes.get(i)))
                .toList();
    }

    static Evidence[] evidence(Facts facts, List<Scope> scopes) {
        List<Long> inodes = inodes(facts, scopes);
        Evidence[] evidence = new Evidence[scopes.size()];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = new Evidence(
                    ScopeCommands.in(facts, scopes.get(i), "readlink /proc/self/ns/net"),
                    "net:[" + inodes.get(i) + "]");
        }
        return evidence;
    }
}
