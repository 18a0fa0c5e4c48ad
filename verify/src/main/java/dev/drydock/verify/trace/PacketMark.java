package dev.drydock.verify.trace;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How the packet, its answers and the errors about it are told from every other packet, wherever it goes and whatever address translation
 * makes of it.
 *
 * @param port of TCP; empty for an echo request
 * @param value of TCP the source port; of an echo request the last four of the eight bytes that its payload repeats
 */
public record PacketMark(OptionalInt port, int value) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first four bytes of the payload; {@code sweep.sh} knows by them whose ping it is. */
    private static final int PAYLOAD = 0x44525944;

    /** Below the ports that a kernel hands out by itself. */
    private static final int FIRST_SOURCE = 20000;

    private static final int LAST_SOURCE = 29999;
    private static final String ERRORS = "icmp type { destination-unreachable, time-exceeded, parameter-problem } ";
    private static final String HANDSHAKE = " tcp flags & (syn | rst) != 0";

    public PacketMark {
        Objects.requireNonNull(port);
    }

    /** Of an ICMP echo request. */
    public static PacketMark echo() {
        return new PacketMark(OptionalInt.empty(), RANDOM.nextInt());
    }

    /** Of the first packet of a TCP connection. */
    public static PacketMark tcp(int port) {
        return new PacketMark(OptionalInt.of(port), FIRST_SOURCE + RANDOM.nextInt(LAST_SOURCE - FIRST_SOURCE + 1));
    }

    /** Rules of nft, each the beginning of one; they hold in the families ip and bridge. */
    List<String> matches() {
        if (port.isPresent()) {
            return List.of(
                    "tcp sport " + value + HANDSHAKE,
                    "tcp dport " + value + HANDSHAKE,
                    // the source port within the header that an error quotes: 8 bytes of ICMP, 20 of IP
                    ERRORS + "@th,224,16 " + value);
        }
        String payload = String.format(Locale.ROOT, "0x%08x%08x", PAYLOAD, value);
        return List.of(
                // 8 bytes of ICMP and ping's time, 16 bytes; behind them the pattern. An error quotes it 28 bytes
                // later.
                "@th,192,64 " + payload, ERRORS + "@th,416,64 " + payload);
    }

    /**
     * Bash that becomes the sender.
     *
     * <p>{@code $1} is the namespace's path, {@code $2} the address.
     *
     * @param seconds after which it gives up at the latest
     */
    String sender(double seconds) {
        String limit = String.format(Locale.ROOT, "%.2f", seconds);
        return port.isPresent()
                ? "exec nsenter --net=\"$1\" curl -q -sSv -4 --noproxy '*' -A drydock_trace --local-port " + value
                        + " --connect-timeout " + limit + " --max-time " + limit + " \"telnet://$2:" + port.getAsInt()
                        + "\" </dev/null"
                : "exec nsenter --net=\"$1\" ping -n -c 1 -W " + limit + " -p "
                        + String.format(Locale.ROOT, "%08x%08x", PAYLOAD, value) + " \"$2\"";
    }

    /** A regular expression of bash that matches the sender's line on an answer: {@code 64 bytes from 8.8.8.8: icmp_seq=1}, {@code * Connected to}. */
    String answered() {
        return port.isPresent() ? "^\\* Connected to " : " bytes from ";
    }
}
