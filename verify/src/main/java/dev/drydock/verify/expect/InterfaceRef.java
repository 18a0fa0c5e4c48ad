package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Optional;

/** An interface in a namespace; without a name any interface there. In words {@code eth0 in red}, {@code docker0}. */
public record InterfaceRef(Scope in, Optional<String> name) implements Term {
    InterfaceRef(Scope in, String name) {
        this(in, Optional.of(name));
    }

    boolean mayBe(Link link) {
        return name.map(link.name()::equals).orElse(true);
    }

    /** The interface, or its namespace where any interface counts. */
    Term end() {
        return name.isPresent() ? this : in;
    }

    /** The name alone for an interface of the lab host; else with its namespace. */
    @Override
    public Message inForm(String form) {
        return say("interface.in-place", "interface", name, "place", in.equals(Scope.LAB_HOST) ? "" : in);
    }
}
