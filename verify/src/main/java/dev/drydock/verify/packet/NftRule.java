package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One rule of nft's JSON. Parts that are not understood become unknown conditions or actions. */
record NftRule(ChainId chain, int number, String shown, JsonArray statements, NftValues values) {
    /** Statements that only count or observe; the next statement follows. */
    private static final Set<String> GO_ON =
            Set.of("counter", "log", "comment", "last", "ct helper", "ct timeout", "ct expectation");

    /** Statements that depend on earlier traffic, so that their result is unknown. */
    private static final Set<String> COUNTING = Set.of("limit", "quota", "ct count", "meter");

    private static final Set<String> XT_GO_ON =
            Set.of("LOG", "NFLOG", "TRACE", "CHECKSUM", "TCPMSS", "CLASSIFY", "AUDIT");

    /** nft omits the protocol match before a port match without a named header: {@code meta l4proto 47 th dport 80}. */
    private static final Condition HIDDEN = Condition.unknown("for which protocol nft does not show");

    private record Parts(List<Condition> conditions, List<Action> actions) {
        /** A condition that follows an action applies only to the actions after it. */
        void add(Condition condition) {
            if (actions.isEmpty()) {
                conditions.add(condition);
            } else {
                actions.add(new Action.Only(condition));
            }
        }

        void add(Action action) {
            actions.add(action);
        }
    }

    Rule read() {
        Parts parts = new Parts(new ArrayList<>(), new ArrayList<>());
        String target = "";
        boolean ofProtocol = false;
        for (JsonElement statement : statements) {
            ofProtocol |= holds(statement, "key", "l4proto") || holds(statement, "field", "protocol");
            if (!ofProtocol && holds(statement, "protocol", "th")) {
                parts.add(HIDDEN);
            }
            Map.Entry<String, JsonElement> one =
                    statement.getAsJsonObject().entrySet().iterator().next();
            target = one.getKey();
            JsonObject inside = one.getValue() instanceof JsonObject object ? object : new JsonObject();
            take(one.getKey(), inside, statement, parts);
        }
        List<Action> actions = parts.actions().isEmpty() ? List.of(Action.Change.NOTHING) : parts.actions();
        boolean silent = Set.of("counter", "log", "match").contains(target);
        return new Rule(chain, number, shown, silent ? "" : target, parts.conditions(), actions);
    }

    /** Whether the JSON, at any depth, has an object whose member of this name has this text. */
    private static boolean holds(JsonElement part, String name, String text) {
        if (part instanceof JsonArray list) {
            return list.asList().stream().anyMatch(one -> holds(one, name, text));
        }
        return part instanceof JsonObject object
                && (NftFields.text(object, name).equals(text)
                        || object.entrySet().stream().anyMatch(one -> holds(one.getValue(), name, text)));
    }

    private void take(String name, JsonObject inside, JsonElement statement, Parts parts) {
        if (GO_ON.contains(name)) {
            return;
        }
        if (COUNTING.contains(name)) {
            parts.add(Condition.unknown(NftText.statement(statement)));
            return;
        }
        switch (name) {
            case "match" -> parts.add(new NftMatch(values).condition(inside));
            case "vmap" -> parts.add(NftChoice.of(inside, values, NftRule::verdict));
            case "set" -> {
                if (inside.has("stmt")) {
                    parts.add(Condition.unknown(NftText.statement(statement)));
                }
            }
            case "xt" -> xt(inside, NftText.statement(statement), parts);
            case "reject" -> reject(inside, parts);
            case "snat", "dnat", "masquerade", "redirect" ->
                new NftTranslation(values).take(name, inside, parts.conditions()::add, parts::add);
            case "mangle" -> parts.add(new NftChange(values).action(inside));
            default -> parts.add(simple(name, inside));
        }
    }

    /** {@code {"accept":null}}, {@code {"jump":{"target":"web"}}}. */
    private static Action verdict(JsonElement verdict) {
        Map.Entry<String, JsonElement> one =
                verdict.getAsJsonObject().entrySet().iterator().next();
        return simple(one.getKey(), one.getValue() instanceof JsonObject object ? object : new JsonObject());
    }

    private static Action simple(String name, JsonObject inside) {
        return switch (name) {
            case "accept" -> Action.End.ACCEPT;
            case "drop" -> Action.End.DROP;
            case "return" -> Action.End.RETURN;
            case "continue" -> Action.Change.NOTHING;
            case "jump", "goto" -> new Action.Jump(inside.get("target").getAsString(), name.equals("goto"));
            case "notrack" -> IptablesActions.untracked();
            default -> new Action.Unknown(name);
        };
    }

    /** nft omits the implied match of a reject: the version of IP, or TCP for a reset. It is added here. */
    private static void reject(JsonObject inside, Parts parts) {
        String type = NftFields.text(inside, "type");
        if (type.equals("tcp reset")) {
            parts.add(new Condition(
                    "tcp",
                    (packet, router) -> Ternary.of(packet.header().protocol() == Protocol.TCP),
                    packet -> IptablesConditions.protocol("tcp", packet)));
            parts.add(new Action.Reject(RejectWith.TCP_RESET));
        } else {
            if (type.equals("icmp") || type.equals("icmpv6")) {
                parts.add(ofFamily(type, type.equals("icmpv6")));
            }
            String error = inside.has("expr") ? NftText.value(inside.get("expr")) : "port-unreachable";
            String name = type.equals("icmpv6") && error.equals("admin-prohibited") ? "icmp6-adm-prohibited" : error;
            parts.add(RejectWith.named(name).<Action>map(Action.Reject::new).orElse(Action.End.REJECT));
        }
    }

    static Condition ofFamily(String shown, boolean ipv6) {
        return new Condition(
                shown,
                (packet, router) -> Ternary.of(packet.header().isIpv6() == ipv6),
                packet -> say("match.family", "ipv6", ipv6));
    }

    /** Whether the rule has a statement of this kind, such as {@code xt}: an iptables extension of which nft shows only the name. */
    static boolean has(JsonArray statements, String kind) {
        return statements.asList().stream()
                .anyMatch(statement -> statement instanceof JsonObject object && object.has(kind));
    }

    private static void xt(JsonObject inside, String shown, Parts parts) {
        String name = NftFields.text(inside, "name");
        if (NftFields.text(inside, "type").equals("match")) {
            if (!name.equals("comment")) {
                parts.add(Condition.unknown(shown));
            }
        } else if (name.equals("MASQUERADE")) {
            parts.add(NftTranslation.masquerade());
        } else if (name.equals("REJECT")) {
            parts.add(Action.End.REJECT);
        } else if (!XT_GO_ON.contains(name)) {
            parts.add(new Action.Unknown(name));
        }
    }
}
