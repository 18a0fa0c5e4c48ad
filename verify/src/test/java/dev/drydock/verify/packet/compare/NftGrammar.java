package dev.drydock.verify.packet.compare;

import static dev.drydock.verify.packet.compare.Draw.weigh;

import java.util.ArrayList;
import java.util.List;

/** Random input of {@code nft -f}, for the families ip, ip6, inet, bridge and arp. */
final class NftGrammar {

    private final Draw draw;
    private final Ingredients words;
    private int tables;

    NftGrammar(Draw draw) {
        this.draw = draw;
        this.words = new Ingredients(draw);
    }

    /** One to three tables. */
    String rules() {
        StringBuilder text = new StringBuilder();
        for (int i = draw.between(1, draw.chance(12) ? 3 : 1); i > 0; i--) {
            text.append(table());
        }
        return text.toString();
    }

    private String table() {
        String family = draw.weighted(List.of(
                weigh(50, () -> "inet"),
                weigh(40, () -> "ip"),
                weigh(4, () -> "ip6"),
                weigh(3, () -> "bridge"),
                weigh(3, () -> "arp")));
        String name = "t" + tables++;
        StringBuilder text = new StringBuilder("table " + family + " " + name + " {\n");
        if (draw.chance(4)) {
            text.append("  flags dormant\n");
        }
        switch (family) {
            case "ip", "inet" -> text.append(new NftTable(draw, words, family).body());
            case "ip6" ->
                text.append("  chain c { type filter hook forward priority 0; policy drop; }\n")
                        .append("  chain d { type filter hook input priority 0; ip6 saddr fd00::/8 drop; }\n");
            case "bridge" -> text.append(bridge());
            default -> text.append("  chain c { type filter hook input priority 0; policy drop; }\n");
        }
        return text.append("}\n").toString();
    }

    private String bridge() {
        List<String> lines = new ArrayList<>();
        for (String hook : draw.some(2, "prerouting", "input", "forward", "output", "postrouting")) {
            lines.add("  chain " + hook + " { type filter hook " + hook + " priority "
                    + draw.one("-200", "0", "filter", "100") + "; policy accept;");
            lines.add("    icmp type destination-unreachable accept");
            lines.add("    tcp flags & rst == rst accept");
            for (int i = draw.below(3); i >= 0; i--) {
                lines.add("    "
                        + draw.one(
                                "ip saddr " + words.address(),
                                "ip daddr " + words.network(),
                                "tcp dport " + words.port(),
                                "ether type ip",
                                "ether type arp",
                                "iifname \"lan0\"",
                                "meta mark 1",
                                "ip protocol " + draw.one("tcp", "udp", "icmp"))
                        + " "
                        + draw.one("drop", "accept", "counter", "drop"));
            }
            lines.add("  }");
        }
        return String.join("\n", lines) + "\n";
    }
}
