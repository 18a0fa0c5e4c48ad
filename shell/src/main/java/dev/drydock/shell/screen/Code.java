package dev.drydock.shell.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of code. Commands get a prompt, so that the reader sees what to type.
 *
 * <p>Every line is a command in a block named {@code sh}, {@code bash} or {@code shell}, and in one without a name. In a block that brings its own
 * {@code $ } prompts, the lines with a prompt are commands and the others are their output. A block with any other name is shown unchanged.
 */
final class Code {
    private static final String INDENT = "  ";

    private Code() {}

    /** @param info the name of the block; null or empty for none */
    static List<Line> lines(String literal, String info, DisplayOptions look) {
        String name = info == null ? "" : info.strip();
        List<String> source = literal.stripTrailing().lines().map(Code::tabless).toList();
        boolean prompted = source.stream().anyMatch(line -> line.startsWith("$ "));
        boolean commands =
                !prompted && (name.isEmpty() || name.equals("sh") || name.equals("bash") || name.equals("shell"));
        List<Line> lines = new ArrayList<>();
        boolean goesOn = false;
        for (String line : source) {
            String text = look.spell(line);
            if (commands && !text.isBlank()) {
                lines.add(Line.of(Style.FAINT, INDENT + (goesOn ? "> " : "$ ")).plus(Style.COMMAND, text));
            } else if (prompted && text.startsWith("$ ")) {
                lines.add(Line.of(Style.FAINT, INDENT + "$ ").plus(Style.COMMAND, text.substring(2)));
            } else {
                lines.add(text.isBlank() ? Line.EMPTY : Line.of(INDENT + text));
            }
            goesOn = text.endsWith("\\");
        }
        return lines;
    }

    /** The line with each tab replaced by blanks up to the next multiple of eight columns. */
    static String tabless(String line) {
        if (line.indexOf('\t') < 0) {
            return line;
        }
        String[] pieces = line.split("\t", -1);
        StringBuilder out = new StringBuilder(pieces[0]);
        for (int i = 1; i < pieces.length; i++) {
            out.append(" ".repeat(8 - Columns.of(out.toString()) % 8)).append(pieces[i]);
        }
        return out.toString();
    }
}
