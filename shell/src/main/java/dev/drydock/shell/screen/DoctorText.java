package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a machine can run, a line a capability; what is missing with the labs that wait for it and the command that mends it. */
public final class DoctorText {
    private DoctorText() {}

    /**
     * @param machine how it is called in a sentence: {@code this machine}, {@code user@host}
     * @param labs ids of the labs that need a capability, by its name
     */
    public static List<Line> of(
            Message machine, List<Capability> capabilities, Map<String, List<String>> labs, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        boolean here = machine.equals(Worlds.HERE);
        if (!here) {
            lines.add(Line.of(Words.text(say("doctor.on"))).plus(Style.STRONG, look.spell(Words.text(machine))));
            lines.add(Line.EMPTY);
        }
        int names = capabilities.stream()
                .mapToInt(capability -> Columns.of(capability.name()))
                .max()
                .orElse(0);
        for (Capability capability : capabilities) {
            Line mark = Line.of("  ")
                    .plus(
                            capability.present() ? Style.MET : Style.NOT_MET,
                            capability.present() ? look.pass() : look.fail())
                    .padTo(5, 1);
            Line head = mark.plus(look.spell(capability.name())).padTo(5 + names + 2, 2);
            lines.addAll(Goals.hanging(head, List.of(new Span(Style.PLAIN, look.spell(capability.detail()))), look));
            if (!capability.present()) {
                String indent = " ".repeat(head.columns());
                List<String> waiting = labs.getOrDefault(capability.name(), List.of());
                if (!waiting.isEmpty()) {
                    lines.addAll(Goals.hanging(
                            Line.of(indent).plus(Style.FAINT, Words.text(say("doctor.needed-by"))),
                            List.of(new Span(Style.PLAIN, String.join(", ", waiting))),
                            look));
                }
                capability
                        .remedy()
                        .ifPresent(remedy -> lines.add(Line.of(indent)
                                .plus(Style.FAINT, Words.text(say("doctor.mend")))
                                .plus(Style.COMMAND, look.spell(remedy))));
            }
        }
        lines.add(Line.EMPTY);
        lines.addAll(Wrap.text(Words.text(end(capabilities, labs, here)), look.measure()));
        return lines;
    }

    private static Message end(List<Capability> capabilities, Map<String, List<String>> labs, boolean here) {
        Set<String> stopped = new LinkedHashSet<>();
        long missing = 0;
        for (Capability capability : capabilities) {
            if (!capability.present()) {
                missing++;
                stopped.addAll(labs.getOrDefault(capability.name(), List.of()));
            }
        }
        if (missing == 0) {
            return say("doctor.every-lab", "here", here);
        }
        return stopped.isEmpty()
                ? say("doctor.none-needs", "here", here, "missing", missing, "count", capabilities.size())
                : say("doctor.cannot-run", "here", here, "labs", stopped);
    }
}
