package dev.drydock.verify.facts;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A listening socket; one that several processes share appears once for each.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param address {@code 0.0.0.0}, {@code ::}, {@code *} (both families) or a bound address
 * @param pid of the owner, known only where the kernel told
 */
public record Socket(String protocol, String address, int port, OptionalInt pid, Optional<String> comm) {
    public Socket {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(address);
        Objects.requireNonNull(pid);
        Objects.requireNonNull(comm);
    }
}
