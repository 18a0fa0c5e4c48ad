package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.screen.ReportCast;
import dev.drydock.shell.screen.ReportHtml;
import dev.drydock.shell.screen.ReportMarkdown;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Also works for a lab that is over, and for one whose file is gone. */
@Command
final class ReportVerb extends LabVerb {
    /** The format of the report. */
    enum Format {
        md,
        html,
        json,
        cast
    }

    @Parameters(paramLabel = "ID", arity = "0..1")
    private String id;

    @Option(names = "--format", paramLabel = "FORMAT")
    private Format format = Format.md;

    @Option(names = "--output", paramLabel = "FILE")
    private String output;

    @Override
    boolean takes(List<String> words) {
        if (words.size() > 1) {
            return false;
        }
        id = words.isEmpty() ? null : words.get(0);
        return true;
    }

    @Override
    List<String> examples() {
        return List.of("lab report", "lab report bridge-basics --format html --output report.html");
    }

    @Override
    Exit run() throws IOException {
        Optional<String> wanted = Optional.ofNullable(id)
                .or(() -> shell().map(own -> own.session().lab().id()));
        sign().begin(screen().look());
        try {
            Sessions sessions = parts().sessions(surroundings().state());
            Optional<RunRecord> run = sessions.record(wanted);
            if (run.isEmpty()) {
                return said(
                        Exit.USAGE,
                        id == null ? say("report.none") : say("report.none-of", "lab", id),
                        say("report.none.next"));
            }
            write(text(run.get()));
            return Exit.MET;
        } finally {
            sign().end();
        }
    }

    private void write(String text) throws IOException {
        if (output == null) {
            Optional<OwnShell> reader = shell().filter(own -> format == Format.md);
            reader.ifPresentOrElse(own -> own.page(text), () -> screen().raw(text));
            return;
        }
        Path file = surroundings().resolve(output);
        Files.writeString(file, text);
        screen().note(say("report.written", "file", surroundings().shown(file)));
    }

    private String text(RunRecord run) throws IOException {
        Optional<Lab> lab = library()
                .find(run.reference())
                .lab()
                .or(() -> library().find(run.labId()).lab())
                .filter(found -> found.id().equals(run.labId()));
        ZoneId zone = ZoneId.systemDefault();
        return switch (format) {
            case md -> ReportMarkdown.of(run, lab, zone);
            case html -> ReportHtml.of(run, lab, zone);
            case cast -> ReportCast.of(run, lab);
            case json -> {
                StringWriter json = new StringWriter();
                ReportJson.of(run, lab).write(json);
                yield json.toString();
            }
        };
    }
}
