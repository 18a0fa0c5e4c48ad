package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.engine.session.RunRecord.Entry;
import dev.drydock.engine.session.RunRecord.StepRecord;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report of a run as blocks, from which Markdown and HTML are made. */
public final class Report {
    private static final DisplayOptions PLAIN = DisplayOptions.plain(true);

    private Report() {}

    /** A piece of the page. */
    sealed interface Block {
        /** @param level 1 for the title of the page */
        record Heading(int level, String text) implements Block {}

        record Items(List<String> texts) implements Block {}

        /** Text of the lab's author, as Markdown. */
        record Authors(List<String> markdown) implements Block {}

        record Text(String text) implements Block {}

        /** Preformatted lines. */
        record Code(String text) implements Block {}

        /** A drawing that is hidden until the reader opens it. @param caption what it shows */
        record Picture(String caption, String svg) implements Block {}
    }

    /**
     * @param lab the lab's file; empty where it cannot be read any more
     * @param zone the time zone of the times in the report
     */
    static List<Block> of(RunRecord run, Optional<Lab> lab, ZoneId zone) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(
                1, words(say("report.title", "title", lab.map(Lab::title).orElse(run.labId())))));
        blocks.add(new Block.Items(summary(run, lab, zone)));
        lab.filter(known -> !known.objectives().isEmpty()).ifPresent(known -> {
            blocks.add(new Block.Heading(2, words(say("report.about"))));
            blocks.add(new Block.Authors(known.objectives()));
        });
        int number = 0;
        for (StepRecord step : run.steps()) {
            number++;
            Optional<Step> known = lab.flatMap(file -> file.indexOf(step.id()).map(file.steps()::get));
            blocks.add(
                    new Block.Heading(2, number + ". " + known.map(Step::title).orElse(step.id())));
            blocks.addAll(step(step, known));
        }
        return blocks;
    }

    private static List<String> summary(RunRecord run, Optional<Lab> lab, ZoneId zone) {
        long done = run.steps().stream().filter(step -> step.how().isPresent()).count();
        int hints = run.steps().stream().mapToInt(StepRecord::hints).sum();
        List<String> items = new ArrayList<>();
        items.add(words(say("report.lab", "lab", run.labId())));
        items.add(words(say("report.when")
                .with("began", moment(run.began(), zone))
                .with("last", moment(run.last(), zone))
                .with("finished", run.finished())
                .with("time", time(run.time()))));
        items.add(words(say("report.steps")
                .with("done", done)
                .with(
                        "count",
                        lab.map(file -> file.steps().size()).orElse(run.steps().size()))
                .with(
                        "tally",
                        Catalogue.tally(run.steps().stream()
                                .flatMap(step -> step.how().stream())
                                .toList()))));
        items.add(words(say("report.hints", "hints", hints)));
        return items;
    }

    private static List<Block> step(StepRecord step, Optional<Step> known) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(words(say("report.step")
                .with("how", how(step, known))
                .with("hints", step.hints())
                .with("time", time(step.time())))));
        known.flatMap(Step::question).ifPresent(question -> blocks.add(new Block.Authors(List.of(question.ask()))));
        if (!step.entries().isEmpty()) {
            blocks.add(new Block.Heading(3, words(say("report.typed"))));
            blocks.add(new Block.Code(typed(step.entries())));
        }
        step.changes().ifPresent(changes -> changed(changes, blocks));
        pictures(step, blocks);
        return blocks;
    }

    private static void changed(Changes changes, List<Block> blocks) {
        List<Line> lines = ChangesText.rows(changes, PLAIN);
        if (lines.isEmpty()) {
            return;
        }
        blocks.add(new Block.Heading(3, words(say("report.changed"))));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.draw(PLAIN).stripTrailing()).append('\n'));
        blocks.add(new Block.Code(text.toString()));
    }

    private static void pictures(StepRecord step, List<Block> blocks) {
        Optional<String> before = step.before().map(Report::svg);
        Optional<String> after = step.after().map(Report::svg);
        if (before.equals(after)) {
            return;
        }
        before.ifPresent(svg -> blocks.add(new Block.Picture(words(say("report.before")), svg)));
        after.ifPresent(svg -> blocks.add(new Block.Picture(words(say("report.after")), svg)));
    }

    private static String svg(Facts facts) {
        return TopologySvg.light(Topology.of(facts));
    }

    private static Message how(StepRecord step, Optional<Step> known) {
        if (step.how().isEmpty()) {
            return say(step.skipped() ? "report.skipped" : "report.not-done");
        }
        return known.filter(Step::read).isPresent()
                ? say("report.read")
                : say("report.done." + step.how().get().word());
    }

    /** What was typed, as a terminal shows it. Comments tell the result. */
    private static String typed(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            String line = visible(entry.text().strip());
            String remark =
                    switch (entry.kind()) {
                        case COMMAND -> entry.good() ? "" : words(say("report.exit", "status", entry.exit()));
                        case SOLUTION -> words(say("report.by-solve"));
                        case ANSWER -> words(say(entry.good() ? "report.right" : "report.wrong"));
                    };
            String head = entry.kind() == Entry.Kind.ANSWER ? "answer " : "$ ";
            text.append(head)
                    .append(line)
                    .append(remark.isEmpty() ? "" : "    # " + remark)
                    .append('\n');
        }
        return text.toString();
    }

    /** The text with each control or format character replaced by U+FFFD, except line feeds and tabs. */
    static String visible(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]", "\uFFFD");
    }

    private static Message time(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 90 ? say("age.seconds", "number", seconds) : say("age.minutes", "number", (seconds + 30) / 60);
    }

    private static String moment(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).format(instant.atZone(zone));
    }

    private static String words(Message message) {
        return Words.text(message);
    }
}
