package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Why one place can or cannot reach another, as JSON. */
final class WhyJson {
    private WhyJson() {}

    static void write(String from, String to, Reachability reach, boolean fixHint, Writer out) throws IOException {
        JsonWriter json = JsonOutput.to(out);
        json.beginObject();
        json.name("from").value(from);
        json.name("to").value(to);
        json.name("verdict").value(word(reach.verdict()));
        json.name("cause")
                .value(reach.broken()
                        .filter(broken -> !reach.disagree())
                        .map(broken -> broken.cause().id())
                        .orElse(null));
        json.name("disagree").value(reach.disagree());
        json.name("links").beginArray();
        for (PathStep stage : reach.stages()) {
            json.beginObject();
            json.name("way").value(stage.leg() == PathStep.Direction.THERE ? "there" : "back");
            json.name("title").value(stage.title());
            finding(json, stage.finding(), fixHint);
            json.endObject();
        }
        json.endArray();
        json.name("probe").beginObject();
        json.name("result").value(word(reach.probe().kind()));
        json.name("line").value(reach.probe().line());
        json.endObject();
        json.endObject();
        JsonOutput.end(json, out);
    }

    private static void finding(JsonWriter json, StepFinding finding, boolean fixHint) throws IOException {
        String state = finding.fold(
                holds -> "holds", broken -> "broken", unknown -> "cannot tell", notReached -> "not reached");
        String words = finding.fold(
                StepFinding.Holds::words, StepFinding.Broken::found, StepFinding.CannotTell::reason, notReached -> "");
        json.name("state").value(state);
        json.name("words").value(words);
        if (finding instanceof StepFinding.Broken broken) {
            if (broken.evidence().isPresent()) {
                json.name("evidence").beginObject();
                json.name("command").value(broken.evidence().get().command());
                json.name("excerpt").value(broken.evidence().get().excerpt());
                json.endObject();
            }
            json.name("mended_by").value(broken.mend());
            if (fixHint) {
                json.name("command").value(broken.command().orElse(null));
            }
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
