package dev.drydock.verify.facts;

import java.util.Objects;

/** An interface enslaved to a bridge; {@code state} is {@code forwarding}, {@code disabled} …. */
public record BridgePort(String name, String bridge, String state) {
    public BridgePort {
        Objects.requireNonNull(name);
        Objects.requireNonNull(bridge);
        Objects.requireNonNull(state);
    }
}
