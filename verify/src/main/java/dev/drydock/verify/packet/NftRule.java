package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.verify.facts.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One rule of nft's JSON. What is not understood becomes a condition or an action that is unknown. */
record NftRule(ChainId chain, int number, String shown, JsonArray statements, NftMatch matches) {
    private static final Set<String> GO_ON = Set.of("counter", "log", "comment");
    private static final Set<String> XT_GO_ON =
            Set.of("LOG", "NFLOG", "TRACE", "CHECKSUM", "TCPMSS", "TOS", "DSCP", "CLASSIFY", "AUDIT");

    /** The rule; a verdict map becomes one rule for each of its elements. */
    List<Rule> read() {
        List<Condition> conditions = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        for (JsonElement statement : statements) {
            Map.Entry<String, JsonElement> one =
                    statement.getAsJsonObject().entrySet().iterator().next();
            JsonObject inside = one.getValue().isJsonObject() ? one.getValue().getAsJsonObject() : new JsonObject();
            boolean condition = List.of("match", "limit", "vmap").contains(one.getKey()) || isXt("match", one);
            if (condition && !actions.isEmpty()) {
                // what was done before a match that fails is done all the same
                return List.of(rule(conditions, List.of(new Action.Unknown(shown))));
            }
            switch (one.getKey()) {
                case "match" -> conditions.add(matches.condition(inside));
                case "vmap" -> {
                    return branches(conditions, inside);
                }
                case "limit" -> conditions.add(Condition.unknown(NftText.statement(statement)));
                case "xt" -> {
                    if (isXt("match", one)) {
                        if (!inside.get("name").getAsString().equals("comment")) {
                            conditions.add(Condition.unknown(NftText.statement(statement)));
                        }
                    } else {
                        actions.addAll(xt(inside));
                    }
                }
                default -> {
                    if (!GO_ON.contains(one.getKey())) {
                        actions.add(action(one.getKey(), inside));
                    }
                }
            }
        }
        return List.of(rule(conditions, actions));
    }

    /** Whether it holds parts of iptables, of which nft shows no more than the name. */
    static boolean hasXt(JsonArray statements) {
        return statements.asList().stream()
                .anyMatch(statement -> statement.getAsJsonObject().has("xt"));
    }

    private static boolean isXt(String type, Map.Entry<String, JsonElement> one) {
        return one.getKey().equals("xt")
                && one.getValue().isJsonObject()
                && one.getValue().getAsJsonObject().has("name")
                && one.getValue().getAsJsonObject().get("type").getAsString().equals(type);
    }

    private Rule rule(List<Condition> conditions, List<Action> actions) {
        String target = statements.isEmpty()
                ? ""
                : statements
                        .get(statements.size() - 1)
                        .getAsJsonObject()
                        .keySet()
                        .iterator()
                        .next();
        return new Rule(
                chain,
                number,
                shown,
                Set.of("counter", "log", "match").contains(target) ? "" : target,
                conditions,
                actions.isEmpty() ? List.of(Action.Change.NOTHING) : actions);
    }

    /** {@code {"key":{…},"data":{"set":[[80,{"accept":null}],[90,{"drop":null}]]}}}. */
    private List<Rule> branches(List<Condition> conditions, JsonObject map) {
        JsonElement data = map.get("data");
        JsonElement elements = data instanceof JsonObject object
                ? object.get("set")
                : matches.sets().get(data.getAsString().replaceFirst("^@", ""));
        if (!(elements instanceof JsonArray list)) {
            return List.of(rule(conditions, List.of(new Action.Unknown(shown))));
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonElement element : list) {
            JsonArray pair = element.getAsJsonArray();
            Map.Entry<String, JsonElement> verdict =
                    pair.get(1).getAsJsonObject().entrySet().iterator().next();
            List<Condition> all = new ArrayList<>(conditions);
            all.add(matches.element(map.get("key"), pair.get(0)));
            JsonObject inside =
                    verdict.getValue().isJsonObject() ? verdict.getValue().getAsJsonObject() : new JsonObject();
            rules.add(rule(all, List.of(action(verdict.getKey(), inside))));
        }
        return rules;
    }

    private Action action(String name, JsonObject inside) {
        try {
            return switch (name) {
                case "accept" -> Action.End.ACCEPT;
                case "drop" -> Action.End.DROP;
                case "reject" -> Action.End.REJECT;
                case "return" -> Action.End.RETURN;
                case "continue" -> Action.Change.NOTHING;
                case "jump", "goto" -> new Action.Jump(inside.get("target").getAsString(), name.equals("goto"));
                case "notrack" -> Targets.untracked();
                case "masquerade" -> translate(Action.Kind.MASQUERADE, true, inside);
                case "snat" -> translate(Action.Kind.SNAT, true, inside);
                case "dnat" -> translate(Action.Kind.DNAT, false, inside);
                case "redirect" -> translate(Action.Kind.REDIRECT, false, inside);
                case "mangle" -> mark(inside);
                default -> new Action.Unknown(name);
            };
        } catch (IllegalArgumentException
                | IllegalStateException
                | UnsupportedOperationException
                | NullPointerException notUnderstood) {
            return new Action.Unknown(name);
        }
    }

    private List<Action> xt(JsonObject target) {
        String name = target.has("name") ? target.get("name").getAsString() : "";
        if (XT_GO_ON.contains(name)) {
            return List.of();
        }
        return List.of(
                switch (name) {
                    case "MASQUERADE" -> translate(Action.Kind.MASQUERADE, true, new JsonObject());
                    case "REJECT" -> Action.End.REJECT;
                    default -> new Action.Unknown(name);
                });
    }

    /** {@code {"addr":"10.9.0.11","port":80}}. */
    private static Action translate(Action.Kind kind, boolean source, JsonObject inside) {
        Optional<IpAddress> first = Optional.empty();
        Optional<IpAddress> last = Optional.empty();
        if (inside.has("addr")) {
            JsonElement address = inside.get("addr");
            JsonArray ends = address instanceof JsonObject object ? object.getAsJsonArray("range") : new JsonArray();
            if (ends == null) {
                throw new IllegalArgumentException("a map");
            }
            first = Optional.of(IpAddress.parse((ends.isEmpty() ? address : ends.get(0)).getAsString()));
            last = Optional.of(IpAddress.parse((ends.isEmpty() ? address : ends.get(1)).getAsString()));
        }
        Optional<Ports> ports = inside.has("port") ? Optional.of(NftMatch.ports(inside.get("port"))) : Optional.empty();
        return new Action.Translate(kind, source, first, last, 32, ports);
    }

    /** {@code {"key":{"meta":{"key":"mark"}},"value":5}}; what else may be set, no rule here asks for. */
    private static Action mark(JsonObject mangle) {
        String key = mangle.get("key").toString();
        JsonElement value = mangle.get("value");
        boolean packets = key.equals("{\"meta\":{\"key\":\"mark\"}}");
        boolean connections = key.equals("{\"ct\":{\"key\":\"mark\"}}");
        if (!packets && !connections) {
            return new Action.Unknown(NftText.value(mangle.get("key")) + " set");
        }
        if (value.isJsonPrimitive()) {
            long mark = Long.decode(value.getAsString());
            return new Action.Change(packet -> packets
                    ? packet.withMark(mark)
                    : packet.with(packet.tracking().withMark(mark)));
        }
        if (connections && value.toString().equals("{\"meta\":{\"key\":\"mark\"}}")) {
            return new Action.Change(packet -> packet.with(packet.tracking().withMark(packet.mark())));
        }
        if (packets && value.toString().equals("{\"ct\":{\"key\":\"mark\"}}")) {
            return new Action.Change(packet -> packet.withMark(packet.tracking().mark()));
        }
        return new Action.Unknown(NftText.value(mangle.get("key")) + " set");
    }
}
