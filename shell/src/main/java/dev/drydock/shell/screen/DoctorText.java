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
import java.util.function.Predicate;

/**
 * The page of {@code lab doctor}: what labs need and the machine has; what labs need and is missing, each with the labs that wait for it and the
 * command that repairs this; and in one line what no lab needs.
 */
public final class DoctorText {
    /** What every world needs, whether its lab names it or not. */
    private static final Set<String> OF_EVERY_WORLD =
            Set.of("ip", "dnsmasq", "busybox", "keyctl", "userns", "netns", "veth", "bridge");

    private DoctorText() {}

    /**
     * @param machine its name in a sentence: {@code this machine}, {@code user@host}
     * @param labs by the name of a capability: the ids of the labs that need it
     */
    public static List<Line> of(
            Message machine, List<Capability> capabilities, Map<String, List<String>> labs, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        boolean here = machine.equals(Worlds.HERE);
        if (!here) {
            lines.add(Line.of(say("doctor.on")).plus(Style.STRONG, look.spell(machine)));
            lines.add(Line.EMPTY);
        }
        Predicate<Capability> needed =
                capability -> labs.containsKey(capability.name()) || OF_EVERY_WORLD.contains(capability.name());
        group(lines, say("doctor.there"), capabilities, needed.and(Capability::present), labs, look);
        group(lines, say("doctor.missing"), capabilities, needed.and(capability -> !capability.present()), labs, look);
        List<String> spare = names(capabilities, needed.negate().and(Capability::present));
        List<String> absent = names(capabilities, needed.negate().and(capability -> !capability.present()));
        if (!spare.isEmpty() || !absent.isEmpty()) {
            lines.addAll(Pages.sentence(say("doctor.unneeded", "there", spare, "missing", absent), look));
            lines.add(Line.EMPTY);
        }
        lines.addAll(Wrap.text(Words.text(end(capabilities, labs, here)), look.measure()));
        return lines;
    }

    private static List<String> names(List<Capability> capabilities, Predicate<Capability> wanted) {
        return capabilities.stream().filter(wanted).map(Capability::name).toList();
    }

    private static void group(
            List<Line> lines,
            Message title,
            List<Capability> capabilities,
            Predicate<Capability> wanted,
            Map<String, List<String>> labs,
            DisplayOptions look) {
        List<Capability> group = capabilities.stream().filter(wanted).toList();
        int names = group.stream()
                .mapToInt(capability -> Columns.of(capability.name()))
                .max()
                .orElse(0);
        if (!group.isEmpty()) {
            lines.add(Line.of(Style.STRONG, title));
        }
        for (Capability capability : group) {
            Line mark = Line.of("  ")
                    .plus(
                            capability.present() ? Style.MET : Style.NOT_MET,
                            capability.present() ? look.pass() : look.fail())
                    .padTo(5, 1);
            Line head = mark.plus(look.spell(capability.name())).padTo(5 + names + 2, 2);
            lines.addAll(Goals.hanging(head, Style.PLAIN, capability.detail(), look));
            if (!capability.present()) {
                String indent = " ".repeat(head.columns());
                List<String> waiting = labs.getOrDefault(capability.name(), List.of());
                if (!waiting.isEmpty()) {
                    lines.addAll(Goals.hanging(
                            Line.of(indent).plus(Style.FAINT, say("doctor.needed-by")),
                            Style.PLAIN,
                            String.join(", ", waiting),
                            look));
                }
                capability
                        .remedy()
                        .ifPresent(remedy -> lines.add(Line.of(indent)
                                .plus(Style.FAINT, say("doctor.mend"))
                                .plus(Style.COMMAND, look.spell(remedy))));
            }
        }
        if (!group.isEmpty()) {
            lines.add(Line.EMPTY);
        }
    }

    private static Message end(List<Capability> capabilities, Map<String, List<String>> labs, boolean here) {
        Set<String> stopped = new LinkedHashSet<>();
        for (Capability capability : capabilities) {
            if (!capability.present()) {
                stopped.addAll(labs.getOrDefault(capability.name(), List.of()));
            }
        }
        return stopped.isEmpty()
                ? say("doctor.every-lab", "here", here)
                : say("doctor.cannot-run", "here", here, "labs", stopped);
    }
}
