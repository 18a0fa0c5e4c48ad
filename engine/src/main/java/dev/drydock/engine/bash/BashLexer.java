package dev.drydock.engine.bash;

import dev.drydock.engine.bash.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides a command line into words, operators, comments and here-documents as bash would, and tells whether more must be typed. Never throws.
 *
 * <p>Bash itself has the last word: when it finds a line incomplete that this class takes for complete, it asks for more.
 */
public final class BashLexer {
    private static final Map<String, String> CLOSERS = Map.of(
            "if", "fi", "while", "done", "until", "done", "for", "done", "select", "done", "case", "esac", "{", "}",
            "[[", "]]");
    /** Words after which a command begins. */
    private static final Set<String> LEADING =
            Set.of("if", "then", "elif", "else", "while", "until", "do", "{", "!", "time");

    private static final Set<String> CLOSING = Set.of("fi", "done", "esac", "}", "]]");
    private static final String OPERATORS = ";&|()<>\n";

    /** The deepest nesting that is read. No real script is deeper, and bash itself ends without a message where the nesting is much deeper. */
    public static final int DEEPEST = 200;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<String> closers = new ArrayDeque<>();
    private final Deque<HereDocument> hereDocuments = new ArrayDeque<>();
    private Optional<Open> open = Optional.empty();
    private boolean commandNext = true;
    private boolean hereDocumentNext;
    private boolean stripTabs;
    private boolean afterBinary;
    private int at;
    /** How many double quotes are open inside each other at the place that is skipped. */
    private int nesting;

    private int deepest;
    private final List<Integer> commandLines = new ArrayList<>(List.of(0));

    private record HereDocument(String delimiter, boolean stripTabs) {}

    /** What is not closed at the end of a text, so that it cannot be run yet. */
    public enum Open {
        SINGLE_QUOTE,
        DOUBLE_QUOTE,
        SUBSTITUTION,
        BACKSLASH,
        HERE_DOCUMENT,
        COMPOUND,
        OPERATOR
    }

    /**
     * What was read.
     *
     * @param tokens in the order of the text; blanks are left out
     * @param open why more must be typed; empty when the text can be run
     * @param commandLines indexes in the text of the beginnings of lines that begin a command at the top level, outside quotes, here-documents,
     *     compounds and continued lists; the first is 0
     * @param depth how deep brackets, compounds and substitutions are nested; above {@link #DEEPEST} the tokens are not reliable
     */
    public record Read(List<Token> tokens, Optional<Open> open, List<Integer> commandLines, int depth) {
        /** The name of the first command, without quotes; an empty string when there is none. */
        public String first() {
            return tokens.stream()
                    .filter(Token::command)
                    .findFirst()
                    .map(Token::value)
                    .orElse("");
        }
    }

    private BashLexer(String text) {
        this.text = text;
    }

    /** Reads a whole text of one or more lines. Never throws. */
    public static Read read(String text) {
        return new BashLexer(text).read();
    }

    private Read read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                end = end < 0 ? text.length() : end;
                add(Kind.COMMENT, end);
            } else if (OPERATORS.indexOf(c) >= 0 && !text.startsWith("<(", at) && !text.startsWith(">(", at)) {
                operator(c);
            } else {
                word();
            }
        }
        if (open.isEmpty() && !hereDocuments.isEmpty()) {
            open = Optional.of(Open.HERE_DOCUMENT);
        }
        if (open.isEmpty() && !closers.isEmpty()) {
            open = Optional.of(Open.COMPOUND);
        }
        if (open.isEmpty() && afterBinary) {
            open = Optional.of(Open.OPERATOR);
        }
        return new Read(List.copyOf(tokens), open, List.copyOf(commandLines), deepest);
    }

    private void operator(char c) {
        if (c == '<' || c == '>' || text.startsWith("&>", at)) {
            redirection();
            return;
        }
        int end = at + 1;
        if (c != '\n' && end < text.length() && "()".indexOf(c) < 0) {
            char next = text.charAt(end);
            if (next == c || (c == '|' && next == '&') || (c == ';' && next == '&')) {
                end++;
            }
        }
        String operator = text.substring(at, end);
        boolean function = operator.equals("(") && text.startsWith("()", at) && !commandNext;
        add(Kind.SEPARATOR, end);
        if (function) {
            add(Kind.SEPARATOR, end + 1);
        } else if (operator.equals("(")) {
            close(")");
        } else if (operator.equals(")") && ")".equals(closers.peek())) {
            closers.pop();
        }
        if (operator.equals("\n")) {
            if (open.isEmpty() && closers.isEmpty() && hereDocuments.isEmpty() && !afterBinary) {
                commandLines.add(at);
            }
            bodies();
        } else {
            afterBinary = operator.equals("&&") || operator.startsWith("|") || function;
        }
        commandNext = true;
    }

    private void close(String closer) {
        closers.push(closer);
        deepest = Math.max(deepest, closers.size() + nesting);
    }

    private void redirection() {
        int end = at;
        while (end < text.length() && "<>&|-".indexOf(text.charAt(end)) >= 0 && end - at < 3) {
            end++;
        }
        String operator = text.substring(at, end);
        if (operator.startsWith("<<") && !operator.startsWith("<<<")) {
            hereDocumentNext = true;
            stripTabs = operator.equals("<<-");
            end = at + (stripTabs ? 3 : 2);
        } else {
            while (end > at + 1 && text.charAt(end - 1) == '-') {
                end--;
            }
        }
        boolean before = commandNext;
        add(Kind.REDIRECTION, end);
        while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at < text.length() && OPERATORS.indexOf(text.charAt(at)) < 0) {
            commandNext = false;
            word();
        }
        hereDocumentNext = false;
        commandNext = before;
        afterBinary = false;
    }

    private void word() {
        int start = at;
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        while (at < text.length() && !ends(text.charAt(at), start)) {
            char c = text.charAt(at);
            quoted |= c == '\'' || c == '"' || c == '\\';
            part(c, value);
        }
        String word = value.toString();
        boolean keyword = commandNext
                && !quoted
                && (CLOSERS.containsKey(word)
                        || LEADING.contains(word)
                        || CLOSING.contains(word)
                        || word.equals("function"));
        boolean closesTest = "]]".equals(closers.peek()) && word.equals("]]");
        Kind kind = keyword || closesTest ? Kind.KEYWORD : Kind.WORD;
        int end = at;
        at = start;
        boolean assignment = commandNext && word.matches("(?s)\\w+(\\[[^]]*])?\\+?=.*");
        tokens.add(new Token(kind, start, end, word, commandNext && kind == Kind.WORD && !assignment));
        at = end;
        afterBinary = false;
        if (hereDocumentNext) {
            hereDocuments.add(new HereDocument(word, stripTabs));
        } else if (kind == Kind.KEYWORD) {
            keyword(word);
        } else {
            commandNext = assignment || namesFunction();
        }
    }

    /** Whether the word just read is the name in {@code function name}. */
    private boolean namesFunction() {
        return tokens.size() > 1
                && tokens.get(tokens.size() - 2).is(Kind.KEYWORD)
                && tokens.get(tokens.size() - 2).value().equals("function");
    }

    private void keyword(String word) {
        if (word.equals(closers.peek())) {
            closers.pop();
        } else if (CLOSERS.containsKey(word)) {
            close(CLOSERS.get(word));
        }
        commandNext = LEADING.contains(word);
    }

    private boolean ends(char c, int start) {
        if (" \t\n;&|()".indexOf(c) >= 0) {
            return true;
        }
        return (c == '<' || c == '>') && at > start;
    }

    private void part(char c, StringBuilder value) {
        switch (c) {
            case '\\' -> {
                if (at + 1 >= text.length()) {
                    open = Optional.of(Open.BACKSLASH);
                    at++;
                } else {
                    if (text.charAt(at + 1) != '\n') {
                        value.append(text.charAt(at + 1));
                    }
                    at += 2;
                }
            }
            case '\'' -> single(value, false);
            case '"' -> doubled(value);
            case '`' -> copyTo(skipBackquotes(at), value);
            case '$' -> {
                char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
                if (next == '\'') {
                    at++;
                    single(value, true);
                } else if (next == '(' || next == '{') {
                    copyTo(skipNested(at + 1), value);
                } else {
                    copyTo(at + 1, value);
                }
            }
            case '<', '>' -> copyTo(skipNested(at + 1), value);
            default -> copyTo(at + 1, value);
        }
    }

    private void copyTo(int end, StringBuilder value) {
        value.append(text, at, Math.min(end, text.length()));
        at = Math.min(end, text.length());
    }

    private void single(StringBuilder value, boolean escapes) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '\'') {
            i += escapes && text.charAt(i) == '\\' ? 2 : 1;
        }
        value.append(text, at + 1, Math.min(i, text.length()));
        if (i >= text.length()) {
            open = Optional.of(Open.SINGLE_QUOTE);
        }
        at = Math.min(i + 1, text.length());
    }

    private void doubled(StringBuilder value) {
        int end = skipDoubled(at);
        value.append(text, at + 1, Math.max(at + 1, Math.min(open.isPresent() ? end : end - 1, text.length())));
        at = Math.min(end, text.length());
    }

    /** @return the index after the closing quote */
    private int skipDoubled(int from) {
        nesting++;
        deepest = Math.max(deepest, nesting);
        int end = nesting > DEEPEST ? text.length() + 1 : doubledEnd(from);
        nesting--;
        return end;
    }

    private int doubledEnd(int from) {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == '`') {
                i = skipBackquotes(i);
            } else if (c == '$' && i + 1 < text.length() && "({".indexOf(text.charAt(i + 1)) >= 0) {
                i = skipNested(i + 1);
            } else {
                i++;
            }
        }
        if (i >= text.length() && open.isEmpty()) {
            open = Optional.of(Open.DOUBLE_QUOTE);
        }
        return i + 1;
    }

    private int skipBackquotes(int from) {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '`') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= text.length()) {
            open = Optional.of(Open.SUBSTITUTION);
        }
        return i + 1;
    }

    /** @param from index of the opening bracket */
    private int skipNested(int from) {
        char opens = text.charAt(from);
        char closes = opens == '(' ? ')' : '}';
        int depth = 0;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == '\'') {
                int end = text.indexOf('\'', i + 1);
                i = end < 0 ? text.length() : end + 1;
            } else if (c == '"') {
                i = skipDoubled(i);
            } else {
                depth += c == opens ? 1 : c == closes ? -1 : 0;
                deepest = Math.max(deepest, depth + nesting);
                i++;
                if (depth == 0) {
                    return i;
                }
            }
        }
        if (open.isEmpty()) {
            open = Optional.of(Open.SUBSTITUTION);
        }
        return i;
    }

    /** Reads the bodies of the here-documents that the line before has begun. */
    private void bodies() {
        while (!hereDocuments.isEmpty() && at < text.length()) {
            HereDocument document = hereDocuments.peek();
            int start = at;
            boolean closed = false;
            while (at < text.length() && !closed) {
                int end = text.indexOf('\n', at);
                String line = text.substring(at, end < 0 ? text.length() : end);
                closed = (document.stripTabs() ? line.replaceFirst("^\t+", "") : line).equals(document.delimiter());
                at = end < 0 || closed ? at + line.length() : end + 1;
            }
            tokens.add(new Token(Kind.HERE_DOCUMENT, start, at, text.substring(start, at), false));
            if (!closed) {
                return;
            }
            hereDocuments.remove();
        }
    }

    private void add(Kind kind, int end) {
        int stop = Math.min(end, text.length());
        tokens.add(new Token(kind, at, stop, text.substring(at, stop), false));
        at = stop;
    }
}
