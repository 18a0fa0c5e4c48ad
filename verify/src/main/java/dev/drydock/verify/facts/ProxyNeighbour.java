package dev.drydock.verify.facts;

import java.util.Objects;

/** A proxy entry of the neighbour table ({@code ip neigh add proxy}): the namespace answers for this address on this interface. */
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
