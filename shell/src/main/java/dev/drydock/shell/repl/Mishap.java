package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** What happened to a bash whose marks or process the learner disturbed, each with the sentence that tells it. */
enum Mishap {
    /** Bash was stopped by a signal, and goes on. */
    STOPPED(say("bash.stopped")),

    /** Bash's marks were lost, and are back. */
    MENDED(say("bash.mended")),

    /** As above, and it took more. */
    BARED(say("bash.bared")),

    /** Nothing brought the marks back, and somebody is there to decide. */
    UNANSWERING(say("bash.unanswering")),

    /** Nothing brought the marks back, and nobody is there to decide. */
    GIVEN_UP(say("bash.given-up")),

    /** A program reads keys, and nobody types. */
    HUNG_UP(say("bash.hung-up"));

    private final Message sentence;

    Mishap(Message sentence) {
        this.sentence = sentence;
    }

    Message sentence() {
        return sentence;
    }
}
