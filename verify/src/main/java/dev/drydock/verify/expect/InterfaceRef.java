package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import java.util.Objects;
import java.util.Optional;

/** An interface named by its place; the name may be open where any will do. */
public record InterfaceRef(Scope in, Optional<String> name) {
    public InterfaceRef {
        Objects.requireNonNull(in);
        Objects.requireNonNull(name);
    }

    boolean mayBe(Link link) {
        return name.map(link.name()::equals).orElse(true);
    }

    /** {@code eth0 in red}; {@code red} where any interface will do. */
    String words() {
        return name.map(known -> PlaceWords.within(in, known)).orElseGet(() -> PlaceWords.place(in));
    }
}
