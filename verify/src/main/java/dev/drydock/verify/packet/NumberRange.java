package dev.drydock.verify.packet;

import java.math.BigInteger;

/**
 * The numbers from the first to the last one, both included. An address of either version of IP, a port and a mark are such numbers, none of
 * them negative.
 */
record NumberRange(BigInteger first, BigInteger last) {
    /** @throws IllegalArgumentException when the first number is larger than the last one */
    NumberRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException(first + "-" + last + " is no range");
        }
    }

    NumberRange(long first, long last) {
        this(BigInteger.valueOf(first), BigInteger.valueOf(last));
    }

    static NumberRange of(BigInteger only) {
        return new NumberRange(only, only);
    }

    static NumberRange of(long only) {
        return of(BigInteger.valueOf(only));
    }

    boolean contains(BigInteger number) {
        return number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
    }
}
