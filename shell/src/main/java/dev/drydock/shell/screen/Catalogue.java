package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The list of labs by track: which are done, and which this machine cannot run. */
public final class Catalogue {
    private Catalogue() {}

    /** @param title the track's name for people */
    public record Track(String title, List<Row> rows) {
        public Track {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One lab in the list.
     *
     * @param ways for each step that was ever done, how it was done
     * @param at the number of the current step, from 1; empty when the lab is not open
     * @param missing what this machine lacks for the lab, in a few words; empty when it can run
     */
    public record Row(Lab lab, List<DoneHow> ways, boolean completed, Optional<Integer> at, Optional<String> missing) {
        public Row {
            ways = List.copyOf(ways);
        }

        /** The number of steps that were ever done. */
        public int done() {
            return ways.size();
        }

        /** How the lab was done as a whole: as its step with the most help; empty until the lab is completed. */
        public Optional<DoneHow> how() {
            return completed ? Optional.of(DoneHow.least(ways).orElse(DoneHow.ALONE)) : Optional.empty();
        }
    }

    /** How the completed labs of a track were done; empty where none is completed. */
    static Optional<Message> tally(Track track) {
        return tally(
                track.rows().stream().map(Row::how).flatMap(Optional::stream).toList());
    }

    /** How many were done in each way, in a few words; empty for none. */
    static Optional<Message> tally(Collection<DoneHow> ways) {
        if (ways.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(say(
                "done.tally",
                "parts",
                Arrays.stream(DoneHow.values())
                        .filter(ways::contains)
                        .map(how -> say("done.count." + how.word(), "number", Collections.frequency(ways, how)))
                        .toList()));
    }

    /** The lab to begin with, for somebody who has not begun any; empty for others, and where none can run here. */
    private static Optional<String> first(List<Track> tracks) {
        List<Row> rows = tracks.stream().flatMap(track -> track.rows().stream()).toList();
        boolean begun = rows.stream()
                .anyMatch(row ->
                        row.completed() || !row.ways().isEmpty() || row.at().isPresent());
        return rows.stream()
                .filter(row -> !begun && row.missing().isEmpty())
                .map(row -> row.lab().id())
                .findFirst();
    }

    /** @param open the id of the open lab that was used last; empty where none is open */
    public static List<Line> of(List<Track> tracks, Optional<String> open, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        int ids = tracks.stream()
                .flatMap(track -> track.rows().stream())
                .mapToInt(row -> Columns.of(row.lab().id()))
                .max()
                .orElse(0);
        for (Track track : tracks) {
            long done = track.rows().stream().filter(Row::completed).count();
            String count = look.spell(Words.text(say("catalogue.done")
                    .with("done", done)
                    .with("count", track.rows().size())
                    .with("tally", tally(track))));
            lines.add(Line.of(Style.TITLE, look.spell(track.title()))
                    .padTo(look.tableMeasure() - Columns.of(count), 2)
                    .plus(Style.FAINT, count));
            for (Row row : track.rows()) {
                lines.add(row(row, look.columns() < 72 ? ids : Math.max(ids, 20), look));
            }
        }
        if (tracks.isEmpty()) {
            lines.add(Line.of(say("catalogue.empty")));
        }
        lines.add(Line.EMPTY);
        Optional<String> first = open.isPresent() ? Optional.empty() : first(tracks);
        lines.addAll(Pages.sentence(
                first.map(id -> say("catalogue.first", "first", id))
                        .orElseGet(() -> say("catalogue.begin", "open", open)),
                look));
        if (tracks.stream().flatMap(track -> track.rows().stream()).anyMatch(row -> row.how()
                .isPresent())) {
            lines.addAll(Pages.sentence(say("catalogue.how"), look));
        }
        if (!wide(look) && !tracks.isEmpty()) {
            lines.addAll(Pages.sentence(say("catalogue.levels"), look));
        }
        return lines;
    }

    private static Line row(Row row, int ids, DisplayOptions look) {
        Line mark = Line.of(" ");
        if (row.missing().isPresent()) {
            mark = Line.of(look.cannot());
        } else if (row.at().isPresent()) {
            mark = Line.of(look.here());
        } else if (row.completed()) {
            mark = row.how().equals(Optional.of(DoneHow.SOLVE))
                    ? Line.of(Style.FAINT, look.shown())
                    : Line.of(Style.MET, look.pass());
        }
        Style style = row.missing().isPresent() ? Style.FAINT : Style.PLAIN;
        Line line = Line.of("  ")
                .plus(mark)
                .padTo(5, 1)
                .plus(row.at().isPresent() ? Style.STRONG : style, row.lab().id())
                .padTo(5 + ids + 2, 2);
        int width = look.tableMeasure();
        String right = String.format(
                wide(look) ? "%-12s  %8s" : "%-3s %8s",
                wide(look)
                        ? Words.text(say("level." + row.lab().level().word()))
                        : "I".repeat(row.lab().level().rank()),
                Words.text(steps(row)));
        int room = width - line.columns() - Columns.of(right) - 1;
        line = line.plus(style, Columns.cut(look.spell(what(row, room, look)), Math.max(8, room), look.ellipsis()));
        return line.padTo(width - Columns.of(right), 1).plus(Style.FAINT, right);
    }

    /** The current step of an open lab, how a completed lab was done, else the steps done or the minutes that the lab takes. */
    private static Message steps(Row row) {
        int steps = row.lab().steps().size();
        if (row.at().isPresent()) {
            return say("catalogue.at-step", "step", row.at().get(), "count", steps);
        }
        if (row.how().isPresent()) {
            return say("done.word." + row.how().get().word());
        }
        return row.done() == 0
                ? say("age.minutes", "number", row.lab().minutes())
                : say("catalogue.steps-done", "done", row.done(), "count", steps);
    }

    /** The title. For a lab that cannot run, what is missing: after the title where there is room, else alone. */
    private static String what(Row row, int room, DisplayOptions look) {
        String title = row.lab().title();
        if (row.missing().isEmpty()) {
            return title;
        }
        String both = title + " " + look.dot() + " " + row.missing().get();
        return Columns.of(both) <= room ? both : row.missing().get();
    }

    /** Whether there is room for the level as a word. */
    private static boolean wide(DisplayOptions look) {
        return look.tableMeasure() >= 96;
    }
}
