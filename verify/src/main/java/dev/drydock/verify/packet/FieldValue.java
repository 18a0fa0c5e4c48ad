package dev.drydock.verify.packet;

import java.math.BigInteger;
import java.util.Optional;

/** What a packet has where a rule looks, as far as that is known. */
sealed interface FieldValue {
    /** A one for each bit, however many there are. */
    BigInteger ALL = BigInteger.ONE.negate();

    /** The smallest number that it can be. */
    BigInteger low();

    /** The largest number that it can be. */
    BigInteger high();

    /** Whether it can be this number, which lies between {@link #low} and {@link #high}. */
    default boolean mayBe(BigInteger number) {
        return number.compareTo(low()) >= 0 && number.compareTo(high()) <= 0;
    }

    /** Whether its name matches; a {@code +} at the end of the pattern stands for anything. Unknown for what has no name. */
    default Ternary isNamed(String pattern) {
        return Ternary.UNKNOWN;
    }

    static FieldValue of(BigInteger number) {
        return new Bits(number, ALL);
    }

    static FieldValue of(long number) {
        return of(BigInteger.valueOf(number));
    }

    /** A number of so many bits, of which none is known. */
    static FieldValue unknown(int bits) {
        return new Bits(BigInteger.ZERO, ALL.shiftLeft(bits));
    }

    /** One out of a range. */
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

    /** Shifted to the left, or to the right where {@code places} is negative; 32 bits stay. */
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

    /** The number, where it is known. */
    default Optional<BigInteger> number() {
        return this != Absent.ABSENT && low().equals(high()) ? Optional.of(low()) : Optional.empty();
    }

    /** The packet has no such thing, such as a port of ICMP: no comparison holds, {@code !=} neither. */
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
     * A number.
     *
     * @param value its bits; 0 where they are not known
     * @param known a one for each bit that is known
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

    /** A number out of these. */
    record Range(BigInteger low, BigInteger high) implements FieldValue {}

    /**
     * An interface, or none, which has the index 0 and an empty name.
     *
     * @param low the smallest index that it may have
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
