package dev.drydock.verify.expect;

import dev.drydock.verify.Regex;
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
                Regex.of(text, Pattern.MULTILINE);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a regular expression: " + e.getDescription(), e);
            }
        }
    }

    /** Whether the found text is as wanted; only a regular expression can take too long. */
    Regex.Found holds(String found) {
        return switch (kind) {
            case EQUALS -> yes(found.strip().equals(text.strip()));
            case CONTAINS -> yes(found.contains(text));
            case MATCHES -> Regex.of(text, Pattern.MULTILINE).find(found.strip());
        };
    }

    private static Regex.Found yes(boolean holds) {
        return holds ? Regex.Found.YES : Regex.Found.NO;
    }

    /** Why nobody can tell whether a text is as wanted. */
    String tooLong() {
        return "the regular expression " + PlaceWords.quote(text) + " takes too long on what is there";
    }

    /** {@code contains 'hello'}. */
    String words() {
        return switch (kind) {
            case EQUALS -> text.isBlank() ? "is empty" : "is " + PlaceWords.quote(text);
            case CONTAINS -> "contains " + PlaceWords.quote(text);
            case MATCHES -> "matches " + PlaceWords.quote(text);
        };
    }

    /** {@code does not contain 'hello'}. */
    String opposite() {
        return switch (kind) {
            case EQUALS -> text.isBlank() ? "is not empty" : "is not " + PlaceWords.quote(text);
            case CONTAINS -> "does not contain " + PlaceWords.quote(text);
            case MATCHES -> "does not match " + PlaceWords.quote(text);
        };
    }

    /** What stands there instead: {@code is 'bye'}, {@code is empty}. */
    static String actual(String found) {
        return found.isBlank() ? "is empty" : "is " + PlaceWords.quote(found);
    }
}
