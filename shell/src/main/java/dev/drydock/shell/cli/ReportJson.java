package dev.drydock.shell.cli;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.engine.session.RunRecord.Entry;
import dev.drydock.engine.session.RunRecord.StepRecord;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Optional;

/** The report of a run as JSON. */
final class ReportJson {
    private ReportJson() {}

    /** @param lab the lab's file; empty where it cannot be read any more */
    static JsonForm of(RunRecord run, Optional<Lab> lab) {
        return new JsonForm()
                .with("lab", run.labId())
                .with("title", lab.map(Lab::title))
                .with("began", run.began().toString())
                .with("last", run.last().toString())
                .with("finished", run.finished())
                .with("milliseconds", run.time())
                .with("steps", run.steps(), step -> step(step, lab));
    }

    private static JsonForm step(StepRecord step, Optional<Lab> lab) {
        return new JsonForm()
                .with("id", step.id())
                .with(
                        "title",
                        lab.flatMap(file -> file.indexOf(step.id()).map(file.steps()::get))
                                .map(Step::title))
                .with("how", step.how().map(DoneHow::word))
                .with("skipped", step.skipped())
                .with("hints", step.hints())
                .with("milliseconds", step.time())
                .with("typed", step.entries(), ReportJson::entry)
                .with("known", step.changes().isPresent())
                .with("changes", changes(step.changes()));
    }

    private static JsonForm entry(Entry entry) {
        return new JsonForm()
                .with("at", entry.at().toString())
                .with("kind", entry.kind())
                .with("text", entry.text())
                .with("good", entry.good())
                .with("exit", entry.exit());
    }

    private static List<JsonForm> changes(Optional<Changes> changes) {
        return changes.stream()
                .flatMap(found -> found.groups().stream())
                .flatMap(group -> group.changes().stream().map(change -> change(group.host(), change)))
                .toList();
    }

    private static JsonForm change(String host, Change change) {
        return new JsonForm()
                .with("host", host)
                .with("kind", change.kind())
                .with("sign", change.sign())
                .with("label", Words.text(change.label()))
                .with("place", change.place())
                .with("words", change.words());
    }
}
