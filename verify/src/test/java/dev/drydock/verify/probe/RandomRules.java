package dev.drydock.verify.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random rulesets of iptables (both back ends) and nft, as the bash that loads them. */
final class RandomRules {
    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Sets forwarding and bridging, then loads the rules. */
    String setup() {
        StringBuilder bash = new StringBuilder();
        boolean forwarding = chance(92);
        bash.append("echo ").append(forwarding ? 1 : 0).append(" >/proc/sys/net/ipv4/ip_forward\n");
        bash.append("echo ")
                .append(forwarding && chance(60) ? 1 : 0)
                .append(" >/proc/sys/net/bridge/bridge-nf-call-iptables\n");
        boolean legacyToo = chance(25);
        boolean onlyLegacy = legacyToo && chance(40);
        if (!onlyLegacy) {
            bash.append(restore("iptables-nft-restore"));
        }
        if (legacyToo) {
            bash.append(restore("iptables-legacy-restore"));
        }
        if (chance(35)) {
            bash.append("nft -f - <<'END'\n").append(nft(!onlyLegacy)).append("END\n");
        }
        return bash.toString();
    }

    private String restore(String tool) {
        StringBuilder text = new StringBuilder(tool).append(" <<'END'\n");
        for (String table : List.of("raw", "mangle", "nat", "filter")) {
            if (chance(table.equals("nat") || table.equals("filter") ? 85 : 30)) {
                text.append(table(table));
            }
        }
        return text.append("END\n").toString();
    }

    private String table(String table) {
        List<String> chains =
                switch (table) {
                    case "raw" -> List.of("PREROUTING", "OUTPUT");
                    case "nat" -> List.of("PREROUTING", "OUTPUT", "POSTROUTING");
                    case "filter" -> List.of("INPUT", "FORWARD", "OUTPUT");
                    default -> List.of("PREROUTING", "FORWARD", "OUTPUT", "POSTROUTING");
                };
        StringBuilder text = new StringBuilder("*" + table + "\n");
        List<String> rules = new ArrayList<>();
        for (String chain : chains) {
            String policy = table.equals("filter") && chance(25) ? "DROP" : "ACCEPT";
            text.append(":").append(chain).append(" ").append(policy).append(" [0:0]\n");
            String sub = chain + "-2";
            String deep = chain + "-3";
            boolean called = chance(45);
            if (chain.equals("OUTPUT") || chain.equals("POSTROUTING")) {
                // what a REJECT says goes out by these
                rules.add("-A " + chain + " -p icmp -m icmp --icmp-type 3 -j ACCEPT");
            }
            if (called || chance(20)) {
                text.append(":").append(sub).append(" - [0:0]\n:").append(deep).append(" - [0:0]\n");
                for (int i = random.nextInt(4); i >= 0; i--) {
                    rules.add("-A " + sub + matches(table, chain) + target(table, chain, chance(25) ? deep : ""));
                }
                for (int i = random.nextInt(3); i >= 0; i--) {
                    rules.add("-A " + deep + matches(table, chain) + target(table, chain, ""));
                }
            }
            for (int i = random.nextInt(5); i > 0; i--) {
                rules.add(
                        "-A " + chain + matches(table, chain) + target(table, chain, called && chance(50) ? sub : ""));
            }
        }
        rules.forEach(rule -> text.append(rule).append("\n"));
        return text.append("COMMIT\n").toString();
    }

    private String not() {
        return chance(25) ? " !" : "";
    }

    private String address() {
        return one(
                "10.9.0.0/24",
                "10.9.1.0/24",
                "10.9.0.0/16",
                "10.9.0.11",
                "10.9.0.12",
                "10.9.1.11",
                "8.8.8.8",
                "8.8.8.0/24",
                "10.0.2.15",
                "203.0.113.0/24",
                "10.0.2.0/24",
                "0.0.0.11/0.0.0.255");
    }

    private String matches(String table, String chain) {
        StringBuilder text = new StringBuilder();
        int count = one("0", "1", "1", "1", "2", "2", "3").charAt(0) - '0';
        boolean protocol = false;
        for (int i = 0; i < count; i++) {
            String match = match(table, chain, protocol);
            // one protocol and one of each match a rule
            boolean again = match.strip().startsWith("-p") && protocol
                    || text.indexOf(match.strip().replaceFirst("^! ", "").split(" ")[0] + " ") >= 0;
            if (!again || match.strip().startsWith("-m")) {
                if (match.contains(" -p ")) {
                    protocol = true;
                }
                if (!again || text.indexOf(match.strip().substring(0, 6)) < 0) {
                    text.append(match);
                }
            }
        }
        return text.toString();
    }

    private String match(String table, String chain, boolean protocol) {
        boolean in = !chain.equals("OUTPUT") && !chain.equals("POSTROUTING");
        boolean out = !chain.equals("PREROUTING") && !chain.equals("INPUT");
        return switch (random.nextInt(protocol ? 12 : 18)) {
            case 0, 1 -> not() + " -s " + address();
            case 2, 3 -> not() + " -d " + address();
            case 4 -> in ? not() + " -i " + one("br0", "wan0", "br+", "wan+", "lo", "+") : not() + " -s " + address();
            case 5 -> out ? not() + " -o " + one("br0", "wan0", "w+", "b+", "lo") : not() + " -d " + address();
            case 6 -> " -m addrtype" + not() + " --dst-type " + one("LOCAL", "UNICAST", "LOCAL,BROADCAST");
            case 7 ->
                table.equals("raw")
                        ? not() + " -d " + address()
                        : " -m conntrack" + not() + " --ctstate "
                                + one("NEW", "ESTABLISHED,RELATED", "NEW,INVALID", "DNAT", "SNAT");
            case 8 -> " -m mark" + not() + " --mark " + one("0x1", "0x0", "0x2/0x2", "0x3/0xff");
            case 9 ->
                " -m iprange" + not() + one(" --src-range 10.9.0.5-10.9.0.11", " --dst-range 8.8.0.0-8.8.255.255");
            case 10 ->
                one(
                        " -m comment --comment \"-j DROP\"",
                        " -m ttl --ttl-gt 10",
                        " -m length --length 0:1000",
                        " -m statistic --mode random --probability 0.5",
                        " -m connmark --mark 0x1",
                        " -m physdev" + (in ? " --physdev-in lan0" : " --physdev-is-bridged"),
                        " -m pkttype --pkt-type unicast",
                        " -m limit --limit 1000/sec",
                        " -m state --state NEW");
            case 11 -> not() + " -s " + address();
            case 12, 13 -> not() + " -p " + one("tcp", "udp", "icmp");
            case 14 -> " -p tcp -m tcp" + not() + " --dport " + one("80", "8080", "22:100", "443", "1:");
            case 15 -> " -p udp -m udp" + not() + one(" --dport 53", " --sport 40000:", " --dport 1:100");
            case 16 ->
                " -p tcp -m multiport" + not() + one(" --dports 80,443", " --dports 22,8000:9000", " --ports 80,53");
            default ->
                one(
                        " -p icmp -m icmp --icmp-type 8",
                        " -p icmp -m icmp --icmp-type 0",
                        " -p tcp --syn",
                        " -p tcp -m tcp --tcp-flags SYN,ACK ACK");
        };
    }

    private String target(String table, String chain, String sub) {
        if (!sub.isEmpty()) {
            return " " + one("-j", "-j", "-g") + " " + sub;
        }
        if (chance(8)) {
            return " -j RETURN";
        }
        return switch (table) {
            case "raw" -> one(" -j ACCEPT", " -j CT --notrack", " -j DROP", " -j LOG", "");
            case "mangle" ->
                one(
                        " -j MARK --set-mark 1",
                        " -j MARK --set-xmark 0x2/0x2",
                        " -j ACCEPT",
                        " -j DROP",
                        " -j CONNMARK --save-mark",
                        " -j CONNMARK --set-mark 1",
                        " -j CONNMARK --restore-mark",
                        " -j TOS --set-tos 0x10");
            case "filter" ->
                one(
                        " -j ACCEPT",
                        " -j ACCEPT",
                        " -j ACCEPT",
                        " -j DROP",
                        " -j DROP",
                        " -j LOG",
                        "",
                        chain.equals("OUTPUT") ? " -j DROP" : " -j REJECT");
            default ->
                chain.equals("POSTROUTING")
                        ? one(
                                " -j MASQUERADE",
                                " -j MASQUERADE",
                                " -j SNAT --to-source 10.0.2.15",
                                " -j ACCEPT",
                                " -j SNAT --to-source 10.0.2.99",
                                " -j NETMAP --to 10.7.0.0/16",
                                "")
                        : one(
                                " -j DNAT --to-destination 10.9.0.11",
                                " -j DNAT --to-destination 10.9.0.12",
                                " -j REDIRECT",
                                " -j DNAT --to-destination 10.0.2.9",
                                " -j ACCEPT",
                                " -j NETMAP --to 10.9.0.0/24",
                                "");
        };
    }

    private String nft(boolean iptablesToo) {
        StringBuilder text = new StringBuilder();
        String table = one("inet mine", "ip mine");
        text.append("table ").append(table).append(" {\n");
        text.append(" set some { type ipv4_addr; flags interval; elements = { 10.9.0.11, 8.8.0.0/16 }; }\n");
        text.append(" chain sub {\n").append(nftRules("filter")).append(" }\n");
        if (chance(60)) {
            text.append(" chain fw { type filter hook forward priority ")
                    .append(one("-10", "0", "filter + 5"))
                    .append("; policy ")
                    .append(one("accept", "accept", "drop"))
                    .append(";\n")
                    .append(nftRules("filter"))
                    .append(chance(50) ? "  jump sub\n" : "")
                    .append(" }\n");
        }
        if (chance(50)) {
            text.append(" chain post { type nat hook postrouting priority ")
                    .append(one("srcnat", "90"))
                    .append(";\n")
                    .append(nftRules("post"))
                    .append(" }\n");
        }
        if (chance(50)) {
            text.append(" chain pre { type nat hook prerouting priority ")
                    .append(one("dstnat", "-110"))
                    .append(";\n")
                    .append(nftRules("pre"))
                    .append(" }\n");
        }
        text.append("}\n");
        if (iptablesToo && chance(50)) {
            text.append("table ip filter { chain FORWARD { type filter hook forward priority filter; }; }\n");
            text.append("add rule ip filter FORWARD ")
                    .append(nftMatch().replace("@some", "{ 10.9.0.11, 8.8.0.0/16 }"))
                    .append(one(" drop", " accept", " counter drop"))
                    .append("\n");
        }
        return text.toString();
    }

    private String nftRules(String kind) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String target =
                    switch (kind) {
                        case "filter" -> one("accept", "drop", "reject", "counter", "meta mark set 1", "return", "log");
                        case "post" -> one("masquerade", "snat ip to 10.0.2.15", "accept");
                        default -> one("dnat ip to 10.9.0.11", "dnat ip to 10.9.0.12", "redirect", "accept");
                    };
            boolean map = kind.equals("filter") && chance(15);
            text.append("  ")
                    .append(map ? "tcp dport vmap { 80 : drop, 443 : accept }" : nftMatch() + " " + target)
                    .append("\n");
        }
        return text.toString();
    }

    private String nftMatch() {
        String op = chance(25) ? "!= " : "";
        return one(
                "ip saddr " + op + "10.9.0.0/24",
                "ip daddr " + op + "8.8.8.8",
                "ip saddr " + op + "{ 10.9.0.11, 10.9.0.12 }",
                "ip daddr " + op + "@some",
                "ip saddr @some",
                "tcp dport " + op + "80",
                "tcp dport { 80, 443 }",
                "tcp dport " + op + "1-100",
                "udp dport 53",
                "th dport 80",
                "meta l4proto " + op + "tcp",
                "meta l4proto { tcp, udp }",
                "ip protocol icmp",
                "iifname " + op + "\"br0\"",
                "iifname { \"br0\", \"wan*\" }",
                "ct state new",
                "ct state established,related",
                "ct status dnat",
                "meta mark 1",
                "meta mark & 0x3 == 0x2",
                "icmp type echo-request",
                "ip ttl > 10",
                "tcp flags & (syn|ack) == syn",
                "fib daddr type local",
                "ip saddr . tcp dport { 10.9.0.11 . 80 }",
                "meta length > 10",
                "ip daddr 8.8.0.0-8.8.255.255",
                "tcp sport >= 1024");
    }
}
