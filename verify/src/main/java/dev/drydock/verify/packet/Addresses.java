package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import java.math.BigInteger;

/** IP addresses as numbers, for masks and ranges. Numbers of IPv4 and IPv6 must not be compared with each other. */
final class Addresses {
    private Addresses() {}

    static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.bytes());
    }

    static IpAddress of(BigInteger number, boolean ipv6) {
        byte[] bytes = new byte[bits(ipv6) / 8];
        byte[] given = number.toByteArray();
        int length = Math.min(given.length, bytes.length);
        System.arraycopy(given, given.length - length, bytes, bytes.length - length, length);
        return IpAddress.of(bytes);
    }

    static int bits(boolean ipv6) {
        return ipv6 ? 128 : 32;
    }

    /** A mask with all host bits set. */
    static BigInteger hostBits(int prefix, boolean ipv6) {
        return BigInteger.ONE.shiftLeft(bits(ipv6) - prefix).subtract(BigInteger.ONE);
    }

    /** The network bits of one address together with the host bits of the other. */
    static IpAddress moved(IpAddress host, IpAddress network, int prefix) {
        BigInteger bits = hostBits(prefix, host.isIpv6());
        return of(number(network).andNot(bits).or(number(host).and(bits)), host.isIpv6());
    }

    /** An address and a mask: {@code 10.9.0.0/24}, {@code fd00:9::7}, {@code 10.0.0.1/255.0.0.255}, {@code ::7/::ffff}. */
    record Masked(BigInteger network, BigInteger mask, String shown) {
        /** @throws IllegalArgumentException when the text is something else */
        static Masked parse(String text) {
            int slash = text.indexOf('/');
            IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            boolean ipv6 = address.isIpv6();
            String mask = slash < 0 ? Integer.toString(Addresses.bits(ipv6)) : text.substring(slash + 1);
            if (mask.indexOf('.') >= 0 || mask.indexOf(':') >= 0) {
                BigInteger bits = number(IpAddress.parse(mask));
                return new Masked(number(address).and(bits), bits, text);
            }
            Cidr cidr = Cidr.parse(address + "/" + mask);
            BigInteger bits = hostBits(0, ipv6).andNot(hostBits(cidr.prefix(), ipv6));
            return new Masked(
                    number(address).and(bits),
                    bits,
                    cidr.equals(Cidr.single(address)) ? address.toString() : cidr.toString());
        }
    }
}
