package dev.drydock.engine.bash;

import java.util.List;
import java.util.stream.Collectors;

/** Quotes text as one word of a command line for {@code sh}, whatever the text contains. */
public final class ShellWord {
    private ShellWord() {}

    /** The text in single quotes: {@code it's} becomes {@code 'it'\''s'}. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A command line of these words, each quoted. */
    public static String line(List<String> words) {
        return words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
    }
}
