package dev.drydock.verify.facts;

/**
 * A port of the lab host that leads to one of a container.
 *
 * @param address of the lab host: {@code 0.0.0.0}, {@code ::} or a single one
 * @param outside the lab host's port
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param inside the container's port
 */
public record PortMapping(String address, int outside, String protocol, int inside) {
    /** As {@code docker ps} prints it: {@code 0.0.0.0:8080->80/tcp}. */
    public String shown() {
        return IpAddress.beforePort(address) + ":" + outside + "->" + inside + "/" + protocol;
    }

    /** As {@code docker port} prints it: {@code 80/tcp -> 0.0.0.0:8080}. */
    public String shownFromInside() {
        return inside + "/" + protocol + " -> " + IpAddress.beforePort(address) + ":" + outside;
    }
}
