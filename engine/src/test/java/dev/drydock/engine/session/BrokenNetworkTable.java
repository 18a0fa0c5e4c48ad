package dev.drydock.engine.session;

import dev.drydock.engine.session.BrokenNetwork.Score;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The score on the catalogue of broken networks as a page of Markdown; the same networks and the same answers give the same page. */
final class BrokenNetworkTable {
    private BrokenNetworkTable() {}

    /**
     * One network's row.
     *
     * @param probe what became of the real probe
     * @param trace what became of the packet that was traced
     */
    record Row(BrokenNetwork network, Score score, String probe, String trace) {}

    /** The part of the page that is rewritten, its first line included. */
    static String of(List<Row> rows) {
        List<Row> modelled =
                rows.stream().filter(row -> !row.network().beyond()).toList();
        long broken = modelled.stream().filter(row -> !row.network().healthy()).count();
        StringBuilder text = new StringBuilder("**")
                .append(count(modelled, false, Score.RIGHT))
                .append(" of ")
                .append(broken)
                .append(" broken networks right, ")
                .append(count(modelled, false, Score.CANNOT_TELL))
                .append(" cannot tell, ")
                .append(count(modelled, false, Score.WRONG))
                .append(" wrong; ")
                .append(count(modelled, true, Score.RIGHT))
                .append(" of ")
                .append(modelled.size() - broken)
                .append(" healthy networks found healthy; of ")
                .append(rows.size() - modelled.size())
                .append(" broken by what is not modelled ")
                .append(count(rows, false, Score.CANNOT_TELL) - count(modelled, false, Score.CANNOT_TELL))
                .append(" cannot tell; ")
                .append(rows.stream()
                        .filter(row -> !row.trace().startsWith("–"))
                        .count())
                .append(" of ")
                .append(rows.size())
                .append(" traced, all of these in agreement.**\n\n")
                .append("| network | what was done | asked | true cause | `lab why` | probe | `lab trace` |\n")
                .append("|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> row(text, row));
        return text.toString();
    }

    /**
     * The row that a page has for a network.
     *
     * @throws java.util.NoSuchElementException where the page has none
     */
    static Row read(BrokenNetwork network, String page) {
        String line = page.lines()
                .filter(one -> one.startsWith("| " + network.id() + " |"))
                .findFirst()
                .orElseThrow();
        String[] cells = line.substring(0, line.length() - " |".length()).split(" \\| ", -1);
        String score = cells[cells.length - 3];
        return new Row(
                network,
                Stream.of(Score.values())
                        .filter(one -> one.words().equals(score))
                        .findFirst()
                        .orElseThrow(),
                cells[cells.length - 2],
                cells[cells.length - 1]);
    }

    private static void row(StringBuilder text, Row row) {
        BrokenNetwork network = row.network();
        String done = network.breaks().entrySet().stream()
                .map(on -> (on.getKey().isEmpty() ? "" : "on " + on.getKey() + ": ")
                        + on.getValue().strip().replace('\n', ' '))
                .collect(Collectors.joining("; "))
                .replace("|", "\\|");
        text.append("| ")
                .append(network.id())
                .append(done.isEmpty() ? " | " : " | `" + done + "`")
                .append(" | ")
                .append(network.from())
                .append(" → ")
                .append(network.to())
                .append(network.size().isPresent() ? ", " + network.size().getAsInt() + " bytes" : "")
                .append(" | ")
                .append(network.cause())
                .append(network.beyond() ? ": " + network.says() : "")
                .append(" | ")
                .append(row.score().words())
                .append(" | ")
                .append(row.probe())
                .append(" | ")
                .append(row.trace())
                .append(" |\n");
    }

    private static long count(List<Row> rows, boolean healthy, Score score) {
        return rows.stream()
                .filter(row -> row.network().healthy() == healthy && row.score() == score)
                .count();
    }
}
