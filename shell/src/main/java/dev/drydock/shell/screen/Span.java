package dev.drydock.shell.screen;

import java.util.Objects;

/** A piece of a line in one style. */
public record Span(Style style, String text) {
    public Span {
        Objects.requireNonNull(style);
        Objects.requireNonNull(text);
    }
}
