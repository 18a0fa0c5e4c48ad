package dev.drydock.verify.packet;

import dev.drydock.verify.facts.MacAddress;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The frame in which a packet travels.
 *
 * @param seen whether rules look at it as a frame, as those of a bridge do, which see the bridge's ports as the ways in and out
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
