package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packet as one chain saw it.
 *
 * @param in the input interface; empty for a packet that the namespace itself sends
 * @param out the output interface; empty before the route is known
 * @param icmpType {@code echo-request}, {@code destination-unreachable} …
 * @param icmpCode as nft names it; meaningful only for an error
 * @param reset whether the TCP packet has the flag RST
 */
public record TracedHeader(
        Optional<String> in,
        Optional<String> out,
        IpAddress source,
        IpAddress destination,
        int ttl,
        OptionalInt sourcePort,
        OptionalInt destinationPort,
        Optional<String> icmpType,
        Optional<String> icmpCode,
        boolean reset) {
    // iif "br0" oif "eth0" ether saddr … ip saddr 10.9.0.1 ip daddr 8.8.8.8 ip dscp cs0 ip ecn not-ect ip ttl 64 ip id
    // 58377 ip length 84 …; ip6 saddr fd00:9::11 ip6 daddr fd00:8::12 ip6 dscp cs0 ip6 ecn not-ect ip6 hoplimit 64 …
    private static final Pattern ADDRESSES =
            Pattern.compile("\\bip6? saddr (\\S+) ip6? daddr (\\S+) .*?\\bip(?: ttl|6 hoplimit) (\\d+) ");
    private static final Pattern IN = Pattern.compile("\\biif \"([^\"]+)\"");
    private static final Pattern OUT = Pattern.compile("\\boif \"([^\"]+)\"");
    // tcp sport 22997 tcp dport 8080 tcp flags == 0x14 tcp window 0; udp sport 22997 udp dport 53 udp length 35
    private static final Pattern PORTS = Pattern.compile(
            "\\b(?:tcp|udp) sport (\\d+) (?:tcp|udp) dport (\\d+)(?: tcp flags == (0x[0-9a-f]+|[a-z]+(?: ?[|,] ?[a-z]+)*))?");
    // icmp type destination-unreachable icmp code host-unreachable, icmpv6 type echo-request icmpv6 code no-route
    private static final Pattern ICMP = Pattern.compile("\\bicmp(?:v6)? type (\\S+) icmp(?:v6)? code (\\S+)");
    private static final int RST = 4;

    /** @throws IllegalArgumentException when the text is no IP packet as nft prints it after {@code packet:} */
    static TracedHeader parse(String text) {
        Matcher addresses = ADDRESSES.matcher(text);
        if (!addresses.find()) {
            throw new IllegalArgumentException("this is no packet of nft's trace: " + text);
        }
        Optional<Matcher> ports = Optional.of(PORTS.matcher(text)).filter(Matcher::find);
        Optional<Matcher> icmp = Optional.of(ICMP.matcher(text)).filter(Matcher::find);
        return new TracedHeader(
                first(IN, text),
                first(OUT, text),
                IpAddress.parse(addresses.group(1)),
                IpAddress.parse(addresses.group(2)),
                Integer.parseInt(addresses.group(3)),
                number(ports, 1),
                number(ports, 2),
                icmp.map(found -> found.group(1)),
                icmp.map(found -> found.group(2)),
                ports.map(found -> found.group(3)).filter(TracedHeader::isReset).isPresent());
    }

    private static OptionalInt number(Optional<Matcher> found, int group) {
        return found.isPresent() ? OptionalInt.of(Integer.parseInt(found.get().group(group))) : OptionalInt.empty();
    }

    private static boolean isReset(String flags) {
        return flags.startsWith("0x") ? (Integer.decode(flags) & RST) != 0 : flags.contains("rst");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The source address, with the port where there is one: {@code 10.9.0.1}, {@code 10.9.0.1:80}. */
    public String from() {
        return end(source, sourcePort);
    }

    public String to() {
        return end(destination, destinationPort);
    }

    private static String end(IpAddress address, OptionalInt port) {
        if (port.isEmpty()) {
            return address.toString();
        }
        return IpAddress.beforePort(address.text()) + ":" + port.getAsInt();
    }
}
