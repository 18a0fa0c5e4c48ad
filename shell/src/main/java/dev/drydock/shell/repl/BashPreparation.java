package dev.drydock.shell.repl;

/** The first line that bash reads, which makes it one that {@link LineShell} can talk to. */
final class BashPreparation {
    /** The sign that no more keys are coming; no key of a keyboard writes it. */
    static final byte NO_MORE_KEYS = 036;

    private static final String SETTINGS =
            "set +H; HISTFILE= HISTCONTROL=ignorespace IGNOREEOF=1000 __drydock_ahead= __drydock_sign=$'\\036'";

    /**
     * Before each prompt bash says that a command ended (E), and takes everything that was typed to it up to the sign that no
     * more is coming. So what was typed ahead can be typed at the next prompt, and is not run unseen.
     */
    private static final String COLLECT = "PROMPT_COMMAND=([9]='{ builtin printf \"\\e]133;E;%s;\\a\" NONCE; "
            + "IFS= builtin read -rsd \"$__drydock_sign\" __drydock_ahead; } 2>/dev/null </dev/tty >/dev/tty')";

    /** Answers a question between two control characters, and leaves the status as it was. */
    private static final String ASK = "__drydock() { local status=$?; "
            + "{ set -- \"$status\" \"$(set +xv; eval \"$1\")\"; printf '\\036%s\\037' \"$2\"; } 2>/dev/null; return \"$1\"; }";

    /** Takes a text to be evaluated, and leaves the status as it was. */
    private static final String TAKE = "__drydock_take() { local status=$?; __drydock_text=$1; return \"$status\"; }";

    private BashPreparation() {}

    /** The marks can be read by anything inside, but changed by nothing. */
    static String line(String nonce, String preamble) {
        return " " + String.join("; ", SETTINGS, COLLECT.replace("NONCE", nonce), ASK, TAKE)
                + "; "
                + (preamble.isEmpty() ? "" : preamble + "; ")
                + "PS0=$'" + MarkScanner.quoted('C', nonce, "")
                + "' PS1=$'" + MarkScanner.quoted('D', nonce, "$?;${__drydock_ahead@Q};${PWD-}")
                + "' PS2=$'" + MarkScanner.quoted('P', nonce, "")
                + "'; readonly PS0 PS1 PS2";
    }
}
