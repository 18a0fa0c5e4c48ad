package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** The connection to another machine broke during a command. Worlds there go on running. */
public final class ConnectionLost extends HostTrouble {
    private static final long serialVersionUID = 1L;

    /** @param called what sentences call the place */
    ConnectionLost(Message called) {
        super(say("connection.lost", "machine", called));
    }
}
