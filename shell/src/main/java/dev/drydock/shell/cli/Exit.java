package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** What a verb tells the shell that called it. */
public enum Exit {
    MET(0),
    NOT_MET(1),
    USAGE(2),
    /** Nobody can tell, or the machine would not do what was asked of it. */
    CANNOT_TELL(3),
    INVALID_LAB(4),
    BUG(70),
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
