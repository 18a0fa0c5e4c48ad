package dev.drydock.verify.packet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Translates a statement that sets a value: {@code {"mangle":{"key":{"meta":{"key":"mark"}},"value":5}}}. */
record NftChange(NftValues values) {

    Action action(JsonObject mangle) {
        JsonElement key = mangle.get("key");
        JsonElement value = mangle.get("value");
        boolean packets = isKey(key, "meta", "mark");
        if (!packets && !isKey(key, "ct", "mark")) {
            Optional<Action> edit = header(key, value).or(() -> SegmentClamp.nft(key.getAsJsonObject(), value));
            if (edit.isPresent()) {
                return edit.get();
            }
            return matters(key) ? new Action.Unknown(NftText.value(key) + " set") : Action.Change.NOTHING;
        }
        return value instanceof JsonObject object && object.get("map") instanceof JsonObject map
                ? NftChoice.of(map, values, chosen -> mark(packets, chosen))
                : mark(packets, value);
    }

    /** {@code ip ttl set 64}, {@code ip dscp set cs1}, {@code ip ecn set ce}; empty for other fields. */
    private static Optional<Action> header(JsonElement key, JsonElement value) {
        boolean ip = key instanceof JsonObject object
                && object.get("payload") instanceof JsonObject payload
                && NftFields.text(payload, "protocol").equals("ip");
        String field = ip ? NftFields.text(key.getAsJsonObject().getAsJsonObject("payload"), "field") : "";
        return switch (field) {
            case "ttl" ->
                NftValues.number(SymbolTable.NUMBER, value)
                        .map(hops -> IptablesActions.edit(envelope -> envelope.withHops(FieldValue.of(hops))));
            case "dscp" -> service(SymbolTable.DSCP, value, 0xfc, 2);
            case "ecn" -> service(SymbolTable.ECN, value, 3, 0);
            default -> Optional.empty();
        };
    }

    /** Sets bits of the type of service; where the new value is not known, the bits become unknown. */
    private static Optional<Action> service(SymbolTable words, JsonElement value, long mask, int shift) {
        FieldValue bits = NftValues.number(words, value)
                .map(number -> FieldValue.of(number.shiftLeft(shift)))
                .orElseGet(() -> FieldValue.unknown(8).and(mask));
        return Optional.of(IptablesActions.edit(
                envelope -> envelope.withService(envelope.service().and(~mask).or(bits))));
    }

    private static boolean isKey(JsonElement key, String kind, String name) {
        return key instanceof JsonObject object
                && object.get(kind) instanceof JsonObject inside
                && NftFields.text(inside, "key").equals(name)
                && !inside.has("dir");
    }

    /** Whether a later rule or routing may read the field that is set: addresses, ports, conntrack zones. */
    private static boolean matters(JsonElement key) {
        JsonObject object = key.getAsJsonObject();
        if (object.get("payload") instanceof JsonObject payload) {
            return !Set.of("checksum", "id").contains(NftFields.text(payload, "field"));
        }
        if (object.has("meta")) {
            return isKey(key, "meta", "pkttype");
        }
        return object.has("ct") ? isKey(key, "ct", "zone") : !object.has("tcp option");
    }

    private static Action mark(boolean packets, JsonElement value) {
        Optional<PacketField> field = NftFields.one(value);
        PacketField.Reader reader = field.map(PacketField::reader).orElse((packet, router) -> FieldValue.unknown(32));
        return new Action.Change((packet, router) -> {
            FieldValue mark = reader.read(packet, router);
            // a rule ends where it asks for what the packet has not
            return mark == FieldValue.Absent.ABSENT
                    ? packet
                    : packets ? packet.withMark(mark) : IptablesActions.marked(packet, mark);
        });
    }
}
