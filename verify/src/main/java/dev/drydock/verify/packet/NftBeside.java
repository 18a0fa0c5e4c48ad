package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nft chains at the ingress or egress hook of an interface. Their rules are not evaluated; this class only finds out whether one of them might
 * stop or change a packet.
 */
final class NftBeside {
    /** Statements that neither change nor stop a packet. */
    private static final Set<String> HARMLESS = Set.of(
            "match", "counter", "log", "comment", "limit", "quota", "accept", "continue", "return", "jump", "goto");

    private record Place(String table, boolean drops) {}

    private final Map<String, Place> bases = new LinkedHashMap<>();
    /** Chains where a rule may stop or change a packet, as {@code netdev filter/guard}. */
    private final Set<String> harmful = new HashSet<>();

    private final Map<String, Set<String>> jumps = new HashMap<>();
    private boolean tracks;

    /** Whether tables of this family see only packets of the other version of IP. */
    static boolean isOther(String family, boolean ipv6) {
        return family.equals(ipv6 ? "ip" : "ip6");
    }

    void chain(String family, String table, JsonObject chain) {
        String hook = NftFields.text(chain, "hook");
        if (!hook.isEmpty() && (family.equals("netdev") || hook.equals("ingress"))) {
            String id = family + " " + table + "/" + NftFields.text(chain, "name");
            bases.put(
                    id,
                    new Place(
                            family + " " + table,
                            NftFields.text(chain, "policy").equals("drop")));
        }
    }

    /** @param ipv6 whether the question is about IPv6 packets */
    void rule(String family, String table, String chain, JsonArray statements, boolean ipv6) {
        String id = family + " " + table + "/" + chain;
        for (JsonElement statement : statements) {
            if (!(statement instanceof JsonObject object)) {
                continue;
            }
            object.entrySet().forEach(one -> {
                boolean leads = one.getKey().equals("jump") || one.getKey().equals("goto");
                if (leads && one.getValue() instanceof JsonObject jump) {
                    jumps.computeIfAbsent(id, name -> new HashSet<>())
                            .add(family + " " + table + "/" + NftFields.text(jump, "target"));
                }
                if (!HARMLESS.contains(one.getKey())) {
                    harmful.add(id);
                }
            });
        }
        tracks |= family.equals("bridge") && ConntrackUse.nft(statements, ipv6);
    }

    /** Whether a rule of the family bridge uses conntrack, which then tracks IP packets too. */
    boolean tracks() {
        return tracks;
    }

    /**
     * The first active table whose ingress or egress chains might stop or change a packet.
     *
     * @param dormant tables that see no packets, as {@code ip mine}
     */
    Optional<String> beneath(Set<String> dormant) {
        return bases.entrySet().stream()
                .filter(one -> isActive(one, dormant))
                .map(one -> one.getValue().table())
                .findFirst();
    }

    private boolean isActive(Map.Entry<String, Place> base, Set<String> dormant) {
        return !dormant.contains(base.getValue().table())
                && (base.getValue().drops() || doesHarm(base.getKey(), new HashSet<>()));
    }

    private boolean doesHarm(String id, Set<String> seen) {
        return seen.add(id)
                && (harmful.contains(id)
                        || jumps.getOrDefault(id, Set.of()).stream().anyMatch(next -> doesHarm(next, seen)));
    }
}
