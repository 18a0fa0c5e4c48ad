package dev.drydock.shell.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * A grid of terminal cells to draw text and lines on. Lines that meet are joined; text covers lines.
 *
 * <p>The grid grows to the right and down. Coordinates are columns (x) and rows (y), from 0.
 */
final class Canvas {
    /** How a line is drawn. */
    enum Stroke {
        /** A frame, or a line that only guides the eye. */
        LIGHT,
        /** A cable whose ends are up. */
        DOUBLE,
        /** A cable that does not carry packets. */
        BROKEN
    }

    static final int NORTH = 0;
    static final int EAST = 1;
    static final int SOUTH = 2;
    static final int WEST = 3;

    /** One cell: text, or lines from its middle to some of its four sides, or nothing. */
    static final class Cell {
        private String text;
        private Style style = Style.PLAIN;
        private final Stroke[] lines = new Stroke[4];

        /** The character in this cell; empty behind a wide character, null where nothing is written. */
        String text() {
            return text;
        }

        Style style() {
            return style;
        }

        /** The line towards a side; null where there is none. */
        Stroke line(int side) {
            return lines[side];
        }

        boolean lined() {
            return lines[0] != null || lines[1] != null || lines[2] != null || lines[3] != null;
        }
    }

    private final List<List<Cell>> rows = new ArrayList<>();

    int rows() {
        return rows.size();
    }

    int columns() {
        return rows.stream().mapToInt(List::size).max().orElse(0);
    }

    /** The cell at a place; an empty one beyond what was drawn. */
    Cell at(int x, int y) {
        return y < rows.size() && x < rows.get(y).size() ? rows.get(y).get(x) : new Cell();
    }

    private Cell cell(int x, int y) {
        while (rows.size() <= y) {
            rows.add(new ArrayList<>());
        }
        List<Cell> row = rows.get(y);
        while (row.size() <= x) {
            row.add(new Cell());
        }
        return row.get(x);
    }

    /** Writes from a column on. @return the column after the text */
    int write(int x, int y, Line line) {
        int at = x;
        for (Span span : line.spans()) {
            String text = span.text();
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                int width = Columns.of(c);
                if (width == 0) {
                    if (at > x) {
                        cell(at - 1, y).text += Character.toString(c);
                    }
                    continue;
                }
                Cell cell = cell(at, y);
                cell.text = Character.toString(c);
                cell.style = span.style();
                for (int more = 1; more < width; more++) {
                    cell(at + more, y).text = "";
                }
                at += width;
            }
        }
        return at;
    }

    /** Draws a line along a row, both ends included. A cable interrupts the lines that cross it, except light ones. */
    void across(int from, int to, int y, Stroke stroke, Style style) {
        for (int x = from; x <= to; x++) {
            Cell cell = cell(x, y);
            if (x > from && x < to && stroke != Stroke.LIGHT && cell.lines[NORTH] != Stroke.LIGHT) {
                cell.lines[NORTH] = null;
                cell.lines[SOUTH] = null;
            }
            if (x > from) {
                cell.lines[WEST] = stroke;
            }
            if (x < to) {
                cell.lines[EAST] = stroke;
            }
            paint(cell, style);
        }
    }

    /** Draws a line along a column, both ends included. It passes under a cable that crosses it. */
    void down(int x, int from, int to, Stroke stroke, Style style) {
        for (int y = from; y <= to; y++) {
            Cell cell = cell(x, y);
            boolean under = y > from
                    && y < to
                    && cell.lines[EAST] != null
                    && cell.lines[WEST] != null
                    && cell.lines[EAST] != Stroke.LIGHT;
            if (under) {
                continue;
            }
            if (y > from) {
                cell.lines[NORTH] = stroke;
            }
            if (y < to) {
                cell.lines[SOUTH] = stroke;
            }
            paint(cell, style);
        }
    }

    private static void paint(Cell cell, Style style) {
        if (cell.style == Style.PLAIN || cell.style == Style.FAINT) {
            cell.style = style;
        }
    }

    /** Draws a frame, with the title in its upper edge and the foot in its lower edge; either may be empty. */
    void frame(int left, int top, int right, int bottom, Line title, Line foot) {
        across(left, right, top, Stroke.LIGHT, Style.FAINT);
        across(left, right, bottom, Stroke.LIGHT, Style.FAINT);
        down(left, top, bottom, Stroke.LIGHT, Style.FAINT);
        down(right, top, bottom, Stroke.LIGHT, Style.FAINT);
        if (!title.spans().isEmpty()) {
            write(left + 2, top, Line.of(" ").plus(title).plus(" "));
        }
        if (!foot.spans().isEmpty()) {
            write(right - 3 - foot.columns(), bottom, Line.of(" ").plus(foot).plus(" "));
        }
    }

    /** Copies another canvas onto this one, with its upper left corner at a place. */
    void paste(int x, int y, Canvas other) {
        for (int row = 0; row < other.rows.size(); row++) {
            for (int column = 0; column < other.rows.get(row).size(); column++) {
                Cell from = other.rows.get(row).get(column);
                Cell to = cell(x + column, y + row);
                if (from.text != null || from.lined()) {
                    to.text = from.text;
                    to.style = from.style;
                    System.arraycopy(from.lines, 0, to.lines, 0, 4);
                }
            }
        }
    }

    /** The canvas as lines of a screen. @param unicode whether lines may be drawn with box-drawing characters */
    List<Line> lines(boolean unicode) {
        List<Line> lines = new ArrayList<>();
        for (List<Cell> row : rows) {
            Line line = Line.EMPTY;
            StringBuilder run = new StringBuilder();
            Style style = Style.PLAIN;
            for (int x = 0; x < row.size(); x++) {
                Cell cell = row.get(x);
                String text = cell.text != null ? cell.text : Strokes.character(cell, x, unicode);
                if (cell.style != style && !text.isBlank()) {
                    line = line.plus(style, run.toString());
                    run.setLength(0);
                    style = cell.style;
                }
                run.append(text);
            }
            lines.add(line.plus(style, run.toString()));
        }
        return lines;
    }
}
