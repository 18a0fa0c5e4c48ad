package dev.drydock.verify.facts;

import java.util.Objects;

/** A link and the namespace that it was found in. */
public record LinkPlace(Namespace namespace, Link link) {
    public LinkPlace {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(link);
    }
}
