package dev.drydock.verify.trace;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The trace of one lab host's kernel.
 *
 * @param trouble why there is none
 * @param namespaces by inode
 * @param answered whether the sender, where it is on this host, got an answer
 * @param said what the sending program printed
 */
record HostTrace(
        String host,
        Optional<Message> trouble,
        SortedMap<Long, Heard> namespaces,
        boolean answered,
        List<String> said) {
    /**
     * The trace of one namespace.
     *
     * @param neighbours lines of {@code ip neigh} for next hops without an ARP reply: {@code 10.9.0.9 dev br0 INCOMPLETE}
     */
    record Heard(List<TraceLine> lines, RuleNumbers numbers, List<String> neighbours) {}
}
