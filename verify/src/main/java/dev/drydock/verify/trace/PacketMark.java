package dev.drydock.verify.trace;

import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.probe.Sweep;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How the packet, its answers and ICMP errors about it are recognized among all other packets, also after NAT.
 *
 * @param protocol ICMP for an echo request of IPv4 or IPv6
 * @param port the destination port of TCP or UDP; empty for an echo request
 * @param value the source port of TCP or UDP; for an echo request the last four bytes of its repeated eight-byte payload pattern
 */
public record PacketMark(Protocol protocol, OptionalInt port, int value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first four bytes of the payload pattern, by which {@code sweep.sh} recognizes these pings. */
    private static final int PAYLOAD = 0x44525944;

    /** Below the ephemeral ports, which the kernel assigns itself. */
    private static final int FIRST_SOURCE = 20000;

    private static final int LAST_SOURCE = 29999;
    private static final String ERRORS = "icmp type { destination-unreachable, time-exceeded, parameter-problem } ";
    private static final String ERRORS_IPV6 =
            "icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } ";
    /** The length in bits of the IP header that an ICMP error quotes. */
    private static final int HEADER = 160;

    private static final int HEADER_IPV6 = 320;
    private static final String HANDSHAKE = " tcp flags & (syn | rst) != 0";

    /** For an ICMP echo request. */
    public static PacketMark echo() {
        return new PacketMark(Protocol.ICMP, OptionalInt.empty(), RANDOM.nextInt());
    }

    /** For the SYN of a TCP connection. */
    public static PacketMark tcp(int port) {
        return new PacketMark(Protocol.TCP, OptionalInt.of(port), source());
    }

    /** For a UDP datagram. */
    public static PacketMark udp(int port) {
        return new PacketMark(Protocol.UDP, OptionalInt.of(port), source());
    }

    private static int source() {
        return FIRST_SOURCE + RANDOM.nextInt(LAST_SOURCE - FIRST_SOURCE + 1);
    }

    /** The beginnings of nft rules that match the packet and its answer, for both versions of IP. */
    List<String> matches() {
        return switch (protocol) {
            case TCP -> List.of("tcp sport " + value + HANDSHAKE, "tcp dport " + value + HANDSHAKE);
            case UDP -> List.of("udp sport " + value, "udp dport " + value);
            // 8 bytes of ICMP and ping's time, 16 bytes; behind them the pattern
            default -> List.of("@th,192,64 " + payload());
        };
    }

    /** The beginning of an nft rule that matches ICMP errors about the packet. */
    String error(boolean ipv6) {
        // behind 8 bytes of ICMP an error quotes the header of the packet, then what it carried
        int quoted = 64 + (ipv6 ? HEADER_IPV6 : HEADER);
        return (ipv6 ? ERRORS_IPV6 : ERRORS)
                + (port.isPresent() ? "@th," + quoted + ",16 " + value : "@th," + (quoted + 192) + ",64 " + payload());
    }

    private String payload() {
        return String.format(Locale.ROOT, "0x%08x%08x", PAYLOAD, value);
    }

    /**
     * Bash that replaces itself with the sending program.
     *
     * <p>{@code $1} is the path of the namespace, {@code $2} the address.
     *
     * @param seconds after which the program gives up
     */
    String sender(double seconds) {
        String limit = String.format(Locale.ROOT, "%.2f", seconds);
        return switch (protocol) {
            case TCP ->
                "[[ $2 == *:* ]] && set -- \"$1\" \"[${2/\\%/%25}]\"\nexec nsenter --net=\"$1\" curl -q -g -sSv --noproxy '*' -A drydock_trace --local-port "
                        + value
                        + " --connect-timeout " + limit + " --max-time " + limit + " \"telnet://$2:" + port.getAsInt()
                        + "\" </dev/null";
            case UDP ->
                "exec nsenter --net=\"$1\" perl -e '" + Sweep.datagramSender().replace("'", "'\\''") + "' \"$2\" "
                        + port.getAsInt() + " " + limit + " " + value + " drydock_trace </dev/null";
            default ->
                "exec nsenter --net=\"$1\" ping -n -c 1 -W " + limit + " -p "
                        + String.format(Locale.ROOT, "%08x%08x", PAYLOAD, value) + " \"$2\"";
        };
    }

    /**
     * A regular expression for bash that matches the sending program's line about an answer: {@code 64 bytes from 8.8.8.8: icmp_seq=1},
     * {@code * Connected to}, {@code answered}.
     */
    String answered() {
        return switch (protocol) {
            case TCP -> "^\\* Connected to ";
            case UDP -> "^answered$";
            default -> " bytes from .* ms$";
        };
    }
}
