package dev.drydock.verify.trace;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one lab host's kernel said.
 *
 * @param trouble why it could not be listened to
 * @param namespaces by inode
 * @param answered whether the sender, if it was on this host, got an answer
 * @param said what the sender printed
 */
record HostTrace(
        String host,
        Optional<Message> trouble,
        SortedMap<Long, Heard> namespaces,
        boolean answered,
        List<String> said) {
    /**
     * In one namespace.
     *
     * @param neighbours lines of {@code ip neigh} on those who did not answer ARP: {@code 10.9.0.9 dev br0 INCOMPLETE}
     */
    record Heard(List<TraceLine> lines, RuleNumbers numbers, List<String> neighbours) {}
}
