package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;

/**
 * A container's place on one Docker network.
 *
 * @param network the network's name
 * @param address its IPv4 address, or its IPv6 one where it has no other; empty while the container is stopped
 * @param prefix the prefix length of {@code address}, 0 where there is none
 * @param aliases names that the network's other containers may use, the short id included
 */
public record Attachment(
        String network,
        Optional<IpAddress> address,
        int prefix,
        Optional<IpAddress> gateway,
        Optional<MacAddress> mac,
        List<String> aliases) {
    public Attachment {
        aliases = List.copyOf(aliases);
    }
}
