package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.drydock.verify.facts.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that nf_tables holds, out of {@code nft -j list ruleset}.
 *
 * <p>It is asked beside {@code iptables-save} because each of them hides what the other shows. Version 1.8.9 of iptables-save prints a rule
 * that nft made, without the parts of it that iptables does not know: {@code ip saddr { 10.0.0.1, 10.0.0.2 } drop} becomes {@code -j
 * DROP}. And nft names the extensions of iptables without their options. So a rule with such extensions is taken from iptables-save,
 * and every other one from nft.
 */
public final class NftRules {
    private static final Set<String> IPTABLES = Set.of("raw", "mangle", "nat", "filter", "security");

    private final List<Chain> saved;
    private final Map<ChainId, JsonObject> chains = new LinkedHashMap<>();
    private final Map<ChainId, List<JsonArray>> rules = new HashMap<>();
    private final Map<String, Map<String, JsonArray>> sets = new HashMap<>();
    private final List<String> beneath = new ArrayList<>();
    private final List<String> bridged = new ArrayList<>();

    private NftRules(List<Chain> saved) {
        this.saved = saved;
    }

    /**
     * Reads both together.
     *
     * @param saved the chains that iptables-save showed, of both back ends
     * @throws IllegalArgumentException with a sentence when the JSON is cut off or something else
     */
    public static Ruleset of(String json, List<Chain> saved) {
        NftRules all = new NftRules(saved);
        try {
            JsonParser.parseString(json)
                    .getAsJsonObject()
                    .getAsJsonArray("nftables")
                    .forEach(entry -> all.take(entry.getAsJsonObject()));
            return all.ruleset();
        } catch (JsonParseException | IllegalStateException | NullPointerException unreadable) {
            throw new IllegalArgumentException("what nft -j list ruleset printed cannot be read", unreadable);
        }
    }

    private void take(JsonObject entry) {
        Map.Entry<String, JsonElement> one = entry.entrySet().iterator().next();
        if (!Set.of("chain", "rule", "set", "map").contains(one.getKey())) {
            return;
        }
        JsonObject inside = one.getValue().getAsJsonObject();
        String family = inside.get("family").getAsString();
        String table = inside.get("table").getAsString();
        boolean ip = family.equals("ip") || family.equals("inet");
        switch (one.getKey()) {
            case "chain" -> {
                boolean ingress =
                        family.equals("netdev") || is(inside, "hook", "ingress") || is(inside, "hook", "egress");
                if (ingress && inside.has("hook")) {
                    beneath.add(family + " " + table);
                } else if (family.equals("bridge") && inside.has("hook")) {
                    bridged.add(family + " " + table);
                } else if (ip) {
                    chains.put(id(family, table, inside.get("name").getAsString()), inside);
                }
            }
            case "rule" -> {
                if (ip) {
                    JsonElement expression = inside.get("expr");
                    rules.computeIfAbsent(
                                    id(family, table, inside.get("chain").getAsString()), chain -> new ArrayList<>())
                            .add(expression == null ? new JsonArray() : expression.getAsJsonArray());
                }
            }
            default ->
                sets.computeIfAbsent(family + " " + table, name -> new HashMap<>())
                        .put(
                                inside.get("name").getAsString(),
                                inside.has("elem") ? inside.getAsJsonArray("elem") : new JsonArray());
        }
    }

    private static boolean is(JsonObject object, String key, String value) {
        return object.has(key) && object.get(key).getAsString().equals(value);
    }

    /** Its place among the tables of iptables, if iptables-save knows it there. */
    private ChainId id(String family, String table, String name) {
        boolean known = family.equals("ip")
                && IPTABLES.contains(table)
                && saved.stream()
                        .anyMatch(chain -> isOf(chain, table) && chain.name().equals(name));
        return new ChainId(known ? "iptables" : "nft", family, table, name);
    }

    private static boolean isOf(Chain chain, String table) {
        return !chain.ipv6() && chain.backend().equals("nft") && chain.table().equals(table);
    }

    private Ruleset ruleset() {
        List<RuleChain> all = new ArrayList<>();
        List<Chain> legacy =
                saved.stream().filter(chain -> chain.backend().equals("legacy")).toList();
        chains.forEach((id, chain) -> all.add(new RuleChain(id, base(chain), rules(id))));
        // what iptables-save shows as untouched is not there for nft
        IptablesRules.of(saved).chains().stream()
                .filter(chain ->
                        chain.id().tool().equals("iptables") && chain.rules().isEmpty())
                .filter(chain -> !chains.containsKey(chain.id()))
                .forEach(all::add);
        all.addAll(IptablesRules.of(legacy).chains());
        return new Ruleset(
                all,
                Optional.of(beneath).filter(names -> !names.isEmpty()).map(names -> names.get(0)),
                Optional.of(bridged).filter(names -> !names.isEmpty()).map(names -> names.get(0)));
    }

    private List<Rule> rules(ChainId id) {
        List<JsonArray> here = rules.getOrDefault(id, List.of());
        List<String> lines = saved.stream()
                .filter(chain -> id.tool().equals("iptables") && isOf(chain, id.table()))
                .filter(chain -> chain.name().equals(id.name()))
                .findFirst()
                .map(Chain::rules)
                .orElse(List.of());
        Set<String> siblings = saved.stream()
                .filter(chain -> isOf(chain, id.table()))
                .map(Chain::name)
                .collect(Collectors.toSet());
        NftMatch matches = new NftMatch(sets.getOrDefault(id.family() + " " + id.table(), Map.of()));
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            JsonArray statements = here.get(i);
            boolean paired = lines.size() == here.size();
            if (paired && NftRule.hasXt(statements)) {
                all.add(new IptablesRule(id, i + 1, lines.get(i), siblings).read());
                continue;
            }
            String text = NftText.rule(statements);
            boolean byIptables = paired && statements.toString().contains("{\"counter\":") && !text.contains("{ ");
            all.addAll(new NftRule(id, i + 1, byIptables ? lines.get(i) : text, statements, matches).read());
        }
        return all;
    }

    private static Optional<RuleChain.Base> base(JsonObject chain) {
        if (!chain.has("hook")) {
            return Optional.empty();
        }
        return Optional.of(new RuleChain.Base(
                Hook.valueOf(chain.get("hook").getAsString().toUpperCase(Locale.ROOT)),
                chain.get("prio").getAsInt(),
                is(chain, "type", "nat"),
                is(chain, "policy", "drop") ? Action.End.DROP : Action.End.ACCEPT));
    }
}
