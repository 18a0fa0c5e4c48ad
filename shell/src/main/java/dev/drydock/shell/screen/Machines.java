package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** The sentences and lists about a lab's hosts. */
final class Machines {
    private Machines() {}

    /** The lab's hosts and how to switch between them; empty for a lab with one host. */
    static List<Line> introduced(List<String> hosts, DisplayOptions look) {
        if (hosts.size() < 2) {
            return List.of();
        }
        List<String> others = hosts.subList(1, hosts.size());
        return Pages.sentence(
                say("hosts.introduced")
                        .with("count", hosts.size())
                        .with("first", hosts.get(0))
                        .with("others", others)
                        .with("second", others.get(0)),
                look);
    }

    /**
     * The answer to the verb {@code on} where it did not switch: the list of hosts.
     *
     * @param here the current host
     * @param wanted the name that was typed and that no host has; empty for none
     */
    static List<Line> answer(List<String> hosts, String here, String wanted, DisplayOptions look) {
        if (hosts.size() < 2) {
            return Pages.sentence(say("hosts.only-one", "host", here), look);
        }
        List<Line> lines = new ArrayList<>();
        if (!wanted.isEmpty()) {
            lines.addAll(Wrap.text(look.spell(say("hosts.none-called", "name", wanted)), look.measure()));
        }
        int width = hosts.stream().mapToInt(Columns::of).max().orElse(0);
        for (String host : hosts) {
            boolean current = host.equals(here);
            Line line = Line.of("  ")
                    .plus(current ? look.here() : " ")
                    .padTo(5, 1)
                    .plus(current ? Style.STRONG : Style.PLAIN, host)
                    .padTo(5 + width + 2, 2);
            lines.add(
                    current
                            ? line.plus(Style.FAINT, say("hosts.here"))
                            : line.plus(Style.COMMAND, "on " + host)
                                    .plus(Style.FAINT, " " + Words.text(say("hosts.switches"))));
        }
        return lines;
    }
}
