package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Session;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.change.Command;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** What changed, for programs. */
final class ChangesJson {
    private ChangesJson() {}

    static void write(Session session, Difference difference, Writer out) throws IOException {
        JsonWriter json = JsonOutput.to(out);
        json.beginObject();
        json.name("lab").value(session.lab().id());
        json.name("step").value(session.step().id());
        fields(json, difference);
        json.name("earlier");
        if (difference.earlier().isPresent()) {
            json.beginObject();
            fields(json, difference.earlier().get());
            json.endObject();
        } else {
            json.nullValue();
        }
        json.endObject();
        JsonOutput.end(json, out);
    }

    private static void fields(JsonWriter json, Difference difference) throws IOException {
        json.name("since").value(lower(difference.since()));
        JsonOutput.strings(json, "commands", difference.lines());
        json.name("running").value(difference.running());
        json.name("known").value(difference.changes().isPresent());
        List<Changes> all = difference.changes().stream().toList();
        json.name("groups").beginArray();
        for (Changes changes : all) {
            for (Changes.Group group : changes.groups()) {
                json.beginObject();
                json.name("host").value(group.host());
                json.name("cause").value(group.cause());
                json.name("changes").beginArray();
                for (Change change : group.changes()) {
                    change(json, change);
                }
                json.endArray().endObject();
            }
        }
        json.endArray();
        JsonOutput.strings(
                json,
                "unread",
                all.stream().flatMap(changes -> changes.unread().stream()).toList());
    }

    private static void change(JsonWriter json, Change change) throws IOException {
        json.beginObject();
        json.name("kind").value(lower(change.kind()));
        json.name("sign").value(lower(change.sign()));
        json.name("label").value(change.label());
        json.name("place").value(change.place());
        json.name("words").value(change.words());
        JsonOutput.strings(json, "consequences", change.consequences());
        JsonOutput.strings(
                json, "by_hand", change.commands().stream().map(Command::text).toList());
        json.name("no_command").value(change.noCommand().orElse(null));
        json.endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
