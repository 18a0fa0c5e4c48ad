package dev.drydock.engine.host;

/** The connection to another machine ended in the middle of something; what stands there stands on. */
public final class ConnectionLost extends HostTrouble {
    private static final long serialVersionUID = 1L;

    /** @param called the place, as in a sentence */
    ConnectionLost(String called) {
        super("The connection to " + called
                + " was lost. The lab host lives on there; `lab resume` returns to it once the way is open again.");
    }
}
