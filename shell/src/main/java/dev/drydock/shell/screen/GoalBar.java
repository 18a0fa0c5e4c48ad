package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Session;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The status line at the bottom of the terminal: the lab, the step, and the mark and title of each goal. The line is never wider than the terminal.
 * Titles of open goals get room first, in their order, then titles of goals that are met. A title without room loses words at its end or is left out; its mark stays.
 * The lab's name is left out where too little would be left of the first title.
 */
public final class GoalBar {
    /** A terminal with fewer rows shows no status line. */
    private static final int FEWEST_ROWS = 20;

    private static final int FEWEST_COLUMNS = 60;

    /** The columns that the first title should have; the lab's name is left out for them. */
    private static final int GOOD_TITLE = 24;

    /** With less room than this, a title is left out. */
    private static final int LEAST_TITLE = 12;

    private GoalBar() {}

    /**
     * Whether the learner's settings allow the line. {@code ACCESSIBLE} forbids it, because a screen reader would read each change again; so does
     * {@code DRYDOCK_STATUS=off}.
     */
    public static boolean wanted(Map<String, String> environment) {
        return environment.getOrDefault("ACCESSIBLE", "").isEmpty()
                && !environment.getOrDefault("DRYDOCK_STATUS", "").equals("off");
    }

    /** The options for pages above the line: one row less where there is a line. */
    public static DisplayOptions above(DisplayOptions look) {
        return fits(look) ? new DisplayOptions(look.columns(), look.rows() - 1, look.ink(), look.unicode()) : look;
    }

    private static boolean fits(DisplayOptions look) {
        return look.rows() >= FEWEST_ROWS && look.columns() >= FEWEST_COLUMNS;
    }

    /**
     * The line with its escape sequences.
     *
     * @param marks the verdict that the learner last saw of each goal
     * @param look the options with all rows of the terminal
     * @return empty where there is no room for the line, and in free play
     */
    public static Optional<String> of(Session session, Function<Goal, Verdict.Kind> marks, DisplayOptions look) {
        return session.lab().free() || !fits(look)
                ? Optional.empty()
                : Optional.of(line(session, marks, look).draw(look));
    }

    private static Line line(Session session, Function<Goal, Verdict.Kind> marks, DisplayOptions look) {
        int columns = look.columns() - 1;
        List<Goal> goals = session.step().goals();
        List<Goal> byWant = Stream.concat(
                        goals.stream().filter(goal -> marks.apply(goal) != Verdict.Kind.MET),
                        goals.stream().filter(goal -> marks.apply(goal) == Verdict.Kind.MET))
                .toList();
        for (boolean lab : new boolean[] {true, false}) {
            Line head = head(session, lab, look);
            int room = columns - goals(head, goals, marks, Map.of(), look).columns();
            Map<Goal, String> titles = titles(byWant, room, look);
            boolean told = byWant.isEmpty()
                    || titles.getOrDefault(byWant.get(0), "").equals(title(byWant.get(0), look))
                    || Columns.of(titles.getOrDefault(byWant.get(0), "")) >= GOOD_TITLE;
            if (told || !lab) {
                return cut(goals(head, goals, marks, titles, look), columns, look);
            }
        }
        throw new AssertionError("without the lab's name it is drawn");
    }

    /** The titles for which there is room, without their last words where necessary. @param byWant the goals, the most important first */
    private static Map<Goal, String> titles(List<Goal> byWant, int columns, DisplayOptions look) {
        Map<Goal, String> titles = new HashMap<>();
        int room = columns;
        for (Goal goal : byWant) {
            String title = title(goal, look);
            if (Columns.of(title) >= room && room <= LEAST_TITLE) {
                break;
            }
            String kept = Columns.words(title, room - 1, look.ellipsis());
            if (kept.isEmpty()) {
                break;
            }
            titles.put(goal, kept);
            room -= 1 + Columns.of(kept);
        }
        return titles;
    }

    private static String title(Goal goal, DisplayOptions look) {
        return Markdown.inline(Words.text(goal.line()), look).text().replaceAll("\\s+", " ");
    }

    private static Line head(Session session, boolean lab, DisplayOptions look) {
        return Line.of(Style.FAINT, rule(2, look) + " ")
                .plus(look.spell(say("bar.step")
                        .with("lab", lab ? session.lab().id() : "")
                        .with("number", session.index() + 1)
                        .with("count", session.lab().steps().size())))
                .plus(Style.FAINT, " " + rule(2, look));
    }

    private static Line goals(
            Line head,
            List<Goal> goals,
            Function<Goal, Verdict.Kind> marks,
            Map<Goal, String> titles,
            DisplayOptions look) {
        Line line = head;
        for (Goal goal : goals) {
            line = line.plus("  ").plus(mark(marks.apply(goal), look));
            if (titles.containsKey(goal)) {
                line = line.plus(" " + titles.get(goal));
            }
        }
        return line;
    }

    private static Line mark(Verdict.Kind kind, DisplayOptions look) {
        return switch (kind) {
            case MET -> Line.of(Style.MET, look.met());
            case NOT_MET -> Line.of(Style.NOT_MET, look.notMet());
            case CANNOT_TELL -> Line.of(Style.UNKNOWN, look.unknown());
        };
    }

    private static Line filled(Line line, int columns, DisplayOptions look) {
        int left = columns - line.columns() - 2;
        return left <= 0 ? line : line.plus("  ").plus(Style.FAINT, rule(left, look));
    }

    /** Cuts the line where not even all marks fit, and fills it with a rule otherwise. */
    private static Line cut(Line line, int columns, DisplayOptions look) {
        if (line.columns() <= columns) {
            return filled(line, columns, look);
        }
        int room = columns - Columns.of(look.ellipsis());
        List<Span> kept = new ArrayList<>();
        for (Span span : line.spans()) {
            room -= Columns.of(span.text());
            if (room < 0) {
                break;
            }
            kept.add(span);
        }
        return new Line(kept).plus(look.ellipsis());
    }

    private static String rule(int columns, DisplayOptions look) {
        return look.spell("─".repeat(columns));
    }
}
