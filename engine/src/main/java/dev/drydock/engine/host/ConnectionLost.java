package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** The connection to another machine ended in the middle of something; what stands there stands on. */
public final class ConnectionLost extends HostTrouble {
    private static final long serialVersionUID = 1L;

    /** @param called the place, as in a sentence */
    ConnectionLost(Message called) {
        super(say("connection.lost", "machine", called));
    }
}
