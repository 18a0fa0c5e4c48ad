package dev.drydock.engine.bash;

import java.util.List;
import java.util.stream.Collectors;

/** Text as one word of a command line for {@code sh}, whatever is in it. */
public final class ShellWord {
    private ShellWord() {}

    /** {@code it's} as {@code 'it'\''s'}. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A command line of these words, each quoted. */
    public static String line(List<String> words) {
        return words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
    }
}
