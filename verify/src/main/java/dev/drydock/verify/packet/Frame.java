package dev.drydock.verify.packet;

import dev.drydock.verify.facts.MacAddress;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The Ethernet header of a packet. MAC addresses that are not known are unknown values.
 *
 * @param seen whether the rules of the family bridge look at the packet now, so that bridge ports count as its input and output interface
 */
record Frame(FieldValue sender, FieldValue receiver, boolean seen) {
    static final Frame UNKNOWN = new Frame(FieldValue.unknown(48), FieldValue.unknown(48), false);
    private static final FieldValue EVERYBODY = FieldValue.of(0xffffffffffffL);

    static Frame of(Optional<MacAddress> sender, Optional<MacAddress> receiver) {
        return new Frame(number(sender), number(receiver), false);
    }

    Frame toEverybody() {
        return new Frame(sender, EVERYBODY, seen);
    }

    Frame seen(boolean now) {
        return new Frame(sender, receiver, now);
    }

    private static FieldValue number(Optional<MacAddress> mac) {
        return mac.map(one -> FieldValue.of(new BigInteger(one.toString().replace(":", ""), 16)))
                .orElse(FieldValue.unknown(48));
    }
}
