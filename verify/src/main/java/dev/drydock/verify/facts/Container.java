package dev.drydock.verify.facts;

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
 * @param ports published ones as {@code docker ps} prints them: {@code 0.0.0.0:8080->80/tcp}
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
        List<String> ports,
        Reading<String> logs) {
    public Container {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(image);
        Objects.requireNonNull(status);
        Objects.requireNonNull(networkMode);
        Objects.requireNonNull(logs);
        attachments = Copies.inOrder(attachments);
        ports = List.copyOf(ports);
    }
}
