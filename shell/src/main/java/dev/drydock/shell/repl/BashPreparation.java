package dev.drydock.shell.repl;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The first line that bash reads, which makes it one that {@link LineShell} can talk to. */
final class BashPreparation {
    /** The sign that no more keys are coming; no key of a keyboard writes it. */
    static final byte NO_MORE_KEYS = 036;

    /** A line that brings the marks back where bash still reads, see {@link #MEND}, and what to say when it did. */
    record Mending(BashLine line, Mishap mishap) {}

    /** To be tried one after the other: the second takes away what the student has bash do around each command as well. */
    static final List<Mending> MENDINGS = List.of(
            new Mending(BashLine.hidden("__drydock_mend"), Mishap.MENDED),
            new Mending(BashLine.hidden("builtin trap - DEBUG; __drydock_mend all"), Mishap.BARED));

    private static final String SETTINGS = "set +H; HISTFILE= HISTCONTROL=ignorespace IGNOREEOF=4 "
            + "__drydock_ahead= __drydock_kept= __drydock_left=1 __drydock_sign=$'\\036' __drydock_nonce=NONCE";

    /**
     * Before each prompt bash says that a command ended (E), and takes everything that was typed to it up to the sign that no
     * more is coming. So what was typed ahead can be typed at the next prompt, and is not run unseen. Where that failed, the sign
     * is left for {@link LineShell} to take back.
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
     * Has the lab host's own program tell which package has what is missing. A machine that is no lab host of ours has none, and bash, which
     * runs this in a subshell, says it in its own words.
     */
    private static final String NOT_FOUND = "command_not_found_handle() { builtin unset -f command_not_found_handle; "
            + "if builtin type -P command-not-found >/dev/null; then command-not-found \"$1\"; else \"$@\"; fi; }";

    private static final String LOCKED = "readonly __drydock_sign __drydock_nonce; "
            + "readonly -f __drydock_end __drydock_mend __drydock __drydock_take";

    private BashPreparation() {}

    /** What was read from a terminal without the signs that no more is coming, and without the zero that the kernel keeps for a Ctrl-D. */
    static byte[] keysAlone(byte[] read) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (byte one : read) {
            if (one != NO_MORE_KEYS && one != 0) {
                keys.write(one);
            }
        }
        return keys.toByteArray();
    }

    /** The marks can be read by anything inside, but changed by nothing. */
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
