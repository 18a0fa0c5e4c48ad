package dev.drydock.verify.packet;

/** The numbers from the first to the last one, both included. An address, a port and a mark are such numbers, none of them negative. */
record NumberRange(long first, long last) {
    NumberRange {
        if (first > last) {
            throw new IllegalArgumentException(first + "-" + last + " is no range");
        }
    }

    static NumberRange of(long only) {
        return new NumberRange(only, only);
    }

    boolean contains(long number) {
        return number >= first && number <= last;
    }
}
