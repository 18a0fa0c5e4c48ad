package dev.drydock.verify.packet.compare;

import static dev.drydock.verify.packet.compare.Draw.weigh;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The matches of nft, as nft(8) has them, for the families ip and inet.
 *
 * @param family of the table
 */
record NftMatches(Draw draw, Ingredients words, String family) {

    /** One, two or no matches with a blank behind each; two of them never contradict each other's protocol, which nft refuses. */
    String some() {
        if (draw.chance(3)) {
            return "";
        }
        String first = match();
        if (draw.chance(65)) {
            return first + " ";
        }
        String second = match();
        Set<String> both = new HashSet<>(layers(first));
        both.addAll(layers(second));
        boolean fits =
                both.size() <= 1 || layers(first).isEmpty() || layers(second).isEmpty();
        return first + " " + (fits && !both.contains("ip6") ? second + " " : "");
    }

    /** Which protocols a match speaks of. */
    private static Set<String> layers(String match) {
        return Stream.of("tcp", "udp", "icmp", "l4proto", "ip protocol", "th ", "ip6", "@th")
                .filter(match.replace("icmpv6", "ip6").replace("ipv6", "ip6")::contains)
                .map(layer -> layer.matches("tcp|udp|icmp|ip6") ? layer : "other")
                .collect(Collectors.toSet());
    }

    String match() {
        return draw.weighted(List.of(
                weigh(16, this::address),
                weigh(14, this::port),
                weigh(8, this::protocol),
                weigh(5, this::flags),
                weigh(5, this::icmp),
                weigh(8, this::device),
                weigh(5, this::mark),
                weigh(8, this::tracking),
                weigh(
                        4,
                        () -> "fib " + draw.one("daddr", "saddr") + " type " + not()
                                + draw.one("local", "unicast", "{ local, broadcast }")),
                weigh(9, this::concatenation),
                weigh(4, this::ofThePacket),
                weigh(1, this::uncertain)));
    }

    private String not() {
        return draw.chance(22) ? "!= " : "";
    }

    /** A value, a range, an inequality, a set, or the negation of one. */
    private String compared(Supplier<String> value, Supplier<String> range) {
        return draw.weighted(List.of(
                weigh(6, () -> not() + value.get()),
                weigh(4, () -> not() + range.get()),
                weigh(2, () -> draw.one("< ", "> ", "<= ", ">= ") + value.get()),
                weigh(3, () -> not() + set(value)),
                weigh(2, () -> not() + "{ " + range.get() + " }")));
    }

    private String set(Supplier<String> value) {
        return "{ " + Stream.of(value.get(), value.get()).distinct().collect(Collectors.joining(", ")) + " }";
    }

    private String address() {
        String field = draw.one("ip saddr ", "ip daddr ");
        return field
                + draw.weighted(List.of(
                        weigh(6, () -> compared(words::address, words::addressRange)),
                        weigh(3, () -> not() + words.network()),
                        weigh(3, () -> not() + draw.one("@hosts", "@nets")),
                        weigh(1, () -> not() + "{ 10.9.0.0/24, 8.8.0.0/16, 203.0.113.9 }"),
                        weigh(1, () -> "& 0.0.0.255 " + draw.one("== ", "!= ", "< ") + "0.0.0.11")));
    }

    private String port() {
        String field = draw.one(
                "tcp dport ",
                "tcp dport ",
                "udp dport ",
                "tcp sport ",
                "udp sport ",
                "th sport ",
                "meta l4proto { tcp, udp } th dport ",
                "meta l4proto { tcp, udp } th sport ");
        return field + (draw.chance(15) ? not() + "@ports" : compared(words::port, () -> words.portRange("-")));
    }

    private String protocol() {
        return draw.weighted(List.of(
                weigh(
                        6,
                        () -> draw.one("meta l4proto ", "ip protocol ")
                                + compared(
                                        () -> draw.one("tcp", "udp", "icmp"), () -> draw.one("1-10", "5-17", "0-5"))),
                weigh(
                        2,
                        // nft does not show a protocol without ports where th follows, unless it is a set of several
                        () -> draw.one("meta l4proto ", "ip protocol ")
                                + not()
                                + draw.one("17", "{ 47, 51 }", "{ 50, sctp }", "@protos")),
                weigh(family.equals("inet") ? 3 : 0, () -> "meta nfproto " + not() + draw.one("ipv4", "ipv6")),
                weigh(1, () -> "meta protocol " + not() + draw.one("ip", "ip6")),
                weigh(family.equals("inet") ? 1 : 0, () -> draw.one("meta nfproto ipv6", "meta nfproto != ipv6"))));
    }

    private String flags() {
        return draw.one(
                "tcp flags syn",
                "tcp flags != syn",
                "tcp flags & (syn|ack) == syn",
                "tcp flags & (fin|syn|rst|ack) == syn",
                "tcp flags & (fin|syn) == (fin|syn)",
                "tcp flags & (fin|syn) != (fin|syn)",
                "tcp flags fin,syn / fin,syn",
                "tcp flags syn / syn,rst",
                "tcp flags ! fin,rst",
                "tcp flags { syn, syn|ack }",
                "tcp flags & syn != 0",
                "tcp flags & (syn|rst) == 0",
                "tcp flags syn,ack",
                "tcp flags == 0x2",
                "tcp flags & 0x12 == 0x2");
    }

    private String icmp() {
        return draw.chance(70)
                ? "icmp type "
                        + compared(
                                () -> draw.one(
                                        "echo-request",
                                        "echo-request",
                                        "echo-reply",
                                        "8",
                                        "0",
                                        "destination-unreachable"),
                                () -> draw.one("0-10", "9-20", "8-12"))
                : draw.chance(70)
                        ? "icmp code " + compared(() -> draw.one("0", "1", "5"), () -> draw.one("0-3", "1-9"))
                        : "icmp type . icmp code { 8 . 0, 3 . 1 }";
    }

    private String device() {
        boolean in = draw.chance(50);
        return (in ? "iifname " : "oifname ")
                + not()
                + draw.weighted(List.of(
                        weigh(4, () -> "\"" + (in ? words.in() : words.out()) + "\""),
                        weigh(2, () -> draw.one("\"w*\"", "\"br*\"", "\"eth0\"")),
                        weigh(2, () -> "{ \"br0\", \"eth0\" }"),
                        weigh(1, () -> "{ \"wan*\", \"lo\" }"),
                        weigh(1, () -> "@ifaces")));
    }

    private String mark() {
        return draw.one("meta mark ", "meta mark ", "ct mark ")
                + draw.weighted(List.of(
                        weigh(4, () -> compared(() -> words.number(3), () -> draw.one("1-3", "0-1", "2-100"))),
                        weigh(1, () -> not() + "@marks"),
                        weigh(2, () -> draw.one("& 0x3 == 0x2", "& 0x1 != 0x0", "& 0x3 == 0x0", "and 0x2 == 0x2"))));
    }

    private String tracking() {
        return draw.weighted(List.of(
                        weigh(
                                5,
                                () -> "ct state " + not()
                                        + draw.one(
                                                "new",
                                                "established,related",
                                                "{ new, untracked }",
                                                "invalid",
                                                "untracked",
                                                "new,established")),
                        weigh(
                                2,
                                () -> "ct status "
                                        + draw.one(
                                                "dnat",
                                                "snat",
                                                "! dnat",
                                                "& (snat|dnat) == 0",
                                                "!= dnat",
                                                "snat,dnat")),
                        weigh(1, () -> "ct direction " + draw.one("original", "reply", "!= reply")),
                        weigh(
                                2,
                                () -> "ct original " + draw.one("ip saddr ", "ip daddr ") + not()
                                        + draw.one(words.address(), words.network())),
                        weigh(
                                1,
                                () -> draw.one("meta l4proto tcp", "meta l4proto udp") + " ct original proto-dst "
                                        + not() + words.port()),
                        weigh(1, () -> "ct " + draw.one("protocol tcp", "l3proto ip"))))
                // nft does not show them where a match of that protocol follows, unless they are sets
                .replace("ct protocol tcp", "ct original protocol { tcp }")
                .replace("ct l3proto ip", "ct original l3proto { ipv4 }");
    }

    private String concatenation() {
        return draw.weighted(List.of(
                weigh(
                        3,
                        () -> "ip saddr . tcp dport " + not() + "{ " + words.address() + " . " + words.port() + ", "
                                + words.address() + " . " + words.port() + " }"),
                weigh(
                        2,
                        () -> "ip saddr . ip daddr " + not() + "{ " + words.address() + " . " + words.address()
                                + ", 10.9.0.11 . 8.8.8.8 }"),
                weigh(2, () -> "meta l4proto . th dport " + not() + "{ tcp . " + words.port() + ", udp . 53 }"),
                weigh(
                        2,
                        () -> "ip daddr . tcp dport " + not() + "{ " + words.network() + " . " + words.portRange("-")
                                + " }"),
                weigh(2, () -> "iifname . ip saddr { \"br0\" . 10.9.0.11, \"wan0\" . " + words.address() + " }"),
                weigh(2, () -> "ip saddr . tcp dport " + not() + "@pairs"),
                weigh(
                        1,
                        () -> "ip saddr . meta l4proto . th dport { " + words.address() + " . " + draw.one("tcp", "udp")
                                + " . " + words.port() + " }")));
    }

    private String ofThePacket() {
        return draw.one(
                "ip ttl > 10",
                "ip ttl != 64",
                "ip ttl 1-63",
                "ip length > 40",
                "ip length { 36, 48 }",
                "meta length 0-40",
                "ip version 4",
                "ip dscp 0",
                "ip frag-off & 0x1fff == 0",
                "meta pkttype host",
                "udp length 16",
                "meta priority 0",
                "ip hdrlength 5",
                "tcp window 1024",
                "@th,16,16 80",
                "ip id > 0");
    }

    /** What no reader of rules can foresee. */
    private String uncertain() {
        return draw.one(
                "limit rate 1000/second",
                "numgen random mod 2 == 0",
                "meta random < 1000000000",
                "limit rate over 1/minute");
    }
}
