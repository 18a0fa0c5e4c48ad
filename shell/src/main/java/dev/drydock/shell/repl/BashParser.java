package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.bash.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine where the words of a line begin and end, and whether Enter asks for another line, by the rules of bash. */
final class BashParser implements Parser {
    private static final String SPECIAL = " \t\n\\'\"`$&|;<>()*?[]{}#!~=";

    private final Predicate<String> anyText;

    /** @param anyText whether a line is text and not a command; an apostrophe in text opens no quotes */
    BashParser(Predicate<String> anyText) {
        this.anyText = anyText;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.COMPLETE) {
            return atCursor(line, cursor);
        }
        if (context == ParseContext.ACCEPT_LINE) {
            String command = PastedPrompts.off(line).text();
            Optional<BashLexer.Open> open = BashLexer.read(command).open();
            if (open.isPresent() && !anyText.test(command)) {
                throw new EOFError(-1, cursor, "more is wanted: " + open.get(), "");
            }
        }
        return new AtCursor(
                line, cursor, List.of(line), 0, line, Math.min(cursor, line.length()), line.length(), cursor);
    }

    /** The words of the simple command at the cursor, up to the word at the cursor. A redirection before that word counts as the word {@code >}. */
    static AtCursor atCursor(String line, int cursor) {
        String before = line.substring(0, cursor);
        List<String> words = new ArrayList<>();
        int start = cursor;
        String word = "";
        boolean redirected = false;
        for (Token token : BashLexer.read(before).tokens()) {
            boolean touches = token.end() == cursor && !before.isEmpty();
            switch (token.kind()) {
                case WORD, KEYWORD -> {
                    if (touches) {
                        start = token.start();
                        word = token.value();
                    } else if (redirected) {
                        redirected = false;
                    } else if (token.is(Kind.WORD) && (token.command() || !words.isEmpty())) {
                        words.add(token.value());
                    }
                }
                case SEPARATOR -> {
                    words.clear();
                    redirected = false;
                }
                case REDIRECTION -> redirected = true;
                case COMMENT, HERE_DOCUMENT -> {
                    start = token.start();
                    word = token.value();
                }
            }
        }
        if (redirected) {
            words.add(">");
        }
        words.add(word);
        return new AtCursor(line, cursor, words, words.size() - 1, word, word.length(), cursor - start, cursor - start);
    }

    /** @param words the words of the simple command; the last one is the part of the word before the cursor */
    record AtCursor(
            String line,
            int cursor,
            List<String> words,
            int wordIndex,
            String word,
            int wordCursor,
            int rawWordLength,
            int rawWordCursor)
            implements CompletingParsedLine {
        AtCursor {
            words = List.copyOf(words);
        }

        /** The candidate with backslashes, so that bash reads it as one word. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            StringBuilder escaped = new StringBuilder();
            for (int i = 0; i < candidate.length(); i++) {
                char c = candidate.charAt(i);
                if (SPECIAL.indexOf(c) >= 0 && !(i == 0 && (c == '~' || c == '$')) && c != '=') {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
            return escaped;
        }
    }
}
