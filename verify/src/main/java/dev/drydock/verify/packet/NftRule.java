package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One rule of nft's JSON. What is not understood becomes a condition or an action that is unknown. */
record NftRule(ChainId chain, int number, String shown, JsonArray statements, NftValues values) {
    /** They count, or look, and the packet goes on. */
    private static final Set<String> GO_ON =
            Set.of("counter", "log", "comment", "last", "ct helper", "ct timeout", "ct expectation");

    /** Whether they hold nobody can tell: how much came by before decides. */
    private static final Set<String> COUNTING = Set.of("limit", "quota", "ct count", "meter");

    private static final Set<String> XT_GO_ON =
            Set.of("LOG", "NFLOG", "TRACE", "CHECKSUM", "TCPMSS", "CLASSIFY", "AUDIT");

    /** nft leaves out a protocol of which it has no header where a port follows: {@code meta l4proto 47 th dport 80}. */
    private static final Condition HIDDEN = Condition.unknown("for which protocol nft does not show");

    private record Parts(List<Condition> conditions, List<Action> actions) {
        /** A condition after an action holds for what follows it only. */
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

    /** Whether an object somewhere inside has that text by that name. */
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
            case "notrack" -> Targets.untracked();
            default -> new Action.Unknown(name);
        };
    }

    /** nft does not show again what an error asks of a packet: its version of IP, or TCP. */
    private static void reject(JsonObject inside, Parts parts) {
        String type = NftFields.text(inside, "type");
        if (type.equals("tcp reset")) {
            parts.add(new Condition(
                    "tcp",
                    (packet, router) -> Ternary.of(packet.header().protocol() == Protocol.TCP),
                    packet -> Matches.protocol("tcp", packet)));
            parts.add(new Action.Reject(Refusal.TCP_RESET));
        } else {
            if (type.equals("icmp") || type.equals("icmpv6")) {
                parts.add(ofFamily(type, type.equals("icmpv6")));
            }
            String error = inside.has("expr") ? NftText.value(inside.get("expr")) : "port-unreachable";
            String name = type.equals("icmpv6") && error.equals("admin-prohibited") ? "icmp6-adm-prohibited" : error;
            parts.add(Refusal.named(name).<Action>map(Action.Reject::new).orElse(Action.End.REJECT));
        }
    }

    static Condition ofFamily(String shown, boolean ipv6) {
        return new Condition(
                shown,
                (packet, router) -> Ternary.of(packet.header().isIpv6() == ipv6),
                packet -> say("match.family", "ipv6", ipv6));
    }

    /** Whether it has such a statement: {@code xt}, a part of iptables of which nft shows no more than the name. */
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
