package dev.drydock.verify.facts;

import java.util.Objects;

/** An address for which a namespace answers at an interface in place of who has it, told to by {@code ip neigh add proxy}. */
public record ProxyNeighbour(IpAddress address, String device) {
    public ProxyNeighbour {
        Objects.requireNonNull(address);
        Objects.requireNonNull(device);
    }

    /** As {@code ip neigh show proxy} prints it: {@code 10.0.2.50 dev eth0 proxy}. */
    public String shown() {
        return address + " dev " + device + " proxy";
    }
}
