package dev.drydock.shell.repl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What became of a line that was given to bash. */
sealed interface Outcome {
    /** What was typed meanwhile and is for the next prompt. */
    byte[] typedAhead();

    /**
     * It ran, or bash refused it as no sentence of its language.
     *
     * @param exit the status, {@code 130} after Ctrl-C, {@code 148} after Ctrl-Z
     * @param folder the working directory now
     * @param typedAhead what was typed while it ran and nobody read
     */
    record Ended(int exit, String folder, byte[] typedAhead) implements Outcome {
        /** What the mark says. @param left whether the sign that no more keys are coming still lies on bash's terminal */
        record Prompt(Ended ended, boolean left) {}

        /** @param payload of the mark: {@code status;typed-ahead;left;folder}, what was typed ahead and the folder in bash's quotes */
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

    /** Bash wants more lines before it can run anything. */
    record WantsMore() implements Outcome {
        @Override
        public byte[] typedAhead() {
            return new byte[0];
        }
    }

    /**
     * Bash itself ended.
     *
     * @param unread whether it certainly ended before it read the line
     * @param typedAhead what was typed behind the line and nobody read
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
