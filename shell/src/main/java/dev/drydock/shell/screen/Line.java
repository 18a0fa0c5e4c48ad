package dev.drydock.shell.screen;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** One line of a screen as styled text, without escape sequences. */
public record Line(List<Span> spans) {
    public static final Line EMPTY = new Line(List.of());

    public Line {
        spans = List.copyOf(spans);
    }

    public static Line of(String text) {
        return of(Style.PLAIN, text);
    }

    public static Line of(Style style, String text) {
        return text.isEmpty() ? EMPTY : new Line(List.of(new Span(style, text)));
    }

    public static Line of(Message sentence) {
        return of(Words.text(sentence));
    }

    public static Line of(Style style, Message sentence) {
        return of(style, Words.text(sentence));
    }

    public Line plus(Message sentence) {
        return plus(Words.text(sentence));
    }

    public Line plus(Style style, Message sentence) {
        return plus(style, Words.text(sentence));
    }

    public Line plus(String text) {
        return plus(Style.PLAIN, text);
    }

    public Line plus(Style style, String text) {
        return text.isEmpty() ? this : plus(List.of(new Span(style, text)));
    }

    public Line plus(Line more) {
        return plus(more.spans);
    }

    public Line plus(List<Span> more) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(more);
        return new Line(all);
    }

    /** The line with blanks up to a column, and with at least {@code gap} blanks. */
    public Line padTo(int column, int gap) {
        return plus(" ".repeat(Math.max(gap, column - columns())));
    }

    /** The width in terminal columns, see {@link Columns}. */
    public int columns() {
        int columns = 0;
        for (Span span : spans) {
            columns += Columns.of(span.text());
        }
        return columns;
    }

    /** The characters without styles. */
    public String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString();
    }

    /**
     * The characters with the escape sequences of this look, without blanks at the end. Control characters other than a tab are drawn as question
     * marks and never reach the terminal: a name that somebody else gave may hold them.
     */
    public String draw(DisplayOptions look) {
        StringBuilder drawn = new StringBuilder();
        int end = text().stripTrailing().length();
        for (Span span : spans) {
            String text = span.text().substring(0, Math.min(end, span.text().length()));
            end -= text.length();
            String sgr = span.style().sgr(look.ink());
            if (text.isEmpty()) {
                continue;
            }
            text = harmless(text);
            if (sgr.isEmpty()) {
                drawn.append(text);
            } else {
                drawn.append("\033[").append(sgr).append('m').append(text).append("\033[0m");
            }
        }
        return drawn.toString();
    }

    private static String harmless(String text) {
        StringBuilder harmless = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            harmless.append(c != '\t' && (Character.isISOControl(c) || turnsLine(c)) ? '?' : c);
        }
        return harmless.toString();
    }

    /** Whether the character changes the direction of writing or begins another line. */
    private static boolean turnsLine(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069') || c == '\u2028' || c == '\u2029';
    }
}
