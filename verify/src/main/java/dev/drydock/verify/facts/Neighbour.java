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

    /** As {@code ip neigh} prints it: {@code 10.9.0.1 dev eth0 lladdr 1e:b8:f6:7e:11:5f REACHABLE}. */
    public String shown() {
        return address + " dev " + device + mac.map(found -> " lladdr " + found).orElse("") + " " + state;
    }
}
