package dev.drydock.shell.repl;

/** What befell a bash that its student broke, and what the shell does about it. */
enum Mishap {
    /** Bash was stopped by a signal, and goes on. */
    STOPPED("bash was stopped, as by `kill -STOP`; it goes on now."),

    /** Bash's marks were lost, and are back. */
    MENDED(
            "bash no longer said where a command ends: its error output, its prompt or `shopt promptvars` had been changed. "
                    + "That is set right again; variables, jobs and the folder are kept. `exec >/dev/tty` brings back output that goes elsewhere."),

    /** As above, and it took more. */
    BARED(
            "bash no longer said where a command ends, so PROMPT_COMMAND and the DEBUG trap were taken away; variables, jobs and the "
                    + "folder are kept."),

    /** Nothing brought the marks back, and somebody is there to decide. */
    UNANSWERING(
            "bash does not answer. Ctrl-C once more ends it and opens a new one: its variables, functions, jobs and "
                    + "folder are lost then; the lab is kept."),

    /** Nothing brought the marks back, and nobody is there to decide. */
    GIVEN_UP("bash does not answer any more, and is ended."),

    /** A program reads keys, and nobody types. */
    HUNG_UP("The program waits for keys and there is nobody who types, so it was hung up on.");

    private final String sentence;

    Mishap(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
