package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code {"dnat":{"family":"ip","addr":"10.9.0.11","port":80}}}, and snat, masquerade and redirect likewise. */
record NftTranslation(NftValues values) {

    static Action masquerade() {
        return new Action.Translate(
                Action.Kind.MASQUERADE, true, Optional.empty(), Optional.empty(), 32, Optional.empty(), false);
    }

    /** Adds the translation, and the implied match on the version of IP, which nft omits for {@code dnat ip6}. */
    void take(String name, JsonObject inside, Consumer<Condition> conditions, Consumer<Action> actions) {
        String family = NftFields.text(inside, "family");
        if (!family.isEmpty()) {
            conditions.accept(NftRule.ofFamily(name + " " + family, family.equals("ip6")));
        }
        actions.accept(action(name, inside));
    }

    private Action action(String name, JsonObject inside) {
        Action.Kind kind =
                switch (name) {
                    case "snat" -> Action.Kind.SNAT;
                    case "dnat" -> Action.Kind.DNAT;
                    case "redirect" -> Action.Kind.REDIRECT;
                    default -> Action.Kind.MASQUERADE;
                };
        List<String> flags = NftFib.flags(inside.get("flags"));
        Optional<JsonObject> byAddress = map(inside.get("addr"));
        Optional<JsonObject> byPort = map(inside.get("port"));
        if (byAddress.isPresent() && byPort.isPresent()) {
            return new Action.Unknown(name);
        }
        if (byAddress.isPresent()) {
            return NftChoice.of(byAddress.get(), values, value -> translate(kind, flags, value, inside.get("port")));
        }
        return byPort.isPresent()
                ? NftChoice.of(byPort.get(), values, value -> translate(kind, flags, inside.get("addr"), value))
                : translate(kind, flags, inside.get("addr"), inside.get("port"));
    }

    private static Optional<JsonObject> map(JsonElement value) {
        return value instanceof JsonObject object && object.get("map") instanceof JsonObject map
                ? Optional.of(map)
                : Optional.empty();
    }

    /** The translation; address and port may both come from one map. */
    private static Action translate(Action.Kind kind, List<String> flags, JsonElement address, JsonElement port) {
        if (address instanceof JsonObject object
                && object.get("concat") instanceof JsonArray both
                && both.size() == 2) {
            return translate(kind, flags, both.get(0), both.get(1));
        }
        boolean ipv6 = NftText.value(address).contains(":");
        boolean source = kind == Action.Kind.SNAT || kind == Action.Kind.MASQUERADE;
        Optional<NumberRange> addresses =
                address == null ? Optional.empty() : NftValues.span(SymbolTable.NUMBER, address);
        Optional<NumberRange> ports = port == null ? Optional.empty() : NftValues.span(SymbolTable.NUMBER, port);
        if ((address != null && addresses.isEmpty()) || (port != null && ports.isEmpty())) {
            return new Action.Unknown(NftText.value(address == null ? port : address));
        }
        boolean prefix = flags.contains("netmap") && address instanceof JsonObject object && object.has("prefix");
        int length = prefix
                ? address.getAsJsonObject().getAsJsonObject("prefix").get("len").getAsInt()
                : Addresses.bits(ipv6);
        return new Action.Translate(
                prefix ? Action.Kind.NETMAP : kind,
                source,
                addresses.map(span -> Addresses.of(span.first(), ipv6)),
                addresses.map(span -> Addresses.of(span.last(), ipv6)),
                length,
                ports.map(span -> new Ports(span.first().intValue(), span.last().intValue())),
                flags.contains("random") || flags.contains("fully-random"));
    }
}
