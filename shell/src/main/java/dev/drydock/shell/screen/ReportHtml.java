package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.shell.screen.Report.Block;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The report of a run as one HTML file that needs nothing else: it has no scripts and loads nothing. */
public final class ReportHtml {
    private static final Parser AUTHORS = Parser.builder().build();
    private static final HtmlRenderer AUTHORED =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private static final String STYLE =
            """
            body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; background: #ffffff; color: #1f2328;
              font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
            h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2.2rem; border-bottom: 1px solid #d1d9e0; }
            h3 { font-size: 1rem; margin-bottom: 0.3rem; }
            pre { background: #f6f8fa; border: 1px solid #d1d9e0; border-radius: 4px; padding: 0.6rem 0.8rem; overflow-x: auto;
              font: 14px/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
            code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
            summary { cursor: pointer; font-weight: 600; margin: 0.4rem 0; }
            img { max-width: 100%; border: 1px solid #d1d9e0; border-radius: 4px; }
            @media print { details > * { display: block; } }
            """;

    private final StringBuilder page = new StringBuilder();

    private ReportHtml() {}

    /**
     * @param lab the lab's file; empty where it cannot be read any more
     * @param zone the time zone of the times in the report
     */
    public static String of(RunRecord run, Optional<Lab> lab, ZoneId zone) {
        ReportHtml html = new ReportHtml();
        List<Block> blocks = Report.of(run, lab, zone);
        String title = ((Block.Heading) blocks.get(0)).text();
        html.page
                .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n")
                .append("<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        blocks.forEach(html::block);
        return html.page.append("</body>\n</html>\n").toString();
    }

    private void block(Block block) {
        if (block instanceof Block.Heading heading) {
            element("h" + heading.level(), heading.text());
        } else if (block instanceof Block.Items items) {
            page.append("<ul>\n");
            items.texts().forEach(item -> element("li", item));
            page.append("</ul>\n");
        } else if (block instanceof Block.Authors authors) {
            page.append("<ul>\n");
            authors.markdown().forEach(item -> page.append("<li>")
                    .append(AUTHORED.render(AUTHORS.parse(item)).strip())
                    .append("</li>\n"));
            page.append("</ul>\n");
        } else if (block instanceof Block.Text text) {
            element("p", text.text());
        } else if (block instanceof Block.Code code) {
            element("pre", code.text());
        } else if (block instanceof Block.Picture picture) {
            String data = Base64.getEncoder().encodeToString(picture.svg().getBytes(StandardCharsets.UTF_8));
            page.append("<details>\n");
            element("summary", picture.caption());
            page.append("<img alt=\"")
                    .append(escaped(picture.caption()))
                    .append("\" src=\"data:image/svg+xml;base64,")
                    .append(data)
                    .append("\">\n</details>\n");
        }
    }

    private void element(String name, String text) {
        page.append('<')
                .append(name)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Report.visible(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
