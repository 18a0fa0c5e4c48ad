package dev.drydock.verify.facts;

import java.util.Objects;
import java.util.Optional;

/**
 * An interface enslaved to a bridge.
 *
 * @param state {@code forwarding}, {@code disabled} …
 * @param hairpin whether the bridge sends a packet back out by this port when it came in by it; empty where it was not read
 */
public record BridgePort(String name, String bridge, String state, Optional<Boolean> hairpin) {
    public BridgePort {
        Objects.requireNonNull(name);
        Objects.requireNonNull(bridge);
        Objects.requireNonNull(state);
        Objects.requireNonNull(hairpin);
    }
}
