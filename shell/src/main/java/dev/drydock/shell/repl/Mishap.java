package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** What happened to a bash whose marks or process the learner has disturbed, each with its sentence for the learner. */
enum Mishap {
    /** Bash was stopped by a signal; Drydock let it continue. */
    STOPPED(say("bash.stopped")),

    /** Bash's marks were lost, and are back. */
    MENDED(say("bash.mended")),

    /** As {@link #MENDED}, but only after bash's DEBUG trap and PROMPT_COMMAND were removed. */
    BARED(say("bash.bared")),

    /** Bash does not come back to its prompt; the person who types has to decide. */
    UNANSWERING(say("bash.unanswering")),

    /** Nothing brought the marks back in a script; bash is ended. */
    GIVEN_UP(say("bash.given-up")),

    /** A program in a script waited for keystrokes and got SIGHUP. */
    HUNG_UP(say("bash.hung-up"));

    private final Message sentence;

    Mishap(Message sentence) {
        this.sentence = sentence;
    }

    Message sentence() {
        return sentence;
    }
}
