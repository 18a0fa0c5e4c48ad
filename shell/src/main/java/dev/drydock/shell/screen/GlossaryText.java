package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Glossary;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The glossary: one term with its paragraph and the step that teaches it, or the names of all terms. */
public final class GlossaryText {
    private static final int APART = 2;

    private GlossaryText() {}

    /** @param lab the lab that teaches the term; empty where it cannot be read */
    public static List<Line> of(Glossary.Term term, Optional<Lab> lab, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.STRONG, look.spell(term.name())));
        lines.addAll(Markdown.lines(term.text().strip(), look));
        lab.ifPresent(teaching -> {
            List<String> steps = teaching.steps().stream().map(Step::id).toList();
            int index = steps.indexOf(term.step());
            if (index >= 0) {
                lines.add(Line.EMPTY);
                lines.addAll(Pages.sentence(
                        say("explain.taught")
                                .with("lab", teaching.id())
                                .with("step", index + 1)
                                .with("title", teaching.steps().get(index).title()),
                        look));
            }
        });
        return lines;
    }

    /** All names in alphabetical order, in columns that are read from top to bottom. */
    public static List<Line> all(Glossary glossary, DisplayOptions look) {
        List<String> names = glossary.names().stream()
                .map(look::spell)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
        if (names.isEmpty()) {
            return Pages.sentence(say("explain.none"), look);
        }
        int width = names.stream().mapToInt(Columns::of).max().orElse(0) + APART;
        int columns = Math.max(1, look.measure() / width);
        int rows = (names.size() + columns - 1) / columns;
        List<Line> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int at = row; at < names.size(); at += rows) {
                line.append(names.get(at)).append(" ".repeat(width - Columns.of(names.get(at))));
            }
            lines.add(Line.of(line.toString().stripTrailing()));
        }
        lines.add(Line.EMPTY);
        lines.addAll(Pages.sentence(say("explain.all"), look));
        return lines;
    }
}
