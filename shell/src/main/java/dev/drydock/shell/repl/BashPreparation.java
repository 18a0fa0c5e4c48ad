package dev.drydock.shell.repl;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The first line that bash reads; it defines the functions and prompts that {@link LineShell} relies on. */
final class BashPreparation {
    /** The control character that tells bash that no more keystrokes are coming. Only Ctrl-^ types it. */
    static final byte NO_MORE_KEYS = 036;

    /** A line that makes a bash that still reads write its marks again, see {@link #MEND}, and what to tell the learner after that. */
    record Mending(BashLine line, Mishap mishap) {}

    /**
     * To be tried in this order. The second one also removes what the learner has bash do around each command: the DEBUG trap and PROMPT_COMMAND.
     */
    static final List<Mending> MENDINGS = List.of(
            new Mending(BashLine.hidden("__drydock_mend"), Mishap.MENDED),
            new Mending(BashLine.hidden("builtin trap - DEBUG; __drydock_mend all"), Mishap.BARED));

    private static final String SETTINGS = "set +H; HISTFILE= HISTCONTROL=ignorespace IGNOREEOF=4 "
            + "__drydock_ahead= __drydock_kept= __drydock_left=1 __drydock_sign=$'\\036' __drydock_nonce=NONCE";

    /**
     * Before each prompt bash writes the end mark (E) and reads everything that was typed to it, up to the sign {@link #NO_MORE_KEYS}. So what was
     * typed ahead can be typed at the next prompt, and does not run unseen. Where the read failed, the sign stays on the terminal and
     * {@link LineShell} erases it.
     */
    private static final String END =
            "__drydock_end() { local more; __drydock_ahead=$__drydock_kept __drydock_kept= __drydock_left=1; "
                    + "builtin printf '\\e]133;E;%s;\\a' \"$__drydock_nonce\" && IFS= builtin read -rsd \"$__drydock_sign\" more && "
                    + "__drydock_left=0; __drydock_ahead+=$more; }";

    /** Under {@code set -v} bash shows this text, so the nonce is not in it. */
    private static final String BEFORE_PROMPT = "'{ __drydock_end; } 2>/dev/null </dev/tty >/dev/tty'";

    /**
     * Undoes what keeps the marks from the terminal: PS0, PS1 and PS2 are written to standard error, and expanded only under
     * promptvars. Leaves the status as it was, and keeps what was typed ahead for the prompt that is seen.
     */
    private static final String MEND =
            "__drydock_mend() { local status=$?; __drydock_kept=$__drydock_ahead; builtin shopt -s promptvars; "
                    + "[[ -z $1 ]] || PROMPT_COMMAND=(); "
                    + "[[ -t 2 ]] || exec 2>/dev/tty; { PROMPT_COMMAND[9]=" + BEFORE_PROMPT
                    + "; } 2>/dev/null; return \"$status\"; }";

    /** Answers a question between two control characters, and leaves the status as it was. */
    private static final String ASK = "__drydock() { local status=$?; "
            + "{ set -- \"$status\" \"$(set +xv; eval \"$1\")\"; printf '\\036%s\\037' \"$2\"; } 2>/dev/null; return \"$1\"; }";

    /** Takes a text to be evaluated, and leaves the status as it was. */
    private static final String TAKE = "__drydock_take() { local status=$?; __drydock_text=$1; return \"$status\"; }";

    /**
     * Lets the lab host's own {@code command-not-found} tell which package has a missing command. Other machines do not have that program; there
     * bash, which runs this function in a subshell, prints its own message.
     */
    private static final String NOT_FOUND = "command_not_found_handle() { builtin unset -f command_not_found_handle; "
            + "if builtin type -P command-not-found >/dev/null; then command-not-found \"$1\"; else \"$@\"; fi; }";

    private static final String LOCKED = "readonly __drydock_sign __drydock_nonce; "
            + "readonly -f __drydock_end __drydock_mend __drydock __drydock_take";

    private BashPreparation() {}

    /** Removes from what was read from a terminal: the signs {@link #NO_MORE_KEYS}, and the zero byte that the kernel stores for a Ctrl-D. */
    static byte[] keysAlone(byte[] read) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (byte one : read) {
            if (one != NO_MORE_KEYS && one != 0) {
                keys.write(one);
            }
        }
        return keys.toByteArray();
    }

    /**
     * The whole line, without a line feed. Every command can read the marks and their nonce, but cannot change them.
     *
     * @param nonce tells the marks of this bash from others
     * @param preamble bash commands to run before the first prompt; may be empty
     */
    static String line(String nonce, String preamble) {
        return " " + String.join("; ", SETTINGS.replace("NONCE", nonce), END, MEND, ASK, TAKE, NOT_FOUND, LOCKED)
                + "; PROMPT_COMMAND=([9]=" + BEFORE_PROMPT + "); "
                + (preamble.isEmpty() ? "" : preamble + "; ")
                + "builtin printf '" + MarkScanner.quoted('I', nonce, "%s") + "' \"$$\" >/dev/tty; "
                + "PS0=$'" + MarkScanner.quoted('C', nonce, "")
                + "' PS1=$'"
                + MarkScanner.quoted('D', nonce, "$?;${__drydock_ahead@Q};${__drydock_left};${PWD+${PWD@Q}}")
                + "' PS2=$'" + MarkScanner.quoted('P', nonce, "")
                + "'; readonly PS0 PS1 PS2";
    }
}
