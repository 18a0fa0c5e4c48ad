package dev.drydock.shell.screen;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Optional;

/** A line of a file or of input, with carets under its wrong part. */
public final class Carets {
    private static final int INDENT = 6;

    private Carets() {}

    /**
     * The line without its indentation, cut on the left where the carets would not fit on the screen, and the line of carets.
     *
     * @param from the index of the first wrong code point, from 0; an index behind the line's end marks the place after its last character
     * @param to the index after the last wrong code point; at least one column is marked
     * @param next a sentence after the carets; empty for none
     */
    public static List<Line> under(String line, int from, int to, Optional<Message> next, DisplayOptions look) {
        int[] characters = line.codePoints().toArray();
        int at = Math.min(Math.max(from, 0), characters.length);
        int strip = 0;
        while (strip < at && characters[strip] == ' ') {
            strip++;
        }
        int end = Math.min(characters.length, Math.max(to, at + 1));
        String before = look.spell(new String(characters, strip, at - strip));
        String rest = look.spell(new String(characters, at, characters.length - at));
        String under = look.spell(new String(characters, at, end - at));
        int room = look.columns() - 1 - INDENT;
        if (Columns.of(before) > room - 20) {
            int cut = before.length() - Math.min(before.length(), Math.max(0, room - 40));
            before = look.ellipsis() + before.substring(before.offsetByCodePoints(cut, 0));
        }
        String shownRest = Columns.cut(rest, room - Columns.of(before), look.ellipsis());
        int width = Math.max(1, Math.min(Columns.of(under), room - Columns.of(before)));
        Line caret = Line.of(" ".repeat(INDENT + Columns.of(before))).plus(Style.NOT_MET, "^".repeat(width));
        return List.of(
                Line.of(" ".repeat(INDENT) + before + shownRest),
                next.map(words -> caret.plus("  " + look.spell(Words.text(words))))
                        .orElse(caret));
    }
}
