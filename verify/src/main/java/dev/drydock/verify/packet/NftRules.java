package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.verify.facts.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of nf_tables, parsed from {@code nft -j list ruleset}.
 *
 * <p>It is read together with {@code iptables-save} because each hides what the other shows. iptables-save 1.8.9 prints a rule that nft made
 * without the parts that iptables does not know: {@code ip saddr { 10.0.0.1, 10.0.0.2 } drop} becomes {@code -j DROP}. nft names the extensions of
 * iptables without their options. So a rule with such extensions is taken from iptables-save, and every other rule from nft.
 */
public final class NftRules {
    private static final Set<String> IPTABLES = Set.of("raw", "mangle", "nat", "filter", "security");

    /** The chains of the legacy back end for this version of IP. */
    private final List<Chain> legacy;
    /** The chains of the nft back end, by table and name. */
    private final Map<String, Map<String, Chain>> saved = new HashMap<>();

    private final boolean ipv6;
    /** The table family for this version of IP: {@code ip} or {@code ip6}. */
    private final String own;

    private final Map<ChainId, JsonObject> chains = new LinkedHashMap<>();
    private final Map<ChainId, List<JsonArray>> rules = new HashMap<>();
    private final Map<String, Map<String, JsonArray>> sets = new HashMap<>();
    /** The sets that rules add elements to, as {@code ip mine/some}. */
    private final Set<String> open = new HashSet<>();
    /** The tables with the flag dormant, which see no packets, as {@code ip mine}. */
    private final Set<String> dormant = new HashSet<>();

    private final NftBeside beside = new NftBeside();
    private final EbtablesRules frames = new EbtablesRules();

    /** Whether the elements of named sets and maps were omitted from the output, so that they are unknown. */
    private boolean elementsUnread;

    private NftRules(List<Chain> saved, boolean ipv6) {
        this.ipv6 = ipv6;
        this.legacy = saved.stream()
                .filter(chain -> chain.ipv6() == ipv6 && chain.backend().equals("legacy"))
                .toList();
        saved.stream()
                .filter(chain -> chain.ipv6() == ipv6 && chain.backend().equals("nft"))
                .forEach(chain -> this.saved
                        .computeIfAbsent(chain.table(), table -> new LinkedHashMap<>())
                        .put(chain.name(), chain));
        this.own = ipv6 ? "ip6" : "ip";
    }

    /**
     * The rules for packets of one version of IP.
     *
     * @param json the output of {@code nft -j list ruleset}
     * @param saved the chains that iptables-save and ip6tables-save printed, of both back ends
     * @throws IllegalArgumentException with a sentence, when the JSON is cut off or has an unexpected form
     */
    public static Ruleset of(String json, List<Chain> saved, boolean ipv6) {
        NftRules all = new NftRules(saved, ipv6);
        try {
            JsonParser.parseString(json)
                    .getAsJsonObject()
                    .getAsJsonArray("nftables")
                    .forEach(entry -> all.take(entry.getAsJsonObject()));
            return all.ruleset();
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException("what nft -j list ruleset printed cannot be read", unreadable);
        }
    }

    private void take(JsonObject entry) {
        Map.Entry<String, JsonElement> one = entry.entrySet().iterator().next();
        if (one.getKey().equals("unread")) {
            elementsUnread = true;
        }
        if (one.getKey().equals("ebtables")) {
            frames.read(one.getValue().getAsString());
        }
        if (!(one.getValue() instanceof JsonObject inside) || !inside.has("family")) {
            return;
        }
        String family = inside.get("family").getAsString();
        if (one.getKey().equals("table")) {
            takeTable(family, inside);
            return;
        }
        if (!Set.of("chain", "rule", "set", "map").contains(one.getKey())) {
            return;
        }
        String table = inside.get("table").getAsString();
        boolean ip = family.equals(own) || family.equals("inet") || family.equals("bridge");
        switch (one.getKey()) {
            case "chain" -> {
                if (ip && !is(inside, "hook", "ingress")) {
                    chains.put(id(family, table, inside.get("name").getAsString()), inside);
                } else if (!NftBeside.isOther(family, ipv6)) {
                    beside.chain(family, table, inside);
                }
            }
            case "rule" -> {
                JsonArray statements = inside.get("expr") instanceof JsonArray list ? list : new JsonArray();
                String chain = inside.get("chain").getAsString();
                beside.rule(family, table, chain, statements, ipv6);
                NftValues.added(statements).forEach(set -> open.add(family + " " + table + "/" + set));
                if (ip) {
                    rules.computeIfAbsent(id(family, table, chain), name -> new ArrayList<>())
                            .add(statements);
                }
            }
            default -> {
                if (!elementsUnread) {
                    sets.computeIfAbsent(family + " " + table, name -> new HashMap<>())
                            .put(
                                    inside.get("name").getAsString(),
                                    inside.get("elem") instanceof JsonArray elements ? elements : new JsonArray());
                }
            }
        }
    }

    /** Newer versions of nft list a table's flags in JSON; version 1.0.6 does not, so {@code dormant} is taken from its text output. */
    private void takeTable(String family, JsonObject table) {
        JsonElement flags = table.get("flags");
        if (table.has("dormant") || (flags != null && flags.toString().contains("\"dormant\""))) {
            dormant.add(family + " " + table.get("name").getAsString());
        }
    }

    private static boolean is(JsonObject object, String key, String value) {
        return NftFields.text(object, key).equals(value);
    }

    /** The chain's name; its tool is iptables or ip6tables where iptables-save lists the chain, else nft or ebtables. */
    private ChainId id(String family, String table, String name) {
        if (family.equals("bridge")) {
            return new ChainId(frames.tool(table, name), family, table, name);
        }
        boolean known = family.equals(own)
                && IPTABLES.contains(table)
                && saved.getOrDefault(table, Map.of()).containsKey(name);
        return new ChainId(known ? IptablesRules.tool(ipv6) : "nft", family, table, name);
    }

    private Ruleset ruleset() {
        List<RuleChain> all = new ArrayList<>();
        chains.forEach((id, chain) -> all.add(new RuleChain(id, base(id, chain), rules(id))));
        // what iptables-save shows as untouched is not there for nft
        List<Chain> shown = saved.values().stream()
                .flatMap(table -> table.values().stream())
                .toList();
        IptablesRules.chains(
                        shown.stream().filter(chain -> chain.rules().isEmpty()).toList())
                .stream()
                .filter(chain -> !chains.containsKey(chain.id()))
                .forEach(all::add);
        all.addAll(IptablesRules.chains(legacy));
        boolean tracked = IptablesRules.areTracked(shown)
                || IptablesRules.areTracked(legacy)
                || rules.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(statements -> ConntrackUse.nft(statements, ipv6));
        return Ruleset.of(all, beside.beneath(dormant), Ternary.of(tracked || beside.tracks()));
    }

    private List<Rule> rules(ChainId id) {
        List<JsonArray> here = rules.getOrDefault(id, List.of());
        if (id.tool().equals(EbtablesRules.TOOL)) {
            return frames.rules(id, here, values(id));
        }
        boolean byIptables = id.tool().equals(IptablesRules.tool(ipv6));
        Map<String, Chain> siblings = saved.getOrDefault(id.table(), Map.of());
        List<String> lines = byIptables ? siblings.get(id.name()).rules() : List.of();
        NftValues values = values(id);
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            JsonArray statements = here.get(i);
            boolean paired = lines.size() == here.size();
            int number = i + 1;
            String line = paired ? lines.get(i) : "";
            if (paired && NftRule.has(statements, "xt")) {
                all.add(Rule.read(
                        id, number, line, () -> new IptablesRule(id, number, line, siblings.keySet()).read()));
                continue;
            }
            String text = NftText.rule(statements);
            String shown = paired && NftRule.has(statements, "counter") && !text.contains("{ ") ? line : text;
            all.add(Rule.read(id, number, shown, () -> new NftRule(id, number, shown, statements, values).read()));
        }
        return all;
    }

    private NftValues values(ChainId id) {
        String table = id.family() + " " + id.table();
        Map<String, NftValues.Named> named = new HashMap<>();
        sets.getOrDefault(table, Map.of())
                .forEach((name, elements) ->
                        named.put(name, new NftValues.Named(elements, open.contains(table + "/" + name))));
        return new NftValues(named);
    }

    private Optional<RuleChain.Base> base(ChainId id, JsonObject chain) {
        if (!chain.has("hook") || dormant.contains(id.family() + " " + id.table())) {
            return Optional.empty();
        }
        return Optional.of(new RuleChain.Base(
                Hook.valueOf(chain.get("hook").getAsString().toUpperCase(Locale.ROOT)),
                chain.get("prio").getAsInt(),
                is(chain, "type", "nat"),
                is(chain, "policy", "drop") ? Action.End.DROP : Action.End.ACCEPT));
    }
}
