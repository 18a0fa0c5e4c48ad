package dev.drydock.verify.packet.compare;

import static dev.drydock.verify.packet.compare.Draw.weigh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The matches of one rule of iptables, as iptables(8) and iptables-extensions(8) have them. */
record IptablesMatches(Draw draw, Ingredients words) {

    /** Some matches, none twice, all of them allowed in that chain of that table. */
    String of(String table, String chain) {
        int count = draw.chance(4) ? 0 : List.of(1, 1, 1, 2, 2, 3).get(draw.below(6));
        Set<String> used = new HashSet<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String match = one(table, chain);
            String[] parts = match.replace("! ", "").split(" ");
            // one of each module, and one protocol with its own
            boolean fresh = used.add(parts[0].equals("-m") ? parts[1] : parts[0]);
            text.append(fresh ? " " + match : "");
        }
        return text.toString();
    }

    private String not() {
        return draw.chance(25) ? "! " : "";
    }

    private String one(String table, String chain) {
        boolean in = !chain.equals("OUTPUT") && !chain.equals("POSTROUTING");
        boolean out = !chain.equals("PREROUTING") && !chain.equals("INPUT");
        return draw.weighted(List.of(
                weigh(10, () -> not() + "-s " + address()),
                weigh(10, () -> not() + "-d " + address()),
                weigh(in ? 7 : 0, () -> not() + "-i " + draw.one("br0", "wan0", "br+", "wan+", "lo", "w+", "eth0")),
                weigh(out ? 7 : 0, () -> not() + "-o " + draw.one("br0", "wan0", "w+", "b+", "lo", "eth0")),
                weigh(30, this::protocol),
                weigh(3, () -> "-m iprange " + not() + draw.one("--src-range ", "--dst-range ") + words.addressRange()),
                weigh(table.equals("raw") ? 3 : 9, this::tracking),
                weigh(4, () -> "-m mark " + not() + "--mark " + mark()),
                weigh(2, () -> "-m connmark " + not() + "--mark " + mark()),
                weigh(
                        4,
                        () -> "-m addrtype " + not() + draw.one("--dst-type ", "--src-type ")
                                + draw.one("LOCAL", "LOCAL", "UNICAST", "LOCAL,BROADCAST", "MULTICAST")),
                weigh(2, () -> physdev(chain)),
                weigh(1, () -> "-m pkttype " + not() + "--pkt-type " + draw.one("unicast", "broadcast", "multicast")),
                weigh(1, () -> "-m comment --comment \"-j DROP ! -s 10.9.0.11\""),
                weigh(1, () -> "-m length " + not() + "--length " + draw.one("0:35", "36", "40:1500", "37:65535")),
                weigh(1, () -> "-m ttl " + draw.one("--ttl-gt 10", "--ttl-lt 64", "--ttl-eq 64")),
                weigh(1, this::uncertain)));
    }

    private String address() {
        return draw.chance(50)
                ? words.address()
                : draw.chance(85) ? words.network() : draw.one("0.0.0.11/0.0.0.255", "10.0.0.9/255.0.0.255");
    }

    private String mark() {
        return draw.one("0x1", "0x0", "0x2/0x2", "0x3/0xff", "0x1/0x1", "0x0/0x3", "0x2");
    }

    private String protocol() {
        return draw.weighted(List.of(
                weigh(4, () -> not() + "-p " + draw.one("tcp", "udp", "icmp")),
                weigh(1, () -> draw.chance(15) ? "-p all" : not() + "-p " + draw.one("sctp", "47", "50", "6", "17")),
                weigh(8, () -> "-p tcp -m tcp " + tcp()),
                weigh(6, () -> "-p udp -m udp " + not() + draw.one("--dport ", "--sport ") + ports()),
                weigh(
                        4,
                        () -> "-p " + draw.one("tcp", "udp") + " -m multiport " + not()
                                + draw.one("--dports ", "--dports ", "--sports ", "--ports ") + severalPorts()),
                weigh(
                        5,
                        () -> "-p icmp -m icmp " + not() + "--icmp-type "
                                + draw.one("8", "0", "any", "echo-request", "3/1", "8/0", "8/1", "3", "echo-reply"))));
    }

    private String tcp() {
        return draw.chance(60)
                ? not() + draw.one("--dport ", "--dport ", "--sport ") + ports()
                : draw.chance(20)
                        ? not() + "--syn"
                        : not() + "--tcp-flags " + (draw.chance(8) ? "ALL" : someFlags()) + " " + flags();
    }

    private String flags() {
        return draw.chance(10) ? draw.one("ALL", "NONE") : someFlags();
    }

    /** Never none: a mask without flags is in the kernel, and neither iptables-save nor nft shows that it is. */
    private String someFlags() {
        return String.join(",", draw.some(3, "SYN", "ACK", "FIN", "RST", "PSH", "URG"));
    }

    private String ports() {
        return draw.chance(55)
                ? words.port()
                : draw.chance(70) ? words.portRange(":") : draw.one("1024:", ":1023", ":80", "443:");
    }

    private String severalPorts() {
        List<String> all = new ArrayList<>();
        for (int i = draw.between(1, 4); i > 0; i--) {
            all.add(draw.chance(70) ? words.port() : words.portRange(":"));
        }
        return String.join(",", all);
    }

    private String tracking() {
        return "-m conntrack "
                + draw.weighted(List.of(
                        weigh(
                                8,
                                () -> not() + "--ctstate "
                                        + String.join(
                                                ",",
                                                draw.some(
                                                        3,
                                                        "NEW",
                                                        "ESTABLISHED",
                                                        "RELATED",
                                                        "INVALID",
                                                        "UNTRACKED",
                                                        "DNAT",
                                                        "SNAT"))),
                        weigh(2, () -> not() + draw.one("--ctorigsrc ", "--ctorigdst ") + address()),
                        weigh(
                                1,
                                () -> not() + "--ctorigdstport "
                                        + (draw.chance(50) ? words.port() : words.portRange(":"))),
                        weigh(1, () -> not() + "--ctproto " + draw.one("tcp", "17", "icmp", "6")),
                        weigh(1, () -> "--ctdir " + draw.one("ORIGINAL", "REPLY")),
                        weigh(
                                1,
                                () -> not() + "--ctstatus "
                                        + draw.one("NONE", "SEEN_REPLY", "ASSURED", "CONFIRMED", "EXPECTED"))));
    }

    private String physdev(String chain) {
        boolean early = chain.equals("PREROUTING") || chain.equals("INPUT");
        boolean late = chain.equals("POSTROUTING") || chain.equals("FORWARD");
        return "-m physdev "
                + (late && draw.chance(60)
                        ? not() + draw.one("--physdev-is-bridged", "--physdev-is-bridged")
                        : early || chain.equals("FORWARD")
                                ? draw.one(not() + "--physdev-in lan0", not() + "--physdev-is-in", "--physdev-in blue+")
                                : not() + "--physdev-is-bridged");
    }

    /** What no reader of rules can foresee. */
    private String uncertain() {
        return draw.one(
                "-m statistic --mode random --probability 0.5",
                "-m statistic --mode nth --every 3 --packet 0",
                "-m limit --limit 1000/sec",
                "-m string --algo bm --string \"dryd\"");
    }
}
