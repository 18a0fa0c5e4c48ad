package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

/** What was typed names no place, wherever one looks from. */
public final class NoSuchPlace extends HostTrouble {
    private static final long serialVersionUID = 1L;

    NoSuchPlace(String typed) {
        super(say("place.no-such", "typed", typed.strip()));
    }
}
