package dev.drydock.verify.packet.compare;

import static dev.drydock.verify.packet.compare.Draw.weigh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random input of {@code iptables-restore}. */
final class IptablesGrammar {
    private static final Map<String, List<String>> CHAINS = Map.of(
            "raw", List.of("PREROUTING", "OUTPUT"),
            "mangle", List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"),
            "nat", List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"),
            "filter", List.of("INPUT", "FORWARD", "OUTPUT"),
            "security", List.of("INPUT", "FORWARD", "OUTPUT"));

    private final Draw draw;
    private final Ingredients words;
    private final IptablesMatches matches;

    IptablesGrammar(Draw draw) {
        this.draw = draw;
        this.words = new Ingredients(draw);
        this.matches = new IptablesMatches(draw, words);
    }

    /** All tables, some of them left out. */
    String rules(boolean legacy) {
        StringBuilder text = new StringBuilder();
        for (String table : List.of("raw", "mangle", "nat", "filter", "security")) {
            int likely =
                    switch (table) {
                        case "nat", "filter" -> 80;
                        case "security" -> legacy ? 0 : 8;
                        default -> 28;
                    };
            if (draw.chance(likely)) {
                text.append(table(table));
            }
        }
        return text.toString();
    }

    private String table(String table) {
        StringBuilder chains = new StringBuilder("*" + table + "\n");
        List<String> rules = new ArrayList<>();
        for (String chain : CHAINS.get(table)) {
            boolean drop = !table.equals("nat") && draw.chance(table.equals("filter") ? 12 : 2);
            chains.append(":").append(chain).append(drop ? " DROP" : " ACCEPT").append(" [0:0]\n");
            if (!table.equals("nat") && (chain.equals("OUTPUT") || chain.equals("POSTROUTING"))) {
                // an answer of REJECT that cannot go out could not be observed
                rules.add("-A " + chain + " -p icmp -m icmp --icmp-type 3 -j ACCEPT");
                rules.add("-A " + chain + " -p tcp -m tcp --tcp-flags RST RST -j ACCEPT");
            }
            boolean called = draw.chance(40);
            String sub = chain + "-2";
            String deep = chain + "-3";
            if (called) {
                chains.append(":")
                        .append(sub)
                        .append(" - [0:0]\n:")
                        .append(deep)
                        .append(" - [0:0]\n");
                add(rules, table, chain, sub, draw.chance(40) ? deep : "", draw.between(1, 4));
                add(rules, table, chain, deep, "", draw.between(1, 3));
            }
            add(rules, table, chain, chain, called ? sub : "", draw.below(5));
        }
        rules.forEach(rule -> chains.append(rule).append("\n"));
        return chains.append("COMMIT\n").toString();
    }

    /** @param base the chain of the kernel from which it is called */
    private void add(List<String> rules, String table, String base, String chain, String callee, int count) {
        for (int i = 0; i < count; i++) {
            boolean call = !callee.isEmpty() && (i == 0 || draw.chance(25));
            String target = call ? draw.one("-j ", "-j ", "-g ") + callee : target(table, base);
            rules.add(
                    !call && table.equals("nat") && draw.chance(22)
                            ? "-A " + chain + ports(base)
                            : "-A " + chain + matches.of(table, base) + (target.isEmpty() ? "" : " " + target));
        }
    }

    /** A rule of the table nat that gives another port, which needs a protocol. */
    private String ports(String chain) {
        String port = draw.one("8080", "22", "3000-3010", "80");
        String protocol = " -p " + draw.one("tcp", "udp") + (draw.chance(50) ? "" : " -d " + words.address());
        if (chain.equals("INPUT")) {
            return protocol + " -j SNAT --to-source 10.0.2.99:" + port;
        }
        return protocol + " -j "
                + (chain.equals("POSTROUTING")
                        ? draw.one("MASQUERADE --to-ports ", "SNAT --to-source 10.0.2.15:", "SNAT --to-source :")
                        : draw.one(
                                "REDIRECT --to-ports ",
                                "DNAT --to-destination 10.9.0.12:",
                                "DNAT --to-destination 10.9.0.11-10.9.0.13:",
                                "DNAT --to-destination :"))
                + port;
    }

    private String target(String table, String chain) {
        if (draw.chance(8)) {
            return "-j RETURN";
        }
        return switch (table) {
            case "raw" -> draw.one("-j ACCEPT", "-j ACCEPT", "-j CT --notrack", "-j NOTRACK", "-j DROP", "-j LOG", "");
            case "mangle" -> mangle();
            case "nat" -> nat(chain);
            default -> filter(table);
        };
    }

    private String filter(String table) {
        return draw.weighted(List.of(
                weigh(8, () -> "-j ACCEPT"),
                weigh(4, () -> "-j DROP"),
                weigh(1, () -> "-j LOG --log-prefix \"a -j DROP \""),
                weigh(1, () -> ""),
                weigh(
                        table.equals("filter") ? 4 : 0,
                        () -> "-j REJECT"
                                + (draw.chance(60)
                                        ? " --reject-with "
                                                + draw.one(
                                                        "icmp-net-unreachable",
                                                        "icmp-host-unreachable",
                                                        "icmp-port-unreachable",
                                                        "icmp-proto-unreachable",
                                                        "icmp-net-prohibited",
                                                        "icmp-host-prohibited",
                                                        "icmp-admin-prohibited")
                                        : ""))));
    }

    private String mangle() {
        return draw.one(
                "-j MARK --set-mark " + words.number(3),
                "-j MARK --set-xmark 0x2/0x2",
                "-j MARK --or-mark 0x1",
                "-j MARK --and-mark 0xfe",
                "-j MARK --xor-mark 0x3",
                "-j ACCEPT",
                "-j DROP",
                "-j CONNMARK --save-mark",
                "-j CONNMARK --set-mark 1",
                "-j CONNMARK --restore-mark --nfmask 0x3 --ctmask 0x3",
                "-j CONNMARK --set-xmark 0x1/0x3",
                "-j TOS --set-tos 0x10",
                "-j DSCP --set-dscp 10",
                "");
    }

    private String nat(String chain) {
        if (draw.chance(18)) {
            return draw.one("-j ACCEPT", "");
        }
        if (chain.equals("INPUT")) {
            return "-j SNAT --to-source " + draw.one("10.0.2.99", "10.9.0.77", "10.0.2.20-10.0.2.23");
        }
        return chain.equals("POSTROUTING")
                ? draw.weighted(List.of(
                        weigh(
                                4,
                                () -> draw.one(
                                        "-j MASQUERADE", "-j MASQUERADE", "-j MASQUERADE", "-j MASQUERADE --random")),
                        weigh(3, () -> "-j SNAT --to-source " + draw.one("10.0.2.15", "10.0.2.99", "10.9.0.1")),
                        weigh(2, () -> "-j SNAT --to-source " + draw.one("10.0.2.20-10.0.2.23", "10.0.2.96-10.0.2.97")),
                        weigh(1, () -> "-j NETMAP --to 10.7.0.0/16")))
                : draw.weighted(List.of(
                        weigh(
                                5,
                                () -> "-j DNAT --to-destination "
                                        + draw.one("10.9.0.11", "10.9.0.12", "10.0.2.9", "10.9.1.11", "8.8.4.4")),
                        weigh(
                                2,
                                () -> "-j DNAT --to-destination "
                                        + draw.one(
                                                "10.9.0.11-10.9.0.14", "10.9.0.12-10.9.0.13", "10.0.2.20-10.0.2.29")),
                        weigh(3, () -> "-j REDIRECT"),
                        weigh(1, () -> "-j NETMAP --to 10.9.0.0/24")));
    }
}
