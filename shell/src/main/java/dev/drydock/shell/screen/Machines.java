package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import java.util.ArrayList;
import java.util.List;

/** What a student is told of a lab's hosts. */
final class Machines {
    private Machines() {}

    /** For a lab with several: which there are, and how to switch; nothing for a lab with one. */
    static List<Line> introduced(List<String> hosts, DisplayOptions look) {
        if (hosts.size() < 2) {
            return List.of();
        }
        String first = hosts.get(0);
        String others = list(hosts.subList(1, hosts.size()));
        return Pages.sentence(
                "This lab has " + hosts.size() + " machines: " + first + ", where you begin, and " + others + ". `on "
                        + hosts.get(1) + "` switches, `on " + first + "` comes back.",
                look);
    }

    /**
     * The answer to the verb {@code on} that switched nothing.
     *
     * @param here the host that is typed at
     * @param wanted a name that is no host's, or empty
     */
    static List<Line> answer(List<String> hosts, String here, String wanted, DisplayOptions look) {
        if (hosts.size() < 2) {
            return Pages.sentence("This lab has one machine, " + here + "; there is no other to switch to.", look);
        }
        List<Line> lines = new ArrayList<>();
        if (!wanted.isEmpty()) {
            lines.addAll(Wrap.text(
                    look.spell("No machine of this lab is called '" + wanted + "'. There are:"), look.measure()));
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
                            ? line.plus(Style.FAINT, "you are here")
                            : line.plus(Style.COMMAND, "on " + host).plus(Style.FAINT, " switches to it"));
        }
        return lines;
    }

    static String waiting(Lab lab) {
        return lab.hosts().size() > 1
                ? "The lab hosts of " + lab.id() + " wait: lab resume returns to them, lab finish ends them."
                : "The lab host of " + lab.id() + " waits: lab resume returns to it, lab finish ends it.";
    }

    private static String list(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
