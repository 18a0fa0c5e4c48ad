package dev.drydock.shell.repl;

import dev.drydock.shell.screen.ColorMode;
import dev.drydock.shell.screen.DisplayOptions;
import org.jline.utils.AttributedStyle;

/** The styles for the parts of a typed line. No meaning depends on a style alone. */
record LineColours(ColorMode ink) {
    static LineColours of(DisplayOptions look) {
        return new LineColours(look.ink());
    }

    /** Whether any style differs from plain text. */
    boolean visible() {
        return ink != ColorMode.NONE;
    }

    AttributedStyle command() {
        return visible() ? AttributedStyle.BOLD : AttributedStyle.DEFAULT;
    }

    AttributedStyle verb() {
        return colour(AttributedStyle.CYAN, command());
    }

    AttributedStyle unknown() {
        return colour(AttributedStyle.RED, AttributedStyle.DEFAULT);
    }

    AttributedStyle option() {
        return colour(AttributedStyle.BLUE, AttributedStyle.DEFAULT);
    }

    AttributedStyle string() {
        return colour(AttributedStyle.GREEN, AttributedStyle.DEFAULT);
    }

    AttributedStyle operator() {
        return colour(AttributedStyle.MAGENTA, AttributedStyle.DEFAULT);
    }

    AttributedStyle comment() {
        return visible() ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
    }

    private AttributedStyle colour(int colour, AttributedStyle otherwise) {
        return ink == ColorMode.COLOUR ? AttributedStyle.DEFAULT.foreground(colour) : otherwise;
    }
}
