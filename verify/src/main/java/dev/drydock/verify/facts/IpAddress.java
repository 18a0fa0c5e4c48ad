package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Complaint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address in canonical form ({@code 10.0.0.1}, {@code fe80::1}). Parsing never asks a name server.
 *
 * @param text the address; any valid form is accepted and stored in canonical form (RFC 5952 for IPv6)
 */
public record IpAddress(String text) {
    private static final int NO_DIGIT = -1;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** @throws Complaint when the text is no address */
    public IpAddress {
        String given = text;
        text = canonical(given).orElseThrow(() -> new Complaint(say("value.not-an-address", "text", given)));
    }

    /** @throws Complaint when the text is no address */
    public static IpAddress parse(String text) {
        return new IpAddress(text);
    }

    /** The address, or empty when the text is something else, such as a name. */
    public static Optional<IpAddress> tryParse(String text) {
        return canonical(text).map(IpAddress::new);
    }

    public boolean isIpv6() {
        return text.indexOf(':') >= 0;
    }

    /** Whether it is a multicast address: 224.0.0.0/4, ff00::/8. */
    public boolean isMulticast() {
        int first = bytes()[0] & 0xff;
        return isIpv6() ? first == 0xff : first >= 224 && first < 240;
    }

    /** A host as it is written before a port: an IPv6 address in brackets, any other text unchanged. */
    public static String beforePort(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /**
     * @param bytes in network byte order
     * @throws IllegalArgumentException when there are not 4 or 16 bytes
     */
    public static IpAddress of(byte[] bytes) {
        try {
            // an address of IPv6 that holds one of IPv4 would come back as that one
            InetAddress address =
                    bytes.length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
            return new IpAddress(address.getHostAddress());
        } catch (UnknownHostException never) {
            throw new IllegalArgumentException(never);
        }
    }

    /** The address in network byte order, 4 or 16 bytes. */
    public byte[] bytes() {
        return isIpv6() ? toBytes(groups(text).orElseThrow()) : quads(text).orElseThrow();
    }

    @Override
    public String toString() {
        return text;
    }

    private static Optional<String> canonical(String text) {
        if (text.indexOf(':') < 0) {
            return quads(text).map(quads -> text);
        }
        return groups(text).map(IpAddress::format);
    }

    /** Parses four decimal numbers. Leading zeros are refused, because some programs read {@code 010} as eight and some as ten. */
    private static Optional<byte[]> quads(String text) {
        byte[] bytes = new byte[4];
        int quad = 0;
        int value = NO_DIGIT;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) {
                    return Optional.empty();
                }
            } else if (c == '.' && value != NO_DIGIT && quad < 3) {
                bytes[quad++] = (byte) value;
                value = NO_DIGIT;
            } else {
                return Optional.empty();
            }
        }
        if (quad < 3 || value == NO_DIGIT) {
            return Optional.empty();
        }
        bytes[quad] = (byte) value;
        return Optional.of(bytes);
    }

    private static Optional<int[]> groups(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) {
            return Optional.empty();
        }
        if (gap < 0) {
            return half(text).filter(all -> all.size() == 8).map(IpAddress::toArray);
        }
        Optional<List<Integer>> head = half(text.substring(0, gap));
        Optional<List<Integer>> tail = half(text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() > 7) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        while (all.size() + tail.get().size() < 8) {
            all.add(0);
        }
        all.addAll(tail.get());
        return Optional.of(toArray(all));
    }

    private static Optional<List<Integer>> half(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                Optional<byte[]> embedded = quads(parts[i]);
                if (embedded.isEmpty()) {
                    return Optional.empty();
                }
                byte[] bytes = embedded.get();
                groups.add((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff));
                groups.add((bytes[2] & 0xff) << 8 | (bytes[3] & 0xff));
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static int[] toArray(List<Integer> groups) {
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }

    private static byte[] toBytes(int[] groups) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[2 * i] = (byte) (groups[i] >> 8);
            bytes[2 * i + 1] = (byte) groups[i];
        }
        return bytes;
    }

    /** The form of RFC 5952: the longest run of two or more zero groups becomes {@code ::}, the first one of equally long runs. */
    private static String format(int[] groups) {
        if (groups[0] == 0
                && groups[1] == 0
                && groups[2] == 0
                && groups[3] == 0
                && groups[4] == 0
                && groups[5] == 0xffff) {
            return "::ffff:" + (groups[6] >> 8) + "." + (groups[6] & 0xff) + "." + (groups[7] >> 8) + "."
                    + (groups[7] & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
