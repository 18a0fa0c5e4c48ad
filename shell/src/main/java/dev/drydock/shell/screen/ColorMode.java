package dev.drydock.shell.screen;

/** The styles that a terminal may show. */
public enum ColorMode {
    /** Characters only: a pipe, a file, {@code TERM=dumb}. */
    NONE,
    /** Bold and underline, no colour: a terminal with {@code NO_COLOR}. */
    WEIGHT,
    /** The sixteen colours of the terminal's own palette. */
    COLOUR
}
