package dev.drydock.verify.expect;

/** How a text is compared, after trimming. */
public record TextMatch(Kind kind, String text) {
    public enum Kind {
        EQUALS,
        CONTAINS,
        /** A regular expression that must be found somewhere, {@code ^} and {@code $} matching at line ends. */
        MATCHES
    }
}
