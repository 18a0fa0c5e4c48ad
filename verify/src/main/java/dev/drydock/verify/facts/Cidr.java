package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Complaint;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An address with a prefix length, host bits kept: {@code 10.9.0.11/24}.
 *
 * @param prefix 0 to 32, or to 128 for IPv6
 */
public record Cidr(IpAddress address, int prefix) {
    /** {@code 127.0.0.0/8}. */
    public static final Cidr LOOPBACK = new Cidr(new IpAddress("127.0.0.0"), 8);

    /** {@code 0.0.0.0/0}. */
    public static final Cidr DEFAULT_IPV4 = new Cidr(new IpAddress("0.0.0.0"), 0);

    /** {@code ::/0}. */
    public static final Cidr DEFAULT_IPV6 = new Cidr(new IpAddress("::"), 0);

    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /** @throws Complaint when the prefix is out of range for the version of IP */
    public Cidr {
        Objects.requireNonNull(address);
        int most = address.isIpv6() ? 128 : 32;
        if (prefix < 0 || prefix > most) {
            throw new Complaint(say("value.prefix-out-of-range")
                    .with("text", address + "/" + prefix)
                    .with("family", address.isIpv6() ? "IPv6" : "IPv4")
                    .with("most", most));
        }
    }

    /**
     * Reads {@code ADDRESS/PREFIX}, or {@code default} as {@code 0.0.0.0/0}.
     *
     * @throws Complaint when the text is neither
     */
    public static Cidr parse(String text) {
        if (text.equals("default")) {
            return DEFAULT_IPV4;
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new Complaint(say("value.no-prefix", "text", text));
        }
        String prefix = text.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new Complaint(say("value.not-a-prefix", "prefix", prefix, "text", text));
        }
        return new Cidr(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(prefix));
    }

    /** The address with the prefix length of a host route: {@code /32} or {@code /128}. */
    public static Cidr single(IpAddress address) {
        return new Cidr(address, address.isIpv6() ? 128 : 32);
    }

    public boolean isDefault() {
        return equals(DEFAULT_IPV4) || equals(DEFAULT_IPV6);
    }

    /** Whether the address lies in this network; false for an address of the other version of IP. */
    public boolean contains(IpAddress other) {
        if (other.isIpv6() != address.isIpv6()) {
            return false;
        }
        byte[] mine = address.bytes();
        byte[] theirs = other.bytes();
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both have the same network and prefix length, whatever the host bits. */
    public boolean sameNetwork(Cidr other) {
        return prefix == other.prefix && contains(other.address);
    }

    /** The same network without host bits: {@code 10.9.0.0/24}. */
    public Cidr network() {
        byte[] bytes = address.bytes();
        for (int bit = prefix; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new Cidr(IpAddress.of(bytes), prefix);
    }

    /** The last address of the network: {@code 10.9.0.255}. */
    public IpAddress last() {
        byte[] bytes = address.bytes();
        for (int bit = prefix; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return IpAddress.of(bytes);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
