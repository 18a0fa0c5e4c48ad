package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a rule makes conntrack look at the packets of its namespace. Without such a rule the kernel tracks no connections, and nat chains see no
 * packets.
 */
final class ConntrackUse {
    private static final Set<String> MATCHES =
            Set.of("conntrack", "state", "connmark", "connbytes", "connlimit", "connlabel", "helper", "cluster");
    private static final Set<String> TARGETS =
            Set.of("MASQUERADE", "SNAT", "DNAT", "REDIRECT", "NETMAP", "CONNMARK", "CONNSECMARK", "SYNPROXY", "CT");
    private static final Set<String> STATEMENTS = Set.of(
            "snat",
            "dnat",
            "masquerade",
            "redirect",
            "ct",
            "ct count",
            "ct helper",
            "ct timeout",
            "ct expectation",
            "flow",
            "synproxy");

    private ConntrackUse() {}

    /** @param rule a line of {@code iptables-save} */
    static boolean iptables(String rule) {
        List<String> words = IptablesRules.words(rule);
        if (words.contains("--notrack")) {
            return false;
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean match = words.get(i).equals("-m") && MATCHES.contains(words.get(i + 1));
            boolean target = words.get(i).equals("-j") && TARGETS.contains(words.get(i + 1));
            if (match || target) {
                return true;
            }
        }
        return false;
    }

    /** @param statements of a rule in an nft table that sees the packets */
    static boolean nft(JsonArray statements, boolean ipv6) {
        return statements.asList().stream().anyMatch(part -> asks(part, ipv6));
    }

    private static boolean asks(JsonElement part, boolean ipv6) {
        if (part instanceof JsonArray list) {
            return nft(list, ipv6);
        }
        return part instanceof JsonObject object
                && object.entrySet().stream().anyMatch(one -> isTracking(one, ipv6) || asks(one.getValue(), ipv6));
    }

    private static boolean isTracking(Map.Entry<String, JsonElement> one, boolean ipv6) {
        return STATEMENTS.contains(one.getKey()) && !isOther(one.getValue(), ipv6);
    }

    private static boolean isOther(JsonElement value, boolean ipv6) {
        return value instanceof JsonObject inside && NftBeside.isOther(NftFields.text(inside, "family"), ipv6);
    }
}
