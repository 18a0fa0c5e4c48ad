package dev.drydock.verify.topology;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/**
 * One lab host and the boxes on it.
 *
 * @param boxes the host's own first
 * @param stopped containers that do not run, and so have no namespace
 * @param dockerRead whether Docker told its containers, or there is none
 * @param unread what could not be read, a sentence each without a full stop
 */
public record HostNetwork(
        String name, List<NamespaceBox> boxes, List<Stopped> stopped, List<Message> unread, boolean dockerRead) {
    /** @param status {@code exited}, {@code created} … */
    public record Stopped(String container, String status) {}

    public HostNetwork {
        boxes = List.copyOf(boxes);
        stopped = List.copyOf(stopped);
        unread = List.copyOf(unread);
    }

    /** The host's own namespace, where the namespaces could be read. */
    public Optional<NamespaceBox> own() {
        return boxes.stream().filter(NamespaceBox::host).findFirst();
    }
}
