package dev.drydock.shell.repl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The result of a line that was sent to bash. */
sealed interface Outcome {
    /** The keystrokes that were typed while the line ran and that no program read; they belong to the next prompt. */
    byte[] typedAhead();

    /**
     * The command ran to its end, or bash refused the line with a syntax error.
     *
     * @param exit the exit status: 130 after Ctrl-C, 148 after Ctrl-Z
     * @param folder bash's working directory after the command
     * @param typedAhead see {@link Outcome#typedAhead}
     */
    record Ended(int exit, String folder, byte[] typedAhead) implements Outcome {
        /**
         * The content of a prompt mark (D).
         *
         * @param left whether bash may have left the sign {@link BashPreparation#NO_MORE_KEYS} unread on its terminal
         */
        record Prompt(Ended ended, boolean left) {}

        /**
         * @param payload {@code status;typed-ahead;left;folder}; {@code typed-ahead} and {@code folder} in bash's quotes
         * @return empty where the payload has another form
         */
        static Optional<Prompt> parse(String payload) {
            int first = payload.indexOf(';');
            int second = endOfQuotes(payload, first + 1);
            int third = payload.indexOf(';', second + 1);
            if (first < 0 || third < 0 || payload.charAt(second) != ';') {
                return Optional.empty();
            }
            try {
                Ended ended = new Ended(
                        Integer.parseInt(payload.substring(0, first)),
                        new String(BashQuoting.unquoted(payload.substring(third + 1)), StandardCharsets.UTF_8),
                        BashQuoting.unquoted(payload.substring(first + 1, second)));
                return Optional.of(
                        new Prompt(ended, !payload.substring(second + 1, third).equals("0")));
            } catch (NumberFormatException notOurs) {
                return Optional.empty();
            }
        }

        private static int endOfQuotes(String text, int from) {
            boolean inside = false;
            boolean escapes = false;
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                if (inside && escapes && c == '\\') {
                    i++;
                } else if (c == '\'') {
                    escapes = !inside && i > from && text.charAt(i - 1) == '$';
                    inside = !inside;
                } else if (!inside && c == '\\') {
                    i++;
                } else if (!inside && c == ';') {
                    return i;
                }
            }
            return text.length();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ended that
                    && exit == that.exit
                    && folder.equals(that.folder)
                    && Arrays.equals(typedAhead, that.typedAhead);
        }

        @Override
        public int hashCode() {
            return exit * 31 + folder.hashCode();
        }
    }

    /** The command is incomplete: bash waits for a continuation line, see {@link LineShell#more}. */
    record WantsMore() implements Outcome {
        @Override
        public byte[] typedAhead() {
            return new byte[0];
        }
    }

    /**
     * Bash itself ended.
     *
     * @param exit bash's exit status
     * @param unread whether bash certainly ended before it read the line; then the line can be sent to a new bash
     * @param typedAhead the keystrokes behind the line that nobody read
     */
    record Gone(int exit, boolean unread, byte[] typedAhead) implements Outcome {
        @Override
        public boolean equals(Object other) {
            return other instanceof Gone that
                    && exit == that.exit
                    && unread == that.unread
                    && Arrays.equals(typedAhead, that.typedAhead);
        }

        @Override
        public int hashCode() {
            return exit;
        }
    }
}
