package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import dev.drydock.engine.proof.StepTimes;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** The author's proof as JSON. */
final class ProofJson {
    private ProofJson() {}

    static void write(ProofReport report, Writer out) throws IOException {
        JsonWriter json = JsonOutput.to(out);
        json.beginObject();
        json.name("passed").value(report.passed());
        json.name("milliseconds").value(report.elapsed().toMillis());
        JsonOutput.strings(json, "machine_changes", report.machineChanges());
        json.name("labs").beginArray();
        for (LabReport lab : report.labs()) {
            json.beginObject();
            json.name("id").value(lab.lab().id());
            json.name("passed").value(lab.passed());
            json.name("world_milliseconds").value(lab.world().toMillis());
            json.name("milliseconds").value(lab.elapsed().toMillis());
            JsonOutput.strings(
                    json,
                    "lacking",
                    lab.lacking().stream().map(Capability::name).toList());
            json.name("trouble").value(lab.trouble().orElse(null));
            findings(json, lab.findings());
            json.name("steps").beginArray();
            for (StepReport step : lab.steps()) {
                json.beginObject();
                json.name("id").value(step.step().id());
                json.name("passed").value(step.passed());
                json.name("milliseconds").value(step.times().rehearsal().toMillis());
                json.name("variants").beginArray();
                for (StepTimes.Part part : step.times().variants()) {
                    json.beginObject();
                    json.name("name").value(part.name());
                    json.name("milliseconds").value(part.took().toMillis());
                    json.endObject();
                }
                json.endArray();
                JsonOutput.strings(json, "proved", step.proved());
                findings(json, step.findings());
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        JsonOutput.end(json, out);
    }

    private static void findings(JsonWriter json, List<ProofFinding> findings) throws IOException {
        json.name("findings").beginArray();
        for (ProofFinding finding : findings) {
            json.beginObject();
            json.name("kind").value(finding.kind().name().toLowerCase(Locale.ROOT));
            json.name("headline").value(finding.headline());
            json.name("lines").beginArray();
            for (ProofFinding.Line line : finding.lines()) {
                json.beginObject();
                json.name("label").value(line.label());
                json.name("text").value(line.text());
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }
}
