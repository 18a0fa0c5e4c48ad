package dev.drydock.shell.screen;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;

/** A table as columns of text with an underlined head. Cells are not wrapped, so a line may be wider than the terminal. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    static List<Line> lines(TableBlock table, DisplayOptions look) {
        List<List<Line>> rows = new ArrayList<>();
        int headRows = 0;
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                List<Line> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    cells.add(new Line(Inlines.of(cell, look)));
                }
                rows.add(cells);
                headRows += part instanceof TableHead ? 1 : 0;
            }
        }
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Line> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).columns());
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Line line = Line.of(GAP);
            for (int i = 0; i < rows.get(r).size(); i++) {
                Line cell = rows.get(r).get(i);
                line = line.plus(cell)
                        .plus(" ".repeat(widths[i] - cell.columns()))
                        .plus(GAP);
            }
            lines.add(line);
            if (r == headRows - 1) {
                Line rule = Line.of(GAP);
                for (int width : widths) {
                    rule = rule.plus(Style.FAINT, (look.unicode() ? "─" : "-").repeat(width))
                            .plus(GAP);
                }
                lines.add(rule);
            }
        }
        return lines;
    }
}
