package dev.drydock.shell.screen;

import dev.drydock.shell.screen.Canvas.Cell;
import dev.drydock.shell.screen.Canvas.Stroke;
import dev.drydock.verify.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The picture of the network as an SVG file for a browser. The layout is that of a screen with 120 columns, or with more where that avoids cut
 * names; lines are drawn as vectors. The file needs nothing else and follows the reader's light or dark colour scheme.
 */
public final class TopologySvg {
    private static final int WIDTH = 9;
    private static final int HEIGHT = 19;
    private static final int COLUMNS = 120;
    private static final int WIDER = 160;
    private static final int WIDEST = 400;

    private static final String HEAD =
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>The network of the lab</title>
            <style>
            svg { background: #ffffff; }
            text { font: 15px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328; white-space: pre; }
            path { fill: none; stroke: #8c959f; stroke-width: 1; }
            .strong, .title { font-weight: bold; } .faint { fill: #59636e; }
            .not_met { fill: #b3261e; } .unknown { fill: #0550ae; }
            path.double { stroke: #1a7f37; } path.broken { stroke: #b3261e; stroke-dasharray: 4 3; }
            %3$s</style>
            """;

    private static final String DARK =
            """
            @media (prefers-color-scheme: dark) {
            svg { background: #0d1117; } text { fill: #e6edf3; } .faint { fill: #9198a1; }
            .not_met { fill: #ff7b72; } .unknown { fill: #79c0ff; }
            path.double { stroke: #3fb950; } path.broken { stroke: #ff7b72; }
            }
            """;

    private final Canvas canvas;
    private final boolean dark;
    private final StringBuilder out = new StringBuilder();

    private TopologySvg(Canvas canvas, boolean dark) {
        this.canvas = canvas;
        this.dark = dark;
    }

    public static String of(Topology topology) {
        return of(topology, true);
    }

    /** The same with a light background for every reader. */
    static String light(Topology topology) {
        return of(topology, false);
    }

    private static String of(Topology topology, boolean dark) {
        Canvas canvas = canvas(topology, COLUMNS)
                .filter(TopologySvg::whole)
                .or(() -> canvas(topology, WIDER).filter(TopologySvg::whole))
                .or(() -> canvas(topology, COLUMNS))
                .or(() -> canvas(topology, WIDEST))
                .orElseGet(
                        () -> listed(TopologyList.of(topology, new DisplayOptions(COLUMNS, 0, ColorMode.NONE, true))));
        int y = canvas.rows() + 1;
        for (Line line : new TopologyWords(topology, new DisplayOptions(COLUMNS, 0, ColorMode.NONE, true)).below()) {
            canvas.write(0, y++, line);
        }
        return new TopologySvg(canvas, dark).drawn();
    }

    private static Optional<Canvas> canvas(Topology topology, int columns) {
        return TopologyPicture.canvas(topology, new DisplayOptions(columns, 0, ColorMode.NONE, true));
    }

    /** Whether no text in it was cut. */
    private static boolean whole(Canvas canvas) {
        for (int y = 0; y < canvas.rows(); y++) {
            for (int x = 0; x < canvas.columns(); x++) {
                if ("…".equals(canvas.at(x, y).text())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Canvas listed(List<Line> lines) {
        Canvas canvas = new Canvas();
        for (int y = 0; y < lines.size(); y++) {
            canvas.write(0, y, lines.get(y));
        }
        return canvas;
    }

    private String drawn() {
        out.append(HEAD.formatted((canvas.columns() + 2) * WIDTH, (canvas.rows() + 2) * HEIGHT, dark ? DARK : ""));
        for (Stroke stroke : Stroke.values()) {
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < canvas.rows(); y++) {
                for (int x = 0; x < canvas.columns(); x++) {
                    lines(path, canvas.at(x, y), x, y, stroke);
                }
            }
            if (path.length() > 0) {
                out.append("<path class=\"")
                        .append(stroke.name().toLowerCase(Locale.ROOT))
                        .append("\" d=\"")
                        .append(path)
                        .append("\"/>\n");
            }
        }
        for (int y = 0; y < canvas.rows(); y++) {
            row(y);
        }
        return out.append("</svg>\n").toString();
    }

    /** Draws lines from the middle of a cell to its sides; a cable is two lines. */
    private static void lines(StringBuilder path, Cell cell, int x, int y, Stroke stroke) {
        if (cell.text() != null) {
            return;
        }
        double middleX = (x + 1.5) * WIDTH;
        double middleY = (y + 1.5) * HEIGHT;
        double[] apart = stroke == Stroke.DOUBLE ? new double[] {-1.5, 1.5} : new double[] {0};
        for (int side = 0; side < 4; side++) {
            if (cell.line(side) != stroke) {
                continue;
            }
            boolean across = side == Canvas.EAST || side == Canvas.WEST;
            double reach = (across ? WIDTH : HEIGHT) / 2.0 * (side == Canvas.EAST || side == Canvas.SOUTH ? 1 : -1);
            for (double off : apart) {
                path.append(
                        across
                                ? String.format(Locale.ROOT, "M%.1f %.1fh%.1f", middleX, middleY + off, reach)
                                : String.format(Locale.ROOT, "M%.1f %.1fv%.1f", middleX + off, middleY, reach));
            }
        }
    }

    private void row(int y) {
        int x = 0;
        while (x < canvas.columns()) {
            Cell first = canvas.at(x, y);
            if (first.text() == null || first.text().isBlank()) {
                x++;
                continue;
            }
            StringBuilder text = new StringBuilder();
            int end = x;
            while (end < canvas.columns()
                    && canvas.at(end, y).text() != null
                    && !canvas.at(end, y).text().equals(" ")
                    && canvas.at(end, y).style() == first.style()) {
                text.append(canvas.at(end, y).text());
                end++;
                while (end < canvas.columns() && "".equals(canvas.at(end, y).text())) {
                    end++;
                }
            }
            out.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" textLength=\"%d\" class=\"%s\">%s</text>\n",
                    (x + 1) * WIDTH,
                    (y + 1) * HEIGHT + 14,
                    (end - x) * WIDTH,
                    first.style().name().toLowerCase(Locale.ROOT),
                    escaped(text.toString())));
            x = end;
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
