package dev.drydock.verify.packet;

import java.math.BigInteger;
import java.util.Optional;

/** The value of a packet field, which may be known only in part. Operations with an absent value give an absent value. */
sealed interface FieldValue {
    /** A mask with all bits set, of any length. */
    BigInteger ALL = BigInteger.ONE.negate();

    /** The smallest possible value. */
    BigInteger low();

    /** The largest possible value. */
    BigInteger high();

    /** Whether the value may be this number. The caller passes a number between {@link #low} and {@link #high}. */
    default boolean mayBe(BigInteger number) {
        return number.compareTo(low()) >= 0 && number.compareTo(high()) <= 0;
    }

    /** Whether the interface name matches; a {@code +} at the end of the pattern matches any rest. Unknown for values that are no interface. */
    default Ternary isNamed(String pattern) {
        return Ternary.UNKNOWN;
    }

    static FieldValue of(BigInteger number) {
        return new Bits(number, ALL);
    }

    static FieldValue of(long number) {
        return of(BigInteger.valueOf(number));
    }

    /** A number of so many bits, all of them unknown. */
    static FieldValue unknown(int bits) {
        return new Bits(BigInteger.ZERO, ALL.shiftLeft(bits));
    }

    /** A number in a range, both ends included. */
    static FieldValue between(BigInteger first, BigInteger last) {
        return first.equals(last) ? of(first) : new Range(first, last);
    }

    static FieldValue between(long first, long last) {
        return between(BigInteger.valueOf(first), BigInteger.valueOf(last));
    }

    private Bits bits() {
        if (this instanceof Bits bits) {
            return bits;
        }
        BigInteger known = ALL.shiftLeft(low().xor(high()).bitLength());
        return new Bits(low().and(known), known);
    }

    default FieldValue and(BigInteger mask) {
        return and(of(mask));
    }

    default FieldValue and(long mask) {
        return and(of(mask));
    }

    default FieldValue or(long mask) {
        return or(of(mask));
    }

    default FieldValue xor(long mask) {
        return xor(of(mask));
    }

    /** The bits that are set in one of both only. */
    default FieldValue xor(FieldValue other) {
        Bits a = bits();
        Bits b = other.bits();
        BigInteger known = a.known.and(b.known);
        return this == Absent.ABSENT || other == Absent.ABSENT
                ? Absent.ABSENT
                : new Bits(a.value.xor(b.value).and(known), known);
    }

    /** The bits that are set in both. */
    default FieldValue and(FieldValue other) {
        Bits a = bits();
        Bits b = other.bits();
        BigInteger zeros = a.known.andNot(a.value).or(b.known.andNot(b.value));
        return this == Absent.ABSENT || other == Absent.ABSENT
                ? Absent.ABSENT
                : new Bits(a.value.and(b.value), a.known.and(b.known).or(zeros));
    }

    /** The bits that are set in either. */
    default FieldValue or(FieldValue other) {
        Bits a = bits();
        Bits b = other.bits();
        BigInteger ones = a.value.or(b.value);
        return this == Absent.ABSENT || other == Absent.ABSENT
                ? Absent.ABSENT
                : new Bits(ones, a.known.and(b.known).or(ones));
    }

    /** Shifted to the left by so many bits, or to the right where {@code places} is negative. The result has 32 bits. */
    default FieldValue shifted(int places) {
        if (this == Absent.ABSENT || places < -31 || places > 31) {
            return this == Absent.ABSENT ? this : unknown(32);
        }
        Bits its = bits();
        BigInteger all = BigInteger.valueOf(0xffffffffL);
        BigInteger inside = all.shiftLeft(places).and(all);
        return new Bits(
                its.value.and(all).shiftLeft(places).and(inside),
                its.known.and(all).shiftLeft(places).and(inside).or(inside.not()));
    }

    /** Whether one of these bits is set. */
    default Ternary hasAny(BigInteger mask) {
        Bits its = bits();
        return this == Absent.ABSENT
                ? Ternary.NO
                : its.value.and(mask).signum() != 0
                        ? Ternary.YES
                        : its.known.and(mask).equals(mask) ? Ternary.NO : Ternary.UNKNOWN;
    }

    /** The number; empty where it is not exactly known, or the field is absent. */
    default Optional<BigInteger> number() {
        return this != Absent.ABSENT && low().equals(high()) ? Optional.of(low()) : Optional.empty();
    }

    /** The packet has no such field, such as a port in an ICMP packet. No comparison holds, not even {@code !=}. */
    enum Absent implements FieldValue {
        ABSENT;

        @Override
        public BigInteger low() {
            return BigInteger.ZERO;
        }

        @Override
        public BigInteger high() {
            return BigInteger.ZERO;
        }
    }

    /**
     * A number of which some bits may be unknown.
     *
     * @param value the known bits; 0 for unknown bits
     * @param known a mask with a 1 for each known bit
     */
    record Bits(BigInteger value, BigInteger known) implements FieldValue {
        @Override
        public BigInteger low() {
            return value;
        }

        @Override
        public BigInteger high() {
            return value.or(known.not());
        }

        @Override
        public boolean mayBe(BigInteger number) {
            return number.xor(value).and(known).signum() == 0;
        }
    }

    /** A number in this range, both ends included. */
    record Range(BigInteger low, BigInteger high) implements FieldValue {}

    /**
     * An interface, or none (index 0, empty name).
     *
     * @param low the smallest possible interface index
     */
    record Interface(PacketDevice device, BigInteger low, BigInteger high) implements FieldValue {
        private static final long LARGEST = Integer.MAX_VALUE;

        private Interface(PacketDevice device, long low, long high) {
            this(device, BigInteger.valueOf(low), BigInteger.valueOf(high));
        }

        static Interface of(PacketDevice device, Router router) {
            if (device.kind() == PacketDevice.Kind.NONE) {
                return new Interface(device, 0, 0);
            }
            return device.known()
                    .flatMap(router::link)
                    .map(link -> new Interface(device, link.index(), link.index()))
                    .orElseGet(() -> new Interface(device, 1, LARGEST));
        }

        /** Not known: any interface, or none. */
        static Interface any() {
            return new Interface(PacketDevice.UNKNOWN, 0, LARGEST);
        }

        @Override
        public Ternary isNamed(String pattern) {
            return device.is(pattern);
        }
    }
}
