package dev.drydock.verify.expect;

import java.util.Optional;

/** A bridge port, by name or as the other end of a veth. */
public record PortRef(Optional<String> name, Optional<InterfaceRef> peerOf) {
    public PortRef {
        if (name.isPresent() == peerOf.isPresent()) {
            throw new IllegalArgumentException("a port is either a name or peer_of");
        }
    }
}
