package dev.drydock.shell.screen;

import java.util.ArrayList;
import java.util.List;

/** Breaks styled text into lines: at blanks, and between Chinese or Japanese characters, which need no blank. */
final class Wrap {
    private final int width;
    private final List<Line> lines = new ArrayList<>();
    private final List<Span> line = new ArrayList<>();
    private final List<Span> word = new ArrayList<>();
    private int lineColumns;
    private int wordColumns;
    private boolean blankBefore;
    private Style blankStyle = Style.PLAIN;

    private Wrap(int width) {
        this.width = Math.max(10, width);
    }

    /**
     * Breaks text into lines. A line feed in the text always breaks the line. A word that is too long gets a line of its own and is not cut.
     *
     * @param width in columns; at least 10 are used
     */
    static List<Line> text(List<Span> spans, int width) {
        Wrap wrap = new Wrap(width);
        for (Span span : spans) {
            wrap.add(span);
        }
        wrap.endWord();
        wrap.endLine();
        return wrap.lines;
    }

    static List<Line> text(String text, int width) {
        return text(List.of(new Span(Style.PLAIN, text)), width);
    }

    private void add(Span span) {
        String text = span.text();
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c == ' ' || c == '\n') {
                piece(span.style(), text.substring(start, i));
                endWord();
                if (c == '\n') {
                    endLine();
                } else {
                    blankBefore = true;
                    blankStyle = span.style();
                }
                start = next;
            } else if (breakable(c)) {
                piece(span.style(), text.substring(start, i));
                if (!closes(c)) {
                    endWord();
                }
                piece(span.style(), text.substring(i, next));
                start = next;
            } else if (i > start && breakable(text.codePointBefore(i)) && Columns.of(c) != 0 && !closes(c)) {
                piece(span.style(), text.substring(start, i));
                endWord();
                start = i;
            }
            i = next;
        }
        piece(span.style(), text.substring(start));
    }

    /** Chinese and Japanese text may break anywhere. Korean characters are as wide, but break only at blanks. */
    private static boolean breakable(int c) {
        return Columns.of(c) == 2 && Character.UnicodeScript.of(c) != Character.UnicodeScript.HANGUL;
    }

    /** Punctuation that must not begin a line. */
    private static boolean closes(int c) {
        return ",.;:!?)]}'\"，。、；：！？）」』】".indexOf(c) >= 0;
    }

    private void piece(Style style, String text) {
        if (!text.isEmpty()) {
            word.add(new Span(style, text));
            wordColumns += Columns.of(text);
        }
    }

    private void endWord() {
        if (word.isEmpty()) {
            return;
        }
        int gap = blankBefore && lineColumns > 0 ? 1 : 0;
        if (lineColumns > 0 && lineColumns + gap + wordColumns > width) {
            endLine();
            gap = 0;
        }
        if (gap == 1) {
            Style last = line.get(line.size() - 1).style();
            line.add(new Span(last == blankStyle ? blankStyle : Style.PLAIN, " "));
        }
        line.addAll(word);
        lineColumns += gap + wordColumns;
        word.clear();
        wordColumns = 0;
        blankBefore = false;
    }

    private void endLine() {
        lines.add(new Line(joined(line)));
        line.clear();
        lineColumns = 0;
        blankBefore = false;
    }

    /** Joins neighbours of the same style, so that a line has no needless escape sequences. */
    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).style() == span.style()) {
                joined.set(last, new Span(span.style(), joined.get(last).text() + span.text()));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
