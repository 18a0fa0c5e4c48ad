package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as {@code docker inspect} describes it.
 *
 * @param name without the leading slash
 * @param image as it was named when the container was made
 * @param status {@code running}, {@code exited}, {@code created}, {@code paused} …
 * @param exitCode of the last run; meaningful only while the container is not running
 * @param pid the first process, as the lab host numbers it; 0 when there is none
 * @param networkMode {@code bridge} (also for {@code default}), {@code host}, {@code none}, {@code container:ID} or a network's name
 * @param attachments by network name
 * @param links by the alias in this container, the linked container ({@code --link db00:db})
 * @param error Docker's message when the container could not be started; else empty
 * @param logs the tail of the log; known only after an {@link ActiveProbe.Logs}
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
     * The ports of a container.
     *
     * @param published ports of the lab host that lead to it; without effect while the container is stopped
     * @param exposed ports named by the image or at the start, {@code 80/tcp}; exposing alone publishes nothing
     * @param asked what {@code -p} asked for, whether Docker did it or not; without those for which Docker chooses the port
     */
    public record Ports(List<PortMapping> published, List<String> exposed, List<PortMapping> asked) {
        public static final Ports NONE = new Ports(List.of(), List.of(), List.of());

        public Ports {
            published = List.copyOf(published);
            exposed = List.copyOf(exposed);
            asked = List.copyOf(asked);
        }

        /** Ports where the requests of {@code -p} were not read. */
        public Ports(List<PortMapping> published, List<String> exposed) {
            this(published, exposed, List.of());
        }
    }

    public Container {
        attachments = Copies.inOrder(attachments);
        links = Copies.inOrder(links);
    }

    /** {@code running}, {@code paused}, {@code exited with status 137}, {@code created but not started}. */
    public Message condition() {
        return switch (status) {
            case "exited" -> say("container.exited", "status", exitCode);
            case "created" -> say("container.created");
            default -> Message.verbatim(status);
        };
    }

    /** Why the container is not running; empty where it runs, or Docker does not tell. */
    public Optional<Message> whyStopped() {
        if (!running && !error.isBlank()) {
            return Optional.of(say("container.not-started", "error", reason()));
        }
        return switch (status) {
            case "exited" ->
                Optional.of(
                        exitCode > 128
                                ? say("container.ended-by-signal", "signal", exitCode - 128)
                                : say("container.ended", "container", name, "failed", exitCode > 0));
            case "created" ->
                exitCode == 0
                        ? Optional.empty()
                        : Optional.of(say("container.command-not-started", "status", exitCode));
            case "paused" -> Optional.of(say("container.paused"));
            case "restarting" -> Optional.of(say("container.restarts", "container", name, "status", exitCode));
            default -> Optional.empty();
        };
    }

    /**
     * The last part of the error, which has the reason: {@code driver failed programming external connectivity on endpoint web (3c8f…): Bind for
     * 0.0.0.0:8080 failed: port is already allocated}.
     */
    private String reason() {
        return error.strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^driver failed .*?\\): ", "")
                .replaceFirst("^.*runc create failed: ", "")
                .replaceFirst(": unknown$", "")
                .strip()
                .replaceFirst("^\\(iptables failed: ", "iptables failed: ");
    }
}
