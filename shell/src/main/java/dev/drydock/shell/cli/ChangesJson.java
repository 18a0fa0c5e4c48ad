package dev.drydock.shell.cli;

import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Session;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.change.Command;
import dev.drydock.verify.words.Words;
import java.util.List;

/** What changed, as JSON. */
final class ChangesJson {
    private ChangesJson() {}

    static JsonForm of(Session session, Difference difference) {
        JsonForm form = new JsonForm()
                .with("lab", session.lab().id())
                .with("step", session.step().id());
        return add(difference, form).with("earlier", difference.earlier().map(earlier -> add(earlier, new JsonForm())));
    }

    private static JsonForm add(Difference difference, JsonForm form) {
        Changes changes = difference.changes().orElse(new Changes(List.of(), List.of()));
        return form.with("since", difference.since())
                .with("commands", difference.lines())
                .with("running", difference.running())
                .with("known", difference.changes().isPresent())
                .with("groups", changes.groups(), ChangesJson::group)
                .withAll("unread", changes.unread());
    }

    private static JsonForm group(Changes.Group group) {
        return new JsonForm()
                .with("host", group.host())
                .with("cause", group.cause().<Object>map(cause -> cause).orElse(""))
                .with("changes", group.changes(), ChangesJson::change);
    }

    private static JsonForm change(Change change) {
        return new JsonForm()
                .with("kind", change.kind())
                .with("sign", change.sign())
                .with("label", Words.text(change.label()))
                .with("place", change.place())
                .with("words", change.words())
                .withAll("consequences", change.consequences())
                .with("by_hand", change.commands(), Command::text)
                .with("no_command", change.noCommand());
    }
}
