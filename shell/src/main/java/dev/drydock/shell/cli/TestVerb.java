package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.Proof;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.ProofText;
import dev.drydock.shell.screen.Screen;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class TestVerb extends LabVerb {
    @Parameters(paramLabel = "ID|FILE", arity = "0..*")
    private List<String> references = List.of();

    @Option(names = "--all")
    private boolean all;

    @Option(names = "-j", paramLabel = "N")
    private int parallel = 4;

    @Option(names = "--format", paramLabel = "FORMAT")
    private Format format = Format.text;

    @Option(names = "--times")
    private boolean times;

    @Option(names = "--output", paramLabel = "FILE")
    private String output;

    @Option(names = "--strict")
    private boolean strict;

    @Option(names = "--excepting", paramLabel = "ID,…", split = ",")
    private List<String> excepted = List.of();

    enum Format {
        text,
        json,
        junit
    }

    @Override
    List<String> examples() {
        return List.of(
                "lab test my-lab",
                "lab test --all -j 2 --format junit --output report.xml",
                "lab test --all --strict --excepting ipvlan");
    }

    @Override
    Exit run() throws Exception {
        if (references.isEmpty() == !all) {
            return usage(say(all ? "test.all-and-more" : "test.no-lab"), say("test.which.next"));
        }
        if (parallel < 1 || parallel > 64) {
            return usage(say("test.parallel"));
        }
        if (!strict && !excepted.isEmpty()) {
            return usage(say("test.excepting-alone"));
        }
        List<Lab> labs = new ArrayList<>();
        for (String reference : all ? library().ids() : references) {
            Optional<Lab> lab = lab(reference);
            if (lab.isEmpty()) {
                return refusal();
            }
            if (lab.get().free()) {
                return usage(say("test.no-lesson", "lab", lab.get().id()));
            }
            labs.add(lab.get());
        }
        if (labs.isEmpty()) {
            return usage(say("test.no-labs", "folder", surroundings().labs().toString()));
        }
        ProofReport report = prove(labs);
        List<String> unexcused = report.notRunnable().stream()
                .map(lab -> lab.lab().id())
                .filter(id -> !excepted.contains(id))
                .toList();
        if (strict && !unexcused.isEmpty()) {
            return said(
                    report.passed() || report.cannotTell() ? Exit.CANNOT_TELL : Exit.NOT_MET,
                    say("test.not-runnable", "labs", unexcused));
        }
        return report.passed() ? Exit.MET : report.cannotTell() ? Exit.CANNOT_TELL : Exit.NOT_MET;
    }

    private ProofReport prove(List<Lab> labs) throws InterruptedException, IOException {
        boolean textHere = format == Format.text || output != null;
        AtomicInteger left = new AtomicInteger(labs.size());
        Consumer<LabReport> show = lab -> {
            if (textHere) {
                show(lab);
            }
            proving(left.decrementAndGet());
        };
        proving(left.get());
        ProofReport report = Interruption.ending(
                () -> Proof.of(labs, parts().worlds(), surroundings().state()).run(parallel, show));
        sign().end();
        if (textHere) {
            write(ProofText.end(report, screen().look()));
        }
        if (output != null) {
            try (Writer file = Files.newBufferedWriter(surroundings().resolve(output))) {
                render(report, file);
            }
        } else if (format != Format.text) {
            StringWriter whole = new StringWriter();
            render(report, whole);
            screen().raw(whole.toString());
        }
        return report;
    }

    private void proving(int left) {
        if (left > 0) {
            sign().begin(screen().look(), say("sign.proving", "count", left));
        }
    }

    private void show(LabReport lab) {
        write(ProofText.lab(lab, screen().look()));
        if (times) {
            write(ProofText.times(lab, screen().look()));
        }
    }

    private void render(ProofReport report, Writer to) throws IOException {
        switch (format) {
            case text -> {
                DisplayOptions plain = DisplayOptions.plain(true);
                Screen file = new Screen(to, () -> plain);
                report.labs().forEach(lab -> file.write(ProofText.lab(lab, plain)));
                file.write(ProofText.end(report, plain));
            }
            case json -> ProofJson.of(report).write(to);
            case junit -> ProofJunit.write(report, to);
        }
    }
}
