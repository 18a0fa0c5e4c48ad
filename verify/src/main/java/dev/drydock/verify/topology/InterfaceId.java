package dev.drydock.verify.topology;

import java.util.Objects;

/** One interface of the picture: the {@linkplain NamespaceBox#id() box} that it is in, and its name there. */
public record InterfaceId(String box, String name) {
    public InterfaceId {
        Objects.requireNonNull(box);
        Objects.requireNonNull(name);
    }
}
