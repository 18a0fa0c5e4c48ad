package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;

/** IPv4 addresses as the numbers that masks and ranges are made of. */
final class Addresses {
    private Addresses() {}

    static long number(IpAddress address) {
        long number = 0;
        for (byte b : address.bytes()) {
            number = (number << 8) | (b & 0xff);
        }
        return number;
    }

    static IpAddress of(long number) {
        return new IpAddress(
                (number >> 24 & 255) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255));
    }

    /** All host bits set, for a prefix length. */
    static long hostBits(int prefix) {
        return prefix == 32 ? 0 : 0xffffffffL >> prefix;
    }

    /** The network's bits of one address and the host's bits of the other. */
    static IpAddress moved(IpAddress host, IpAddress network, int prefix) {
        long bits = hostBits(prefix);
        return of((number(network) & ~bits) | (number(host) & bits));
    }

    static boolean between(IpAddress address, IpAddress first, IpAddress last) {
        long number = number(address);
        return number >= number(first) && number <= number(last);
    }

    /** An address and a mask: {@code 10.9.0.0/24}, {@code 10.9.0.7}, {@code 10.0.0.1/255.0.0.255}. */
    record Masked(long network, long mask, String shown) {
        /** @throws IllegalArgumentException when the text is something else */
        static Masked parse(String text) {
            int slash = text.indexOf('/');
            IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            if (address.isIpv6()) {
                throw new IllegalArgumentException(text + " is not IPv4");
            }
            String mask = slash < 0 ? "32" : text.substring(slash + 1);
            if (mask.indexOf('.') >= 0) {
                long bits = number(IpAddress.parse(mask));
                return new Masked(number(address) & bits, bits, text);
            }
            Cidr cidr = Cidr.parse(address + "/" + mask);
            long bits = ~hostBits(cidr.prefix()) & 0xffffffffL;
            return new Masked(number(address) & bits, bits, cidr.prefix() == 32 ? address.toString() : cidr.toString());
        }

        boolean contains(IpAddress address) {
            return (number(address) & mask) == network;
        }
    }
}
