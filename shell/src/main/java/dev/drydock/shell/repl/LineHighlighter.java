package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.shell.repl.Vocabulary.Standing;
import java.util.function.Function;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Highlights a line by the syntax of bash. A command name is marked as unknown only when it is certain that there is no such command. */
final class LineHighlighter implements Highlighter {
    private final Function<String, Standing> standing;
    private final LineColours colours;

    LineHighlighter(Function<String, Standing> standing, LineColours colours) {
        this.standing = standing;
        this.colours = colours;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        return highlight(buffer);
    }

    AttributedString highlight(String line) {
        AttributedStringBuilder shown = new AttributedStringBuilder();
        int at = 0;
        for (Token token : BashLexer.read(line).tokens()) {
            shown.append(line.substring(at, token.start()));
            shown.styled(style(token, line), line.substring(token.start(), token.end()));
            at = token.end();
        }
        return shown.append(line.substring(at)).toAttributedString();
    }

    private AttributedStyle style(Token token, String line) {
        return switch (token.kind()) {
            case KEYWORD, SEPARATOR, REDIRECTION -> colours.operator();
            case COMMENT -> colours.comment();
            case HERE_DOCUMENT -> colours.string();
            case WORD -> word(token, line);
        };
    }

    private AttributedStyle word(Token token, String line) {
        if (token.command()) {
            return switch (standing.apply(token.value())) {
                case VERB -> colours.verb();
                case COMMAND -> colours.command();
                case UNKNOWN -> colours.unknown();
                case UNSURE -> AttributedStyle.DEFAULT;
            };
        }
        char first = line.charAt(token.start());
        if (first == '\'' || first == '"') {
            return colours.string();
        }
        return first == '-' ? colours.option() : AttributedStyle.DEFAULT;
    }
}
