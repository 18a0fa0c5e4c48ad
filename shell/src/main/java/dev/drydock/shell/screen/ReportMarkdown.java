package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.shell.screen.Report.Block;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The report of a run as Markdown, without pictures. */
public final class ReportMarkdown {
    private static final Pattern SPECIAL = Pattern.compile("([\\\\`*_{}\\[\\]<>#|&~])");
    private static final Pattern FENCE = Pattern.compile("`+");

    private ReportMarkdown() {}

    /**
     * @param lab the lab's file; empty where it cannot be read any more
     * @param zone the time zone of the times in the report
     */
    public static String of(RunRecord run, Optional<Lab> lab, ZoneId zone) {
        StringBuilder page = new StringBuilder();
        for (Block block : Report.of(run, lab, zone)) {
            String text = text(block);
            page.append(page.isEmpty() || text.isEmpty() ? "" : "\n").append(text);
        }
        return page.toString();
    }

    private static String text(Block block) {
        StringBuilder text = new StringBuilder();
        if (block instanceof Block.Heading heading) {
            text.append("#".repeat(heading.level()))
                    .append(' ')
                    .append(escaped(heading.text()))
                    .append('\n');
        } else if (block instanceof Block.Items items) {
            items.texts()
                    .forEach(item -> text.append("- ").append(escaped(item)).append('\n'));
        } else if (block instanceof Block.Authors authors) {
            authors.markdown().forEach(item -> text.append("- ")
                    .append(item.strip().replace("\n", "\n  "))
                    .append('\n'));
        } else if (block instanceof Block.Text plain) {
            text.append(escaped(plain.text())).append('\n');
        } else if (block instanceof Block.Code code) {
            String fence = fence(code.text());
            text.append(fence).append('\n').append(code.text()).append(fence).append('\n');
        }
        return text.toString();
    }

    /** A fence that is longer than any run of backticks in the code. */
    private static String fence(String code) {
        int longest = 2;
        Matcher runs = FENCE.matcher(code);
        while (runs.find()) {
            longest = Math.max(longest, runs.end() - runs.start());
        }
        return "`".repeat(longest + 1);
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$1");
    }
}
