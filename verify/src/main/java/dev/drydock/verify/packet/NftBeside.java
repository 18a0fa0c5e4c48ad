package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The chains of nft that are no part of the way through IPv4's hooks: those at an interface's ingress or egress, and those of the family
 * bridge. They are not followed; it is told where one of them may stop or change a packet.
 */
final class NftBeside {
    /** What leaves a packet as it is and lets it go on. */
    private static final Set<String> HARMLESS = Set.of(
            "match", "counter", "log", "comment", "limit", "quota", "accept", "continue", "return", "jump", "goto");

    private record Place(String table, String hook, boolean drops) {}

    private final Map<String, Place> bases = new LinkedHashMap<>();
    /** Where a rule may stop or change a packet: chains of the bridge, as {@code bridge filter/FORWARD}. */
    private final Set<String> harmful = new HashSet<>();

    private final Map<String, Set<String>> jumps = new HashMap<>();
    private boolean tracks;

    private static boolean isBeside(String family) {
        return family.equals("bridge") || family.equals("netdev");
    }

    void chain(String family, String table, JsonObject chain) {
        String hook = NftFields.text(chain, "hook");
        if (!hook.isEmpty() && (isBeside(family) || hook.equals("ingress"))) {
            String id = family + " " + table + "/" + NftFields.text(chain, "name");
            bases.put(
                    id,
                    new Place(
                            family + " " + table,
                            hook,
                            NftFields.text(chain, "policy").equals("drop")));
        }
    }

    void rule(String family, String table, String chain, JsonArray statements) {
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
        tracks |= family.equals("bridge") && ConntrackUse.nft(statements);
    }

    /** Whether a rule of the family bridge wants conntrack, which then looks at IPv4 too. */
    boolean tracks() {
        return tracks;
    }

    /** A table with rules at an ingress or egress. */
    Optional<String> beneath(Set<String> dormant) {
        return bases.entrySet().stream()
                .filter(one -> !isBridge(one.getKey()) && isActive(one, dormant))
                .map(one -> one.getValue().table())
                .findFirst();
    }

    /** For each hook of the bridge a table that may stop or change a packet there. */
    Map<Hook, String> bridged(Set<String> dormant) {
        Map<Hook, String> tables = new EnumMap<>(Hook.class);
        for (Map.Entry<String, Place> one : bases.entrySet()) {
            if (isBridge(one.getKey()) && isActive(one, dormant)) {
                for (Hook hook : Hook.values()) {
                    if (hook.name().equals(one.getValue().hook().toUpperCase(Locale.ROOT))) {
                        tables.putIfAbsent(hook, one.getValue().table());
                    }
                }
            }
        }
        return tables;
    }

    private static boolean isBridge(String id) {
        return id.startsWith("bridge ");
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
