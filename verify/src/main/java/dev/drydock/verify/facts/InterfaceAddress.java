package dev.drydock.verify.facts;

import java.util.Objects;

/** An address on an interface; {@code scope} is {@code global}, {@code link} or {@code host}. */
public record InterfaceAddress(Cidr address, String scope, boolean secondary) {
    public InterfaceAddress {
        Objects.requireNonNull(address);
        Objects.requireNonNull(scope);
    }
}
