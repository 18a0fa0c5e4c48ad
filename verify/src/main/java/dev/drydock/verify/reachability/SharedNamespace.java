package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.List;
import java.util.Optional;

/**
 * A namespace that several containers use, as a sentence speaks of it.
 *
 * @param host the lab host, where there are several
 * @param containers by name, two or more
 */
record SharedNamespace(Optional<String> host, List<String> containers) implements Term {
    SharedNamespace {
        containers = List.copyOf(containers);
    }

    /** @param form empty: {@code web and sidecar}, {@code web and sidecar on alpha}; {@code at}: {@code in web and sidecar} */
    @Override
    public Message inForm(String form) {
        Message place = say("place.containers", "names", containers, "host", host);
        return switch (form) {
            case "" -> place;
            case "at" -> say("place.in", "place", place);
            default -> throw new IllegalArgumentException("a shared namespace has no form " + form);
        };
    }
}
