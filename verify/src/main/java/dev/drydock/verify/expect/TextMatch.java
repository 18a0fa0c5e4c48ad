package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Regex;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Compares a text. For EQUALS and MATCHES leading and trailing white space is ignored. */
public record TextMatch(Kind kind, String text) {
    public enum Kind {
        EQUALS,
        CONTAINS,
        /** A regular expression that must match somewhere; {@code ^} and {@code $} match at line ends. */
        MATCHES
    }

    /** @throws IllegalArgumentException with a sentence for the author when the text must be a regular expression but is none */
    public TextMatch {
        if (kind == Kind.MATCHES) {
            try {
                Regex.of(text, Pattern.MULTILINE);
            } catch (PatternSyntaxException e) {
                throw new Complaint(say("text.not-a-pattern", "text", text, "error", e.getDescription()), e);
            }
        }
    }

    /** Whether the text is as wanted; only a regular expression can give {@link Regex.Found#TOO_LONG}. */
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

    /** Why the comparison has no result. */
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

    /** The actual text as a clause: {@code is 'bye'}, {@code is empty}. */
    static Message actual(String found) {
        return found.isBlank() ? say("text.empty") : say("text.is", "text", quote(found));
    }

    /** The first line, at most 60 characters, in quotation marks; an ellipsis where it is cut. */
    static String quote(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        boolean cut = line.length() > 60 || line.length() < text.strip().length();
        return "'" + (line.length() > 60 ? line.substring(0, 60) : line) + (cut ? "…" : "") + "'";
    }
}
