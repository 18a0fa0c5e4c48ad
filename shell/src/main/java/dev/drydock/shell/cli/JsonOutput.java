package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Problem;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.Catalogue;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What verbs say to programs: one JSON value and a line feed. Keys may be added, never renamed. */
final class JsonOutput {
    private JsonOutput() {}

    static JsonWriter to(Writer out) {
        JsonWriter json = new JsonWriter(out);
        json.setIndent("  ");
        json.setHtmlSafe(false);
        return json;
    }

    static void end(JsonWriter json, Writer out) throws IOException {
        json.flush();
        out.write("\n");
        out.flush();
    }

    static void strings(JsonWriter json, String name, Iterable<String> values) throws IOException {
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }

    static void list(List<Catalogue.Track> tracks, Writer out) throws IOException {
        JsonWriter json = to(out);
        json.beginObject().name("tracks").beginArray();
        for (Catalogue.Track track : tracks) {
            json.beginObject().name("title").value(track.title()).name("labs").beginArray();
            for (Catalogue.Row row : track.rows()) {
                Lab lab = row.lab();
                json.beginObject();
                json.name("id").value(lab.id());
                json.name("title").value(lab.title());
                json.name("level").value(lab.level().name().toLowerCase(Locale.ROOT));
                json.name("minutes").value(lab.minutes());
                json.name("steps").value(lab.steps().size());
                json.name("steps_done").value(row.done());
                json.name("completed").value(row.completed());
                json.name("open").value(row.at().isPresent());
                strings(json, "needs", lab.needs());
                json.name("missing");
                if (row.missing().isPresent()) {
                    json.value(row.missing().get());
                } else {
                    json.nullValue();
                }
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        end(json, out);
    }

    static void status(Session session, Writer out) throws IOException {
        JsonWriter json = to(out);
        json.beginObject();
        json.name("lab").value(session.lab().id());
        json.name("world").value(session.world().id());
        json.name("place").value(session.world().place());
        json.name("step").value(session.step().id());
        json.name("number").value(session.index() + 1);
        json.name("of").value(session.lab().steps().size());
        json.name("step_done").value(session.stepDone());
        json.name("complete").value(session.complete());
        json.name("steps").beginArray();
        for (Step step : session.lab().steps()) {
            json.beginObject();
            json.name("id").value(step.id());
            json.name("title").value(step.title());
            json.name("state")
                    .value(
                            session.done().contains(step.id())
                                    ? "done"
                                    : session.skipped().contains(step.id()) ? "skipped" : "open");
            json.endObject();
        }
        json.endArray().endObject();
        end(json, out);
    }

    static void checks(Session session, List<Check> checks, Writer out) throws IOException {
        JsonWriter json = to(out);
        json.beginObject();
        json.name("lab").value(session.lab().id());
        json.name("step").value(session.step().id());
        json.name("checks").beginArray();
        for (Check check : checks) {
            json.beginObject();
            json.name("step").value(check.step().id());
            json.name("met").value(check.allMet());
            json.name("milliseconds").value(check.elapsed().toMillis());
            json.name("goals").beginArray();
            for (Check.Judged judged : check.goals()) {
                goal(json, judged);
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        end(json, out);
    }

    private static void goal(JsonWriter json, Check.Judged judged) throws IOException {
        String verdict = judged.verdict().kind().name().toLowerCase(Locale.ROOT);
        String expected =
                judged.verdict().fold(met -> null, notMet -> Words.text(notMet.expected()), cannotTell -> null);
        String found = judged.verdict().fold(met -> null, notMet -> Words.text(notMet.found()), cannotTell -> null);
        String cause = judged.verdict()
                .fold(met -> null, notMet -> notMet.cause().map(Words::text).orElse(null), cannotTell -> null);
        String reason =
                judged.verdict().fold(met -> null, notMet -> null, cannotTell -> Words.text(cannotTell.reason()));
        json.setSerializeNulls(false);
        json.beginObject();
        json.name("goal").value(Words.text(judged.goal().line()));
        json.name("verdict").value(verdict);
        json.name("expected").value(expected);
        json.name("found").value(found);
        json.name("cause").value(cause);
        json.name("reason").value(reason);
        json.name("evidence").beginArray();
        for (Evidence evidence : judged.verdict().evidence()) {
            json.beginObject();
            json.name("command").value(evidence.command());
            json.name("excerpt").value(evidence.excerpt());
            json.endObject();
        }
        json.endArray().endObject();
        json.setSerializeNulls(true);
    }

    static void problems(List<Problem> problems, Function<Path, String> shown, Writer out) throws IOException {
        JsonWriter json = to(out);
        json.beginObject().name("problems").beginArray();
        for (Problem problem : problems) {
            json.beginObject();
            json.name("file").value(shown.apply(problem.file()));
            json.name("line").value(problem.line());
            json.name("column").value(problem.column());
            json.name("width").value(problem.width());
            json.name("severity").value(problem.severity().name().toLowerCase(Locale.ROOT));
            json.name("message").value(problem.message());
            json.name("next").value(problem.next().orElse(null));
            json.endObject();
        }
        json.endArray().endObject();
        end(json, out);
    }

    static void capabilities(List<Capability> capabilities, Writer out) throws IOException {
        JsonWriter json = to(out);
        json.beginObject().name("capabilities").beginArray();
        for (Capability capability : capabilities) {
            json.beginObject();
            json.name("name").value(capability.name());
            json.name("present").value(capability.present());
            json.name("detail").value(capability.detail());
            json.name("remedy").value(capability.remedy().orElse(null));
            json.endObject();
        }
        json.endArray().endObject();
        end(json, out);
    }
}
