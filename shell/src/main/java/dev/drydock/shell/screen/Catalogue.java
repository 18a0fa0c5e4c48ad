package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list of labs by track, with what is done and what this machine cannot run. */
public final class Catalogue {
    private Catalogue() {}

    /** @param title the track's name for reading */
    public record Track(String title, List<Row> rows) {
        public Track {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param done how many of its steps were ever done
     * @param at the current step, from 1, when the lab is open
     * @param missing why the machine cannot run it, in a few words
     */
    public record Row(Lab lab, int done, boolean completed, Optional<Integer> at, Optional<String> missing) {}

    /** @param open the open lab used last */
    public static List<Line> of(List<Track> tracks, Optional<String> open, Look look) {
        List<Line> lines = new ArrayList<>();
        int ids = tracks.stream()
                .flatMap(track -> track.rows().stream())
                .mapToInt(row -> Columns.of(row.lab().id()))
                .max()
                .orElse(0);
        for (Track track : tracks) {
            long done = track.rows().stream().filter(Row::completed).count();
            String count = done + " of " + track.rows().size() + " done";
            lines.add(Line.of(Style.TITLE, look.spell(track.title()))
                    .padTo(look.measure() - Columns.of(count), 2)
                    .plus(Style.FAINT, count));
            for (Row row : track.rows()) {
                lines.add(row(row, look.columns() < 72 ? ids : Math.max(ids, 20), look));
            }
        }
        if (tracks.isEmpty()) {
            lines.add(Line.of("There are no labs in the library."));
        }
        lines.add(Line.EMPTY);
        lines.addAll(Pages.sentence(
                "`lab start ID` begins one"
                        + open.map(id -> " " + look.dot() + " `lab resume` continues " + id)
                                .orElse(""),
                look));
        return lines;
    }

    private static Line row(Row row, int ids, Look look) {
        Line mark = Line.of(" ");
        if (row.missing().isPresent()) {
            mark = Line.of(look.cannot());
        } else if (row.at().isPresent()) {
            mark = Line.of(look.here());
        } else if (row.completed()) {
            mark = Line.of(Style.MET, look.pass());
        }
        Style style = row.missing().isPresent() ? Style.FAINT : Style.PLAIN;
        Line line = Line.of("  ")
                .plus(mark)
                .padTo(5, 1)
                .plus(row.at().isPresent() ? Style.STRONG : style, row.lab().id())
                .padTo(5 + ids + 3, 2);
        String minutes = String.format("%3d min", row.lab().minutes());
        String steps = row.at()
                .map(at -> "step " + at + "/" + row.lab().steps().size())
                .orElse(
                        row.completed() || row.done() == 0
                                ? ""
                                : row.done() + "/" + row.lab().steps().size() + " done");
        String right = steps.isEmpty() ? minutes : steps + "  " + minutes;
        int room = look.measure() - line.columns() - Columns.of(right) - 2;
        String what = row.missing().orElse(row.lab().title());
        line = line.plus(style, Columns.cut(look.spell(what), Math.max(8, room), look.ellipsis()));
        return line.padTo(look.measure() - Columns.of(right), 2).plus(Style.FAINT, right);
    }
}
