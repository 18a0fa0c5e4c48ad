package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** The exit statuses of {@code lab}. */
public enum Exit {
    MET(0),
    /** Not met, or the lab was left before its end. */
    NOT_MET(1),
    USAGE(2),
    /** The result is unknown, or the machine failed. */
    CANNOT_TELL(3),
    INVALID_LAB(4),
    BUG(70),
    /** Interrupted by Ctrl-C, or the reader of the output went away. */
    INTERRUPTED(130);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** What the status says, as a sentence. */
    Message means() {
        return say("exit." + status);
    }
}
