package dev.drydock.shell.screen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** The content of a paragraph as styled text. Where a style cannot be drawn, the marks of Markdown stay. */
final class Inlines extends AbstractVisitor {
    private final DisplayOptions look;
    private final List<Span> spans = new ArrayList<>();
    private final Deque<Style> styles = new ArrayDeque<>();

    private Inlines(DisplayOptions look) {
        this.look = look;
    }

    static List<Span> of(Node parent, DisplayOptions look) {
        Inlines inlines = new Inlines(look);
        inlines.visitChildren(parent);
        return inlines.spans;
    }

    private void add(Style style, String text) {
        spans.add(new Span(style, text));
    }

    private Style style() {
        return styles.isEmpty() ? Style.PLAIN : styles.peek();
    }

    private void styled(Node node, Style style, String mark) {
        boolean marked = style.sgr(look.ink()).isEmpty();
        if (marked) {
            add(style, mark);
        }
        styles.push(style);
        visitChildren(node);
        styles.pop();
        if (marked) {
            add(style, mark);
        }
    }

    @Override
    public void visit(Text text) {
        add(style(), look.spell(text.getLiteral()));
    }

    @Override
    public void visit(Code code) {
        boolean marked = Style.CODE.sgr(look.ink()).isEmpty();
        String text = look.spell(code.getLiteral());
        add(Style.CODE, marked ? "`" + text + "`" : text);
    }

    @Override
    public void visit(Emphasis emphasis) {
        styled(emphasis, Style.EMPHASIS, "*");
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        styled(emphasis, Style.STRONG, "**");
    }

    @Override
    public void visit(Link link) {
        int before = spans.size();
        styles.push(Style.LINK);
        visitChildren(link);
        styles.pop();
        StringBuilder shown = new StringBuilder();
        spans.subList(before, spans.size()).forEach(span -> shown.append(span.text()));
        String address = look.spell(link.getDestination());
        if (!address.isEmpty() && !address.contentEquals(shown)) {
            add(style(), " <" + address + ">");
        }
    }

    @Override
    public void visit(Image image) {
        visitChildren(image);
    }

    @Override
    public void visit(SoftLineBreak line) {
        add(style(), " ");
    }

    @Override
    public void visit(HardLineBreak line) {
        add(style(), "\n");
    }

    @Override
    public void visit(HtmlInline html) {
        add(style(), look.spell(html.getLiteral()));
    }
}
