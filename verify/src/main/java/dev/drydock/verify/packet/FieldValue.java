package dev.drydock.verify.packet;

import java.util.OptionalLong;

/** What a packet has where a rule looks, as far as that is known. */
sealed interface FieldValue {
    /** The smallest number that it can be. */
    long low();

    /** The largest number that it can be. */
    long high();

    /** Whether it can be this number, which lies between {@link #low} and {@link #high}. */
    default boolean mayBe(long number) {
        return number >= low() && number <= high();
    }

    /** Whether its name matches; a {@code +} at the end of the pattern stands for anything. Unknown for what has no name. */
    default Ternary isNamed(String pattern) {
        return Ternary.UNKNOWN;
    }

    static FieldValue of(long number) {
        return new Bits(number, ~0L);
    }

    /** A number of so many bits, of which none is known. */
    static FieldValue unknown(int bits) {
        return new Bits(0, ~0L << bits);
    }

    /** One out of a range. */
    static FieldValue between(long first, long last) {
        return first == last ? of(first) : new Range(first, last);
    }

    private Bits bits() {
        if (this instanceof Bits bits) {
            return bits;
        }
        long differing = low() ^ high();
        long known = differing == 0 ? ~0L : ~(Long.highestOneBit(differing) * 2 - 1);
        return new Bits(low() & known, known);
    }

    default FieldValue and(long mask) {
        Bits its = bits();
        return this == Absent.ABSENT ? this : new Bits(its.value & mask, its.known | ~mask);
    }

    default FieldValue or(long mask) {
        Bits its = bits();
        return this == Absent.ABSENT ? this : new Bits(its.value | mask, its.known | mask);
    }

    default FieldValue xor(long mask) {
        Bits its = bits();
        return this == Absent.ABSENT ? this : new Bits((its.value ^ mask) & its.known, its.known);
    }

    /** The bits that are set in one of both only. */
    default FieldValue xor(FieldValue other) {
        Bits a = bits();
        Bits b = other.bits();
        long known = a.known & b.known;
        return this == Absent.ABSENT || other == Absent.ABSENT
                ? Absent.ABSENT
                : new Bits((a.value ^ b.value) & known, known);
    }

    /** The bits that are set in both. */
    default FieldValue and(FieldValue other) {
        Bits a = bits();
        Bits b = other.bits();
        long zeros = (a.known & ~a.value) | (b.known & ~b.value);
        return this == Absent.ABSENT || other == Absent.ABSENT
                ? Absent.ABSENT
                : new Bits(a.value & b.value, (a.known & b.known) | zeros);
    }

    /** The bits that are set in either. */
    default FieldValue or(FieldValue other) {
        Bits a = bits();
        Bits b = other.bits();
        long ones = a.value | b.value;
        return this == Absent.ABSENT || other == Absent.ABSENT
                ? Absent.ABSENT
                : new Bits(ones, (a.known & b.known) | ones);
    }

    /** Shifted to the left, or to the right where {@code places} is negative; 32 bits stay. */
    default FieldValue shifted(int places) {
        if (this == Absent.ABSENT || places < -31 || places > 31) {
            return this == Absent.ABSENT ? this : unknown(32);
        }
        Bits its = bits();
        long all = 0xffffffffL;
        return places >= 0
                ? new Bits(its.value << places & all, its.known << places | ~(all << places))
                : new Bits((its.value & all) >>> -places, ((its.known & all) >>> -places) | ~(all >>> -places));
    }

    /** Whether one of these bits is set. */
    default Ternary hasAny(long mask) {
        Bits its = bits();
        return this == Absent.ABSENT
                ? Ternary.NO
                : (its.value & mask) != 0 ? Ternary.YES : (its.known & mask) == mask ? Ternary.NO : Ternary.UNKNOWN;
    }

    /** The number, where it is known. */
    default OptionalLong number() {
        return this != Absent.ABSENT && low() == high() ? OptionalLong.of(low()) : OptionalLong.empty();
    }

    /** The packet has no such thing, such as a port of ICMP: no comparison holds, {@code !=} neither. */
    enum Absent implements FieldValue {
        ABSENT;

        @Override
        public long low() {
            return 0;
        }

        @Override
        public long high() {
            return 0;
        }
    }

    /**
     * A number.
     *
     * @param value its bits; 0 where they are not known
     * @param known a one for each bit that is known
     */
    record Bits(long value, long known) implements FieldValue {
        @Override
        public long low() {
            return value;
        }

        @Override
        public long high() {
            return value | ~known;
        }

        @Override
        public boolean mayBe(long number) {
            return ((number ^ value) & known) == 0;
        }
    }

    /** A number out of these. */
    record Range(long low, long high) implements FieldValue {}

    /**
     * An interface, or none, which has the index 0 and an empty name.
     *
     * @param low the smallest index that it may have
     */
    record Interface(PacketDevice device, long low, long high) implements FieldValue {
        private static final long LARGEST = Integer.MAX_VALUE;

        static Interface of(PacketDevice device, Router router) {
            if (device.kind() == PacketDevice.Kind.NONE) {
                return new Interface(device, 0, 0);
            }
            return device.known()
                    .flatMap(router::link)
                    .map(link -> new Interface(device, link.index(), link.index()))
                    .orElseGet(() -> new Interface(device, 1, LARGEST));
        }

        /** One that cannot be told, or none at all. */
        static Interface any() {
            return new Interface(PacketDevice.UNKNOWN, 0, LARGEST);
        }

        @Override
        public Ternary isNamed(String pattern) {
            return device.is(pattern);
        }
    }
}
