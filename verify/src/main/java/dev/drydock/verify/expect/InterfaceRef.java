package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Optional;

/** An interface named by its place; the name may be open where any will do. In words {@code eth0 in red}, {@code docker0}. */
public record InterfaceRef(Scope in, Optional<String> name) implements Term {
    InterfaceRef(Scope in, String name) {
        this(in, Optional.of(name));
    }

    boolean mayBe(Link link) {
        return name.map(link.name()::equals).orElse(true);
    }

    /** This interface, or its place where any interface will do. */
    Term end() {
        return name.isPresent() ? this : in;
    }

    /** An interface of the lab host needs no place. */
    @Override
    public Message inForm(String form) {
        return say("interface.in-place", "interface", name, "place", in.equals(Scope.LAB_HOST) ? "" : in);
    }
}
