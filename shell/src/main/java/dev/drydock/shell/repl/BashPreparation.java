package dev.drydock.shell.repl;

/** The first line that bash reads, which makes it one that {@link LineShell} can talk to. */
final class BashPreparation {
    private static final String SETTINGS = "set +H; HISTFILE= HISTCONTROL=ignorespace IGNOREEOF=1000 __drydock_ahead=";

    /** What was typed ahead is collected before each prompt, so that it is typed at the next one and not run unseen. */
    private static final String COLLECT =
            "PROMPT_COMMAND=([9]='{ __drydock_ahead=; while IFS= read -rsd \"\" -t .001 __drydock_more; do "
                    + "__drydock_ahead+=$__drydock_more; done; __drydock_ahead+=$__drydock_more; } 2>/dev/null </dev/tty')";

    /** Answers a question between two control characters, and leaves the status as it was. */
    private static final String ASK = "__drydock() { local status=$?; "
            + "{ set -- \"$status\" \"$(set +xv; eval \"$1\")\"; printf '\\036%s\\037' \"$2\"; } 2>/dev/null; return \"$1\"; }";

    /** Takes a text to be evaluated, and leaves the status as it was. */
    private static final String TAKE = "__drydock_take() { local status=$?; __drydock_text=$1; return \"$status\"; }";

    private BashPreparation() {}

    /** The marks can be read by anything inside, but changed by nothing. */
    static String line(String nonce, String preamble) {
        return " " + String.join("; ", SETTINGS, COLLECT, ASK, TAKE)
                + "; "
                + (preamble.isEmpty() ? "" : preamble + "; ")
                + "PS0=$'" + MarkScanner.quoted('C', nonce, "")
                + "' PS1=$'" + MarkScanner.quoted('D', nonce, "$?;${__drydock_ahead@Q};${PWD-}")
                + "' PS2=$'" + MarkScanner.quoted('P', nonce, "")
                + "'; readonly PS0 PS1 PS2";
    }
}
