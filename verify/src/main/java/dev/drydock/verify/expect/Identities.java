package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.ArrayList;
import java.util.List;

/** Which namespace a scope has, by inode. */
final class Identities {
    private Identities() {}

    static List<Scope> several(List<Scope> scopes) {
        if (scopes.size() < 2) {
            throw new IllegalArgumentException("at least two places are needed to compare their namespaces");
        }
        return List.copyOf(scopes);
    }

    static String names(List<Scope> scopes) {
        return PlaceWords.list(scopes.stream().map(PlaceWords::place).toList(), "");
    }

    /** Of scopes that are all known to be there. */
    static List<Long> inodes(Facts facts, List<Scope> scopes) {
        return scopes.stream()
                .map(scope -> ScopeLookup.find(facts, scope).orElseThrow().inode())
                .toList();
    }

    /** {@code web has net:[4026532257]} for each. */
    static List<String> owned(List<Scope> scopes, List<Long> inodes) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < scopes.size(); i++) {
            words.add(PlaceWords.place(scopes.get(i)) + " has net:[" + inodes.get(i) + "]");
        }
        return words;
    }

    static Evidence[] evidence(Facts facts, List<Scope> scopes) {
        List<Long> inodes = inodes(facts, scopes);
        Evidence[] evidence = new Evidence[scopes.size()];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = new Evidence(
                    Typed.in(facts, scopes.get(i), "readlink /proc/self/ns/net"), "net:[" + inodes.get(i) + "]");
        }
        return evidence;
    }
}
