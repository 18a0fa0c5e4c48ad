package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import dev.drydock.engine.proof.StepTimes;

/** The report of {@code lab test} as JSON. */
final class ProofJson {
    private ProofJson() {}

    static JsonForm of(ProofReport report) {
        return new JsonForm()
                .with("passed", report.passed())
                .with("milliseconds", report.elapsed())
                .with("machine_changes", report.machineChanges())
                .with("labs", report.labs(), ProofJson::lab);
    }

    private static JsonForm lab(LabReport report) {
        return new JsonForm()
                .with("id", report.lab().id())
                .with("passed", report.passed())
                .with("world_milliseconds", report.world())
                .with("milliseconds", report.elapsed())
                .with("lacking", report.lacking(), Capability::name)
                .with("trouble", report.trouble())
                .with("findings", report.findings(), ProofJson::finding)
                .with("steps", report.steps(), ProofJson::step);
    }

    private static JsonForm step(StepReport report) {
        return new JsonForm()
                .with("id", report.step().id())
                .with("passed", report.passed())
                .with("milliseconds", report.times().rehearsal())
                .with("variants", report.times().variants(), ProofJson::variant)
                .withAll("proved", report.proved())
                .with("findings", report.findings(), ProofJson::finding);
    }

    private static JsonForm variant(StepTimes.Part part) {
        return new JsonForm().with("name", part.name()).with("milliseconds", part.took());
    }

    private static JsonForm finding(ProofFinding finding) {
        return new JsonForm()
                .with("kind", finding.kind())
                .with("headline", finding.headline())
                .with("lines", finding.lines(), line -> new JsonForm()
                        .with("label", line.label())
                        .with("text", line.text()));
    }
}
