package dev.drydock.verify.packet;

/** Three-valued logic: UNKNOWN where the facts do not decide. */
public enum Ternary {
    YES,
    NO,
    UNKNOWN;

    public static Ternary of(boolean holds) {
        return holds ? YES : NO;
    }

    public Ternary not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }

    public Ternary and(Ternary other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : UNKNOWN;
    }

    public Ternary or(Ternary other) {
        return not().and(other.not()).not();
    }
}
