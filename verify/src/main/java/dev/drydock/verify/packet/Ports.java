package dev.drydock.verify.packet;

/**
 * A port, or a range of ports of which the packet has one.
 *
 * @param first 0 to 65535
 * @param last at least {@code first}
 */
public record Ports(int first, int last) {
    /** For protocols without ports. */
    public static final Ports NONE = new Ports(0, 0);

    /** The source ports that a client may get: the default of {@code net.ipv4.ip_local_port_range}. */
    public static final Ports EPHEMERAL = new Ports(32768, 60999);

    /** @throws IllegalArgumentException when the numbers are no range within 0 to 65535 */
    public Ports {
        if (first < 0 || last > 65535 || first > last) {
            throw new IllegalArgumentException(first + ":" + last + " is no range of ports");
        }
    }

    public static Ports of(int port) {
        return new Ports(port, port);
    }

    /**
     * Reads {@code 80} or {@code 1024:65535}; either end may be left out.
     *
     * @throws IllegalArgumentException when the text is something else, such as the name of a service
     */
    static Ports parse(String text, String separator) {
        int colon = text.indexOf(separator);
        if (colon < 0) {
            return of(Integer.parseInt(text));
        }
        String from = text.substring(0, colon);
        String to = text.substring(colon + separator.length());
        return new Ports(from.isEmpty() ? 0 : Integer.parseInt(from), to.isEmpty() ? 65535 : Integer.parseInt(to));
    }

    /** Whether the port lies in this range; UNKNOWN where only a part of the possible ports does. */
    public Ternary in(Ports range) {
        if (first >= range.first && last <= range.last) {
            return Ternary.YES;
        }
        return last < range.first || first > range.last ? Ternary.NO : Ternary.UNKNOWN;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + ":" + last;
    }
}
