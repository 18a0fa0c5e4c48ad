package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

/** The typed text has none of the forms that {@link Places} reads, so it is wrong in every current folder. */
public final class NoSuchPlace extends HostTrouble {
    private static final long serialVersionUID = 1L;

    NoSuchPlace(String typed) {
        super(say("place.no-such", "typed", typed.strip()));
    }
}
