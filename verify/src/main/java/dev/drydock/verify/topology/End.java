package dev.drydock.verify.topology;

import java.util.Objects;

/** One interface of the picture: the {@linkplain Box#id() box} that it is in, and its name there. */
public record End(String box, String name) {
    public End {
        Objects.requireNonNull(box);
        Objects.requireNonNull(name);
    }
}
