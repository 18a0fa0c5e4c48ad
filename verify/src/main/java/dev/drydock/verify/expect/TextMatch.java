package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Regex;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
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
        if (kind == Kind.MATCHES) {
            try {
                Regex.of(text, Pattern.MULTILINE);
            } catch (PatternSyntaxException e) {
                throw new Complaint(say("text.not-a-pattern", "text", text, "error", e.getDescription()), e);
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
    Message tooLong() {
        return say("text.too-long", "pattern", quote(text));
    }

    /** {@code contains 'hello'}. */
    Message words() {
        return switch (kind) {
            case EQUALS -> text.isBlank() ? say("text.empty") : say("text.is", "text", quote(text));
            case CONTAINS -> say("text.contains", "text", quote(text));
            case MATCHES -> say("text.matches", "text", quote(text));
        };
    }

    /** {@code does not contain 'hello'}. */
    Message opposite() {
        return switch (kind) {
            case EQUALS -> text.isBlank() ? say("text.not-empty") : say("text.is-not", "text", quote(text));
            case CONTAINS -> say("text.contains-not", "text", quote(text));
            case MATCHES -> say("text.matches-not", "text", quote(text));
        };
    }

    /** What stands there instead: {@code is 'bye'}, {@code is empty}. */
    static Message actual(String found) {
        return found.isBlank() ? say("text.empty") : say("text.is", "text", quote(found));
    }

    /** One line of at most 60 characters between quotation marks. */
    static String quote(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        boolean cut = line.length() > 60 || line.length() < text.strip().length();
        return "'" + (line.length() > 60 ? line.substring(0, 60) : line) + (cut ? "…" : "") + "'";
    }
}
