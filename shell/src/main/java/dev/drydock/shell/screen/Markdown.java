package dev.drydock.shell.screen;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** Markdown as lines of a terminal. Blocks are separated by one empty line. Text is wrapped at the measure; code, tables and HTML are not. */
final class Markdown {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private Markdown() {}

    static List<Line> lines(String markdown, DisplayOptions look) {
        return lines(markdown, look, look.measure());
    }

    static List<Line> lines(String markdown, DisplayOptions look, int width) {
        Blocks blocks = new Blocks(look, width);
        PARSER.parse(markdown).accept(blocks);
        return blocks.lines;
    }

    /** A single line, such as a goal: only inline code and emphasis are interpreted. */
    static Line inline(String markdown, DisplayOptions look) {
        if (markdown.indexOf('`') < 0 && markdown.indexOf('*') < 0) {
            return Line.of(look.spell(markdown));
        }
        Node paragraph = PARSER.parse(markdown).getFirstChild();
        return paragraph instanceof Paragraph && paragraph.getNext() == null
                ? new Line(Inlines.of(paragraph, look))
                : Line.of(look.spell(markdown));
    }

    private static final class Blocks extends AbstractVisitor {
        private final DisplayOptions look;
        private final int width;
        private final List<Line> lines = new ArrayList<>();
        private boolean tight;

        Blocks(DisplayOptions look, int width) {
            this.look = look;
            this.width = width;
        }

        private void apart() {
            if (!lines.isEmpty() && !tight) {
                lines.add(Line.EMPTY);
            }
        }

        @Override
        public void visit(Heading heading) {
            apart();
            List<Span> title = new ArrayList<>();
            for (Span span : Inlines.of(heading, look)) {
                title.add(new Span(span.style() == Style.PLAIN ? Style.TITLE : span.style(), span.text()));
            }
            lines.addAll(Wrap.text(title, width));
        }

        @Override
        public void visit(Paragraph paragraph) {
            apart();
            lines.addAll(Wrap.text(Inlines.of(paragraph, look), width));
        }

        @Override
        public void visit(FencedCodeBlock code) {
            apart();
            lines.addAll(Code.lines(code.getLiteral(), code.getInfo(), look));
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            apart();
            lines.addAll(Code.lines(code.getLiteral(), "", look));
        }

        @Override
        public void visit(BulletList list) {
            items(list, list.isTight(), 0, look.unicode() ? "•" : "-");
        }

        @Override
        public void visit(OrderedList list) {
            Integer first = list.getMarkerStartNumber();
            items(list, list.isTight(), first == null ? 1 : first, "");
        }

        private void items(Node list, boolean tightList, int first, String bullet) {
            apart();
            int number = first;
            boolean begun = false;
            for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
                if (item instanceof ListItem) {
                    String mark = bullet.isEmpty() ? number++ + "." : bullet;
                    if (begun && !tightList) {
                        lines.add(Line.EMPTY);
                    }
                    begun = true;
                    nested(item, "  " + mark + " ", tightList, Style.PLAIN);
                }
            }
        }

        @Override
        public void visit(BlockQuote quote) {
            apart();
            nested(quote, look.unicode() ? "│ " : "| ", false, Style.FAINT);
        }

        /** The children in a narrower column. The mark stands before their first line, in a quotation before every line. */
        private void nested(Node parent, String mark, boolean tightInside, Style style) {
            int indent = Columns.of(mark);
            Blocks inside = new Blocks(look, Math.max(20, width - indent));
            inside.tight = tightInside;
            inside.visitChildren(parent);
            for (int i = 0; i < inside.lines.size(); i++) {
                boolean marked = i == 0 || style == Style.FAINT;
                lines.add(Line.of(style, marked ? mark : " ".repeat(indent)).plus(inside.lines.get(i)));
            }
        }

        @Override
        public void visit(ThematicBreak line) {
            apart();
            lines.add(Line.of(Style.FAINT, (look.unicode() ? "─" : "-").repeat(width)));
        }

        @Override
        public void visit(HtmlBlock html) {
            apart();
            html.getLiteral().lines().forEach(line -> lines.add(Line.of(look.spell(line))));
        }

        @Override
        public void visit(org.commonmark.node.CustomBlock block) {
            if (block instanceof TableBlock table) {
                apart();
                lines.addAll(Table.lines(table, look));
            } else {
                super.visit(block);
            }
        }
    }
}
