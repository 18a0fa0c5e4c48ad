package dev.drydock.verify.packet.compare;

import static dev.drydock.verify.packet.compare.Draw.weigh;

import java.util.ArrayList;
import java.util.List;

/** The sets, maps and chains of one table of family ip or inet. */
final class NftTable {
    private static final List<String> HOOKS = List.of("prerouting", "input", "forward", "output", "postrouting");

    private final Draw draw;
    private final Ingredients words;
    private final NftMatches matches;
    private final String family;
    private final List<String> lines = new ArrayList<>();
    private final boolean calls;

    NftTable(Draw draw, Ingredients words, String family) {
        this.draw = draw;
        this.words = words;
        this.matches = new NftMatches(draw, words, family);
        this.family = family;
        this.calls = draw.chance(45);
    }

    String body() {
        sets();
        if (calls) {
            // an answer of reject may only be given where the chain is called from input, forward and output
            chain("deep", "filter", "sub", draw.between(1, 3));
            chain("sub", "filter", "sub", draw.between(1, 3));
            lines.add(lines.size() - 1, "    goto deep");
            chain("marks", "mangle", "sub", draw.between(1, 2));
            lines.add("  map verdicts { type inet_service : verdict; elements = { " + words.port()
                    + " : jump sub, 4000-4010 : drop }; flags interval; }");
        }
        for (String hook : HOOKS) {
            boolean usual = List.of("input", "forward", "output").contains(hook);
            if (draw.chance(hook.equals("forward") ? 70 : usual ? 45 : 18)) {
                filter(hook);
            }
            if (!hook.equals("forward") && draw.chance(hook.equals("input") ? 8 : 35)) {
                nat(hook);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void sets() {
        lines.add("  set hosts { type ipv4_addr; elements = { " + words.address() + ", 10.9.0.33 }; }");
        lines.add(
                "  set nets { type ipv4_addr; flags interval; elements = { 10.9.0.8/29, 8.8.0.0/16, 203.0.113.1-203.0.113.7 }; }");
        lines.add("  set ports { type inet_service; flags interval; elements = { " + draw.one("22", "53", "80", "443")
                + ", 1000-2000 }; }");
        lines.add("  set protos { type inet_proto; elements = { " + draw.one("tcp", "udp", "icmp") + ", 47 }; }");
        lines.add("  set marks { type mark; elements = { 0x1, 0x2 }; }");
        lines.add("  set ifaces { type ifname; elements = { \"br0\", \"eth0\" }; }");
        lines.add("  set pairs { type ipv4_addr . inet_service; flags interval; elements = { 10.9.0.0/24 . 80, "
                + draw.one("8.8.0.0-8.8.4.255", "8.8.8.0-8.8.8.9", "203.0.113.1-203.0.113.254") + " . "
                + words.portRange("-")
                + " }; }");
        lines.add("  map targets { type inet_service : ipv4_addr; elements = { 80 : 10.9.0.12, 8080 : 10.9.0.11 }; }");
        lines.add(
                "  map moves { type ipv4_addr : ipv4_addr; elements = { 10.0.2.15 : 10.9.0.11, 8.8.8.8 : 10.9.0.12 }; }");
    }

    private void chain(String name, String kind, String hook, int count) {
        lines.add("  chain " + name + " {");
        for (int i = 0; i < count; i++) {
            lines.add("    " + rule(kind, hook));
        }
        lines.add("  }");
    }

    private void filter(String hook) {
        String type = hook.equals("output") && draw.chance(25) ? "route" : "filter";
        String priority = draw.one(
                "filter", "filter", "0", "-10", "5", "-150", "-199", "-300", "security", "mangle", "filter + 5", "101");
        boolean out = hook.equals("output") || hook.equals("postrouting");
        lines.add("  chain " + hook + " { type " + type + " hook " + hook + " priority " + priority + "; policy "
                + (draw.chance(14) ? "drop" : "accept") + ";");
        if (out) {
            lines.add("    icmp type destination-unreachable accept");
            lines.add("    tcp flags & rst == rst accept");
        }
        boolean usual = List.of("input", "forward", "output").contains(hook);
        String kind =
                priority.equals("-150") || priority.equals("mangle") || type.equals("route") ? "mangle" : "filter";
        for (int i = draw.between(1, 5); i > 0; i--) {
            lines.add("    " + rule(kind, hook));
        }
        if (calls && usual && draw.chance(70)) {
            lines.add("    "
                    + draw.one(
                            "jump sub",
                            matches.some() + "jump sub",
                            matches.some() + "goto sub",
                            "jump marks",
                            "tcp dport vmap @verdicts",
                            "meta mark vmap { 0x0 : jump marks, 0x1 : drop }",
                            "ip saddr vmap { 10.9.0.11 : jump sub, 203.0.113.9 : goto deep }"));
        }
        lines.add("  }");
    }

    private void nat(String hook) {
        boolean source = hook.equals("postrouting") || hook.equals("input");
        lines.add("  chain nat" + hook + " { type nat hook " + hook + " priority "
                + (source
                        ? draw.one(hook.equals("input") ? "100" : "srcnat", "100", "90")
                        : draw.one(hook.equals("output") ? "-100" : "dstnat", "-100", "-90"))
                + "; policy " + (draw.chance(3) ? "drop" : "accept") + ";");
        for (int i = draw.between(1, 3); i > 0; i--) {
            lines.add("    " + rule("nat", hook));
        }
        lines.add("  }");
    }

    private String rule(String kind, String hook) {
        return switch (kind) {
            case "nat" -> translation(hook);
            case "mangle" -> draw.chance(60) ? matches.some() + change() : filtering(hook);
            default -> draw.chance(15) ? branch() : filtering(hook);
        };
    }

    private String filtering(String hook) {
        boolean rejects = List.of("input", "forward", "output", "sub").contains(hook);
        if (draw.chance(3)) {
            return "meta mark set tcp dport map { 80 : 0x1, 443 : 0x2 }";
        }
        String before = draw.chance(12) ? draw.one("counter ", "log prefix \"drop \" ") : "";
        if (rejects && draw.chance(20)) {
            return reject(before);
        }
        if (draw.chance(3)) {
            return "meta mark set 0x2 " + matches.match() + " drop";
        }
        return before
                + matches.some()
                + draw.weighted(List.of(
                        weigh(8, () -> "accept"),
                        weigh(4, () -> "drop"),
                        weigh(1, () -> "counter"),
                        weigh(1, () -> "return"),
                        weigh(1, () -> "continue"),
                        weigh(1, () -> "log level warn accept"),
                        weigh(2, this::change)));
    }

    private String change() {
        return draw.weighted(List.of(
                weigh(5, () -> "meta mark set " + words.number(3)),
                weigh(1, () -> "meta mark set meta mark " + draw.one("or 0x1", "and 0x2", "xor 0x3")),
                weigh(2, () -> "ct mark set " + words.number(3)),
                weigh(1, () -> "ct mark set meta mark"),
                weigh(1, () -> "meta mark set ct mark"),
                weigh(1, () -> "ip dscp set cs1"),
                weigh(1, () -> "meta priority set 1:2")));
    }

    private String reject(String before) {
        String other = draw.one("", "", "iifname \"br0\" ", "meta mark 0x1 ", "ct state new ");
        return draw.weighted(List.of(
                weigh(4, () -> matches.some() + before + "reject"),
                weigh(
                        3,
                        () -> other + before + "reject with icmp type "
                                + draw.one(
                                        "host-unreachable",
                                        "net-unreachable",
                                        "port-unreachable",
                                        "net-prohibited",
                                        "host-prohibited",
                                        "admin-prohibited")),
                weigh(3, () -> other + "meta l4proto tcp reject with tcp reset"),
                weigh(1, () -> other + before + "reject with tcp reset"),
                weigh(
                        family.equals("inet") ? 2 : 0,
                        () -> other + "reject with icmpx type "
                                + draw.one("host-unreachable", "no-route", "admin-prohibited")),
                weigh(
                        family.equals("inet") ? 1 : 0,
                        () -> other + draw.one("reject with icmpv6 type no-route", "meta nfproto ipv6 reject"))));
    }

    private String branch() {
        return draw.one(
                "tcp dport vmap { 80 : drop, 443 : accept }",
                "tcp dport vmap { " + words.portRange("-") + " : drop }",
                "ip saddr vmap { 10.9.0.0/24 : accept, " + words.address().replaceFirst("10\\.9\\.0\\..*", "10.0.2.9")
                        + " : drop }",
                "meta mark vmap { 0x1 : drop, 0x2 : accept }",
                "meta l4proto vmap { tcp : accept, udp : drop }",
                "ip saddr . ip daddr vmap { 10.9.0.11 . 8.8.8.8 : drop, 10.9.1.11 . 8.8.8.8 : accept }",
                "iifname vmap { \"br0\" : return, \"wan0\" : accept }",
                "ct state vmap { new : continue, established : accept, invalid : drop }",
                "icmp type vmap { echo-request : drop, echo-reply : accept }",
                "meta l4proto . th dport vmap { tcp . 22 : drop, udp . 53 : accept }");
    }

    private String translation(String hook) {
        String ip = family.equals("inet") ? "ip " : draw.one("", "ip ");
        String match = matches.some();
        return draw.chance(15)
                ? match + "accept"
                : switch (hook) {
                    case "postrouting" ->
                        draw.weighted(List.of(
                                weigh(4, () -> match + "masquerade"),
                                weigh(1, () -> match + "masquerade random"),
                                weigh(1, () -> "meta l4proto tcp masquerade to :3000-3010"),
                                weigh(3, () -> match + "snat " + ip + "to " + draw.one("10.0.2.15", "10.0.2.99")),
                                weigh(2, () -> match + "snat " + ip + "to 10.0.2.20-10.0.2.23"),
                                weigh(1, () -> "meta l4proto udp snat " + ip + "to 10.0.2.15:4000-4100"),
                                weigh(
                                        1,
                                        () -> "snat " + ip
                                                + "to ip saddr map { 10.9.0.11 : 10.0.2.71, 10.9.1.11 : 10.0.2.72 }"),
                                weigh(family.equals("inet") ? 1 : 0, () -> "snat ip6 to fd00::1")));
                    case "input" -> match + "snat " + ip + "to 10.0.2.99";
                    default ->
                        draw.weighted(List.of(
                                weigh(
                                        4,
                                        () -> match + "dnat " + ip + "to "
                                                + draw.one("10.9.0.11", "10.9.0.12", "10.0.2.9")),
                                weigh(2, () -> match + "dnat " + ip + "to 10.9.0.11-10.9.0.14"),
                                weigh(
                                        2,
                                        () -> "meta l4proto tcp dnat " + ip + "to 10.9.0.12:" + draw.one("8080", "80")),
                                weigh(1, () -> "meta l4proto { tcp, udp } dnat " + ip + "to 10.9.0.12:2000-2003"),
                                weigh(2, () -> match + "redirect"),
                                weigh(1, () -> "udp dport 53 redirect to :" + words.port()),
                                weigh(1, () -> "dnat " + ip + "to tcp dport map @targets"),
                                weigh(1, () -> "dnat " + ip + "to ip daddr map @moves"),
                                weigh(1, () -> "dnat " + ip + "to ip daddr map { 10.0.2.15 : 10.9.0.12 }"),
                                weigh(family.equals("inet") ? 1 : 0, () -> "dnat ip6 to fd00::1")));
                };
    }
}
