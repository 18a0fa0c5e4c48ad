package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A container as {@code docker inspect} tells.
 *
 * @param name without the leading slash
 * @param image as it was named when the container was made
 * @param status {@code running}, {@code exited}, {@code created}, {@code paused} …
 * @param exitCode that of the last run; means something only while it is not running
 * @param pid the first process as the lab host numbers it, 0 when there is none
 * @param networkMode {@code bridge} (also for {@code default}), {@code host}, {@code none}, {@code container:ID} or a network's name
 * @param attachments by network name
 * @param links by the name that it uses, the container that it was linked to ({@code --link db00:db})
 * @param error what Docker said when it could not be started, else empty
 * @param logs the tail of the log, known only where a {@link ActiveProbe.Logs} asked for it
 */
public record Container(
        String id,
        String name,
        String image,
        String status,
        boolean running,
        int exitCode,
        int pid,
        String networkMode,
        Map<String, Attachment> attachments,
        Ports ports,
        Map<String, String> links,
        String error,
        Reading<String> logs) {

    /**
     * Its ports.
     *
     * @param published those of the lab host that lead to it; what is recorded for a stopped container has no effect
     * @param exposed those that its image or its start names, {@code 80/tcp}; that alone publishes nothing
     */
    public record Ports(List<PortMapping> published, List<String> exposed) {
        public static final Ports NONE = new Ports(List.of(), List.of());

        public Ports {
            published = List.copyOf(published);
            exposed = List.copyOf(exposed);
        }
    }

    public Container {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(image);
        Objects.requireNonNull(status);
        Objects.requireNonNull(networkMode);
        Objects.requireNonNull(logs);
        attachments = Copies.inOrder(attachments);
        Objects.requireNonNull(ports);
        links = Copies.inOrder(links);
        Objects.requireNonNull(error);
    }

    /** {@code running}, {@code paused}, {@code exited with status 137}, {@code created but not started}. */
    public Message condition() {
        return switch (status) {
            case "exited" -> say("container.exited", "status", exitCode);
            case "created" -> say("container.created");
            default -> Message.verbatim(status);
        };
    }
}
