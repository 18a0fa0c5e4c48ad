package dev.drydock.shell.screen;

/** What a piece of text means; the look decides how it is drawn. No meaning is shown by colour alone: words or a mark tell it too. */
public enum Style {
    PLAIN("", ""),
    STRONG("1", "1"),
    EMPHASIS("4", "4"),
    TITLE("1", "1"),
    FAINT("", "2"),
    COMMAND("", "36"),
    CODE("", "36"),
    LINK("4", "4"),
    MET("", "32"),
    NOT_MET("", "31"),
    UNKNOWN("1", "1;34"),
    BAR("", "32");

    private final String weight;
    private final String colour;

    Style(String weight, String colour) {
        this.weight = weight;
        this.colour = colour;
    }

    /** The parameters of the SGR escape sequence ("select graphic rendition"); empty for the terminal's normal text. */
    String sgr(ColorMode ink) {
        return switch (ink) {
            case NONE -> "";
            case WEIGHT -> weight;
            case COLOUR -> colour;
        };
    }
}
