package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A map of nft as a choice of actions: {@code {"key":{…},"data":{"set":[[80,{"accept":null}],[90,{"drop":null}]]}}}. */
final class NftChoice {
    private NftChoice() {}

    /** @param action translates a value of the map into an action */
    static Action of(JsonObject map, NftValues values, Function<JsonElement, Action> action) {
        String shown = NftText.value(map.get("key"));
        NftValues.Named elements = values.elements(map.get("data")).orElse(null);
        if (elements == null || elements.open()) {
            return new Action.Unknown(shown);
        }
        List<Action.Branch> branches = new ArrayList<>();
        List<Action.Branch> otherwise = new ArrayList<>();
        List<JsonElement> keys = new ArrayList<>();
        for (JsonElement element : elements.elements()) {
            JsonArray pair = element.getAsJsonArray();
            boolean rest = NftValues.isCatchall(pair.get(0));
            keys.add(pair.get(0));
            (rest ? otherwise : branches)
                    .add(new Action.Branch(NftMatch.element(map.get("key"), pair.get(0)), action.apply(pair.get(1))));
        }
        branches.addAll(otherwise);
        return new Action.Choose(branches, NftMatch.any(map.get("key"), shown, keys));
    }
}
