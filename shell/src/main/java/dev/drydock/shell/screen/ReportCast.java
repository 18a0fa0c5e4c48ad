package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.engine.session.RunRecord.Entry;
import dev.drydock.engine.session.RunRecord.StepRecord;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The commands of a run as a recording for asciinema, with the pauses between them, cut to three seconds. Their output is not kept. */
public final class ReportCast {
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration KEY = Duration.ofMillis(40);

    private ReportCast() {}

    /** @param lab the lab's file; empty where it cannot be read any more */
    public static String of(RunRecord run, Optional<Lab> lab) {
        StringWriter text = new StringWriter();
        Cast cast = new Cast(text, 80, 24, run.began(), lab.map(Lab::title).orElse(run.labId()));
        Instant before = run.began();
        int number = 0;
        for (StepRecord step : run.steps()) {
            number++;
            String title = lab.flatMap(file -> file.indexOf(step.id()).map(file.steps()::get))
                    .map(Step::title)
                    .orElse(step.id());
            cast.write("# " + number + ". " + Report.visible(title) + "\n");
            for (Entry entry : step.entries()) {
                cast.write(entry.kind() == Entry.Kind.ANSWER ? "> answer " : "$ ");
                Duration pause = Duration.between(before, entry.at());
                cast.pass(pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
                before = entry.at();
                Report.visible(entry.text().strip()).codePoints().forEach(key -> {
                    cast.pass(KEY);
                    cast.write(Character.toString(key));
                });
                cast.write("\n");
            }
        }
        return text.toString();
    }
}
