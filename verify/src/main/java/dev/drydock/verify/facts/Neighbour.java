package dev.drydock.verify.facts;

import java.util.Objects;
import java.util.Optional;

/** An ARP or NDP entry; {@code state} is {@code REACHABLE}, {@code STALE}, {@code FAILED} …. */
public record Neighbour(IpAddress address, String device, Optional<MacAddress> mac, String state) {
    public Neighbour {
        Objects.requireNonNull(address);
        Objects.requireNonNull(device);
        Objects.requireNonNull(mac);
        Objects.requireNonNull(state);
    }
}
