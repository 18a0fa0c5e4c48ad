package dev.drydock.verify.expect;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How a text is compared, after trimming. */
public record TextMatch(Kind kind, String text) {
    public enum Kind {
        EQUALS,
        CONTAINS,
        /** A regular expression that must be found somewhere, {@code ^} and {@code $} matching at line ends. */
        MATCHES
    }

    /** @throws IllegalArgumentException with a sentence for the author when the text is no regular expression but must be one */
    public TextMatch {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(text);
        if (kind == Kind.MATCHES) {
            try {
                Pattern.compile(text, Pattern.MULTILINE);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a regular expression: " + e.getDescription(), e);
            }
        }
    }

    /** Whether the found text is as wanted. */
    boolean holds(String found) {
        return switch (kind) {
            case EQUALS -> found.strip().equals(text.strip());
            case CONTAINS -> found.contains(text);
            case MATCHES ->
                Pattern.compile(text, Pattern.MULTILINE).matcher(found.strip()).find();
        };
    }

    /** {@code contains 'hello'}. */
    String words() {
        return switch (kind) {
            case EQUALS -> text.isBlank() ? "is empty" : "is " + Words.quote(text);
            case CONTAINS -> "contains " + Words.quote(text);
            case MATCHES -> "matches " + Words.quote(text);
        };
    }

    /** {@code does not contain 'hello'}. */
    String opposite() {
        return switch (kind) {
            case EQUALS -> text.isBlank() ? "is not empty" : "is not " + Words.quote(text);
            case CONTAINS -> "does not contain " + Words.quote(text);
            case MATCHES -> "does not match " + Words.quote(text);
        };
    }

    /** What stands there instead: {@code is 'bye'}, {@code is empty}. */
    static String actual(String found) {
        return found.isBlank() ? "is empty" : "is " + Words.quote(found);
    }
}
