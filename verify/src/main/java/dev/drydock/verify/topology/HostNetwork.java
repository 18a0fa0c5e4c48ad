package dev.drydock.verify.topology;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/**
 * One lab host and its namespaces.
 *
 * @param boxes the namespaces; the host's own comes first
 * @param stopped containers that do not run and so have no namespace
 * @param unread what could not be read, each a sentence without a full stop
 * @param dockerRead whether the containers are known; also true for a lab without Docker
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

    /** The host's own namespace; empty where the namespaces could not be read. */
    public Optional<NamespaceBox> own() {
        return boxes.stream().filter(NamespaceBox::host).findFirst();
    }
}
