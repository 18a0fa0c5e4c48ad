package dev.drydock.shell.screen;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * How a screen is drawn: its size, styles and characters.
 *
 * @param columns the terminal's width; 80 where there is none; at least 20
 * @param rows the terminal's height; 0 where there is none, and then nothing is shortened to fit
 * @param ink the styles that may be used
 * @param unicode whether the terminal shows characters beyond ASCII; a dumb terminal is not trusted with them
 */
public record DisplayOptions(int columns, int rows, ColorMode ink, boolean unicode) {
    private static final int READABLE = 78;
    private static final int WIDEST_TABLE = 112;

    public DisplayOptions {
        columns = columns <= 0 ? 80 : Math.max(20, columns);
        rows = Math.max(0, rows);
    }

    /** For a pipe or a file: characters only, 80 columns. */
    public static DisplayOptions plain(boolean unicode) {
        return new DisplayOptions(80, 0, ColorMode.NONE, unicode);
    }

    /**
     * The options that the environment asks for: {@code NO_COLOR}, {@code TERM}, {@code COLUMNS} and the locale.
     *
     * @param terminal whether the output is a terminal
     * @param columns its width, 0 when unknown
     * @param rows its height, 0 when unknown
     */
    public static DisplayOptions of(Map<String, String> environment, boolean terminal, int columns, int rows) {
        ColorMode ink = ColorMode.NONE;
        boolean dumb = isDumb(environment);
        if (terminal && !dumb) {
            ink = environment.getOrDefault("NO_COLOR", "").isEmpty() ? ColorMode.COLOUR : ColorMode.WEIGHT;
        }
        int width = columns > 0 ? columns : number(environment.get("COLUMNS"));
        boolean unicode = charset(environment).equals(StandardCharsets.UTF_8) && !(terminal && dumb);
        return new DisplayOptions(width, terminal ? rows : 0, ink, unicode);
    }

    /** Whether {@code TERM} is {@code dumb}, empty or not set: the terminal can only write lines. */
    public static boolean isDumb(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return term.isEmpty() || term.equals("dumb");
    }

    /** The character set of the locale in the environment: UTF-8, or else US-ASCII. */
    public static Charset charset(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                String lower = locale.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8")
                        ? StandardCharsets.UTF_8
                        : StandardCharsets.US_ASCII;
            }
        }
        return StandardCharsets.US_ASCII;
    }

    private static int number(String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** The widest line of text in columns; longer lines are hard to read. */
    int measure() {
        return Math.min(columns - 1, READABLE);
    }

    /** The widest line of a table in columns: up to 112, because a table is not read like text. */
    int tableMeasure() {
        return Math.min(columns - 1, WIDEST_TABLE);
    }

    String met() {
        return unicode ? "●" : "[x]";
    }

    String notMet() {
        return unicode ? "○" : "[ ]";
    }

    /** The mark of a verdict that could not be determined. */
    String unknown() {
        return unicode ? "?" : "[?]";
    }

    String pass() {
        return unicode ? "✓" : "ok";
    }

    /** The mark of what was done by showing its solution. */
    String shown() {
        return "~";
    }

    String fail() {
        return unicode ? "✗" : "x";
    }

    String here() {
        return unicode ? "▸" : ">";
    }

    String cannot() {
        return unicode ? "–" : "-";
    }

    String dot() {
        return unicode ? "·" : "-";
    }

    String ellipsis() {
        return unicode ? "…" : "...";
    }

    /** A bar of {@code cells} characters of which {@code part} of {@code whole} are filled. The caller also tells this in words. */
    Line bar(int part, int whole, int cells) {
        int full = whole <= 0 ? 0 : Math.min(cells, cells * part / whole);
        return unicode
                ? Line.of(Style.BAR, "━".repeat(full)).plus(Style.FAINT, "─".repeat(cells - full))
                : Line.of(Style.BAR, "#".repeat(full)).plus(Style.FAINT, ".".repeat(cells - full));
    }

    /** The text in characters that the terminal shows: without Unicode, other characters are spelled in ASCII. Control characters become blanks. */
    String spell(String text) {
        StringBuilder spelled = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            boolean control = c < ' ' || (c >= 0x7f && c < 0xa0) || turns(c);
            if ((control || (!unicode && c > 0x7e)) && spelled == null) {
                spelled = new StringBuilder(text.substring(0, i));
            }
            if (spelled != null) {
                spelled.append(control ? " " : unicode || c <= 0x7e ? Character.toString(c) : ascii(c));
            }
            i += length;
        }
        return spelled == null ? text : spelled.toString();
    }

    /** The sentence in characters that the terminal shows. */
    String spell(Message sentence) {
        return spell(Words.text(sentence));
    }

    /** Whether a character changes the direction of writing; it would turn the whole row around. */
    private static boolean turns(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
    }

    private static String ascii(int c) {
        return switch (c) {
            case '‘', '’', '‚', '′' -> "'";
            case '“', '”', '„', '″' -> "\"";
            case '–', '−', '‐', '‑', '·', '•', '─', '━' -> "-";
            case '—' -> "--";
            case '…' -> "...";
            case '→', '▸', '⇒' -> "->";
            case '←' -> "<-";
            case '⇄', '↔' -> "<->";
            case '×', '✗' -> "x";
            case '✓' -> "ok";
            case '●' -> "[x]";
            case '○' -> "[ ]";
            case '═' -> "=";
            case '│' -> "|";
            case '≤' -> "<=";
            case '≥' -> ">=";
            case '≠' -> "!=";
            case 0xa0 -> " ";
            default -> Columns.of(c) == 0 ? "" : "?".repeat(Columns.of(c));
        };
    }
}
