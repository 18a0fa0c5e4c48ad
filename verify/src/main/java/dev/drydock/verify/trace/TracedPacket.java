package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The packet that is sent, an ICMP echo request or the first packet of a TCP connection, and how it, its answers and the errors about it
 * are told from every other packet, whatever address translation makes of them.
 *
 * @param to an IPv4 address
 * @param port of TCP; empty for an echo request
 * @param mark of TCP the source port; of an echo request the last four of the eight bytes that its payload repeats
 */
public record TracedPacket(IpAddress to, OptionalInt port, int mark) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first four bytes of the payload; {@code sweep.sh} knows by them whose ping it is. */
    private static final int PAYLOAD = 0x44525944;

    /** Below the ports that a kernel hands out by itself. */
    private static final int FIRST_SOURCE = 20000;

    private static final int LAST_SOURCE = 29999;
    private static final String ERRORS = "icmp type { destination-unreachable, time-exceeded, parameter-problem } ";
    private static final String HANDSHAKE = " tcp flags & (syn | rst) != 0";

    /** What a packet is to the one that was sent. */
    enum Kind {
        REQUEST,
        REPLY,
        /** A router or the other end says by ICMP that it will not do. */
        ERROR
    }

    public TracedPacket {
        Objects.requireNonNull(to);
        Objects.requireNonNull(port);
        if (to.isIpv6()) {
            throw new IllegalArgumentException("only IPv4 is traced");
        }
    }

    public static TracedPacket echo(IpAddress to) {
        return new TracedPacket(to, OptionalInt.empty(), RANDOM.nextInt());
    }

    public static TracedPacket tcp(IpAddress to, int port) {
        return new TracedPacket(
                to, OptionalInt.of(port), FIRST_SOURCE + RANDOM.nextInt(LAST_SOURCE - FIRST_SOURCE + 1));
    }

    /** {@code icmp echo} or {@code tcp syn}. */
    public String protocol() {
        return port.isPresent() ? "tcp syn" : "icmp echo";
    }

    /** Rules of nft, each the beginning of one; they hold in the families ip and bridge. */
    List<String> matches() {
        if (port.isPresent()) {
            return List.of(
                    "tcp sport " + mark + HANDSHAKE,
                    "tcp dport " + mark + HANDSHAKE,
                    // the source port within the header that an error quotes: 8 bytes of ICMP, 20 of IP
                    ERRORS + "@th,224,16 " + mark);
        }
        String payload = String.format(Locale.ROOT, "0x%08x%08x", PAYLOAD, mark);
        return List.of(
                // 8 bytes of ICMP and ping's time, 16 bytes; behind them the pattern. An error quotes it 28 bytes
                // later.
                "@th,192,64 " + payload, ERRORS + "@th,416,64 " + payload);
    }

    /** Bash that becomes the sender; the namespace's path is {@code $1}, how long to wait in seconds {@code $LIMIT}. */
    String sender() {
        return port.isPresent()
                ? "exec nsenter --net=\"$1\" curl -q -sSv -4 --noproxy '*' -A drydock_trace --local-port " + mark
                        + " --connect-timeout \"$LIMIT\" --max-time \"$LIMIT\" telnet://" + to + ":" + port.getAsInt()
                        + " </dev/null"
                : "exec nsenter --net=\"$1\" ping -n -c 1 -W \"$LIMIT\" -p "
                        + String.format(Locale.ROOT, "%08x%08x", PAYLOAD, mark)
                        + " " + to;
    }

    /** A regular expression of bash that matches the sender's line on an answer: {@code 64 bytes from 8.8.8.8: icmp_seq=1}, {@code * Connected to}. */
    String answered() {
        return port.isPresent() ? "^\\* Connected to " : " bytes from ";
    }

    Kind kind(Header header) {
        if (header.isIcmpError()) {
            return Kind.ERROR;
        }
        boolean request = port.isPresent()
                ? header.sourcePort().equals(OptionalInt.of(mark))
                : header.icmpType().filter("echo-request"::equals).isPresent();
        return request ? Kind.REQUEST : Kind.REPLY;
    }
}
