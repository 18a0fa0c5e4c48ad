package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.List;
import java.util.Optional;

/**
 * The name of a namespace that several containers share.
 *
 * @param host the lab host, where there are several; else empty
 * @param containers their names, at least two
 */
record SharedNamespace(Optional<String> host, List<String> containers) implements Term {
    SharedNamespace {
        containers = List.copyOf(containers);
    }

    /**
     * @param form empty: {@code web and sidecar}, {@code web and sidecar on alpha}; {@code at}: {@code in web and sidecar}
     * @throws IllegalArgumentException for any other form
     */
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
