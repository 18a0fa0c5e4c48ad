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
 * command that repairs this; and in one line what no lab needs. Where user namespaces are missing nothing else was tried, and only their names are told.
 */
public final class DoctorText {
    private DoctorText() {}

    /**
     * @param machine its name in a sentence: {@code this machine}, {@code user@host}
     * @param labs by the name of a capability: the ids of the labs that need it
     * @param all whether what no lab needs is told line by line, too
     */
    public static List<Line> of(
            Message machine,
            List<Capability> capabilities,
            Map<String, List<String>> labs,
            boolean all,
            DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        boolean here = machine.equals(Worlds.HERE);
        if (!here) {
            lines.add(Line.of(say("doctor.on")).plus(Style.STRONG, look.spell(machine)));
            lines.add(Line.EMPTY);
        }
        Predicate<Capability> untried = untried(capabilities);
        List<Capability> told = capabilities.stream().filter(untried.negate()).toList();
        Predicate<Capability> needed = capability -> labs.containsKey(capability.name()) || capability.ofEveryWorld();
        group(lines, say("doctor.there"), told, needed.and(Capability::present), labs, look);
        group(lines, say("doctor.missing"), told, needed.and(capability -> !capability.present()), labs, look);
        List<String> waiting = names(capabilities, needed.and(untried));
        if (!waiting.isEmpty()) {
            lines.addAll(Pages.sentence(say("doctor.untried", "waiting", waiting), look));
            lines.add(Line.EMPTY);
        }
        if (all) {
            group(lines, say("doctor.unneeded-title"), told, needed.negate(), labs, look);
        } else {
            List<String> spare = names(told, needed.negate().and(Capability::present));
            List<String> absent = names(told, needed.negate().and(capability -> !capability.present()));
            if (!spare.isEmpty() || !absent.isEmpty()) {
                lines.addAll(Pages.sentence(say("doctor.unneeded", "there", spare, "missing", absent), look));
                lines.add(Line.EMPTY);
            }
        }
        lines.addAll(Wrap.text(Words.text(end(capabilities, labs, here)), look.measure()));
        return lines;
    }

    /** What depends on user namespaces, where there are none. */
    private static Predicate<Capability> untried(List<Capability> capabilities) {
        boolean refused = capabilities.stream().anyMatch(one -> one.name().equals("userns") && !one.present());
        Set<String> depending = Set.of("subuid", "docker");
        return capability -> refused
                && !capability.present()
                && !capability.name().equals("userns")
                && capability.remedy().isEmpty()
                && (capability.ofTheKernel() || depending.contains(capability.name()));
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
                List<String> waiting = capability.ofEveryWorld()
                        ? List.of(Words.text(say("doctor.each-lab")))
                        : labs.getOrDefault(capability.name(), List.of());
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
                if (capability.ofEveryWorld()) {
                    return say("doctor.no-lab", "here", here);
                }
                stopped.addAll(labs.getOrDefault(capability.name(), List.of()));
            }
        }
        return stopped.isEmpty()
                ? say("doctor.every-lab", "here", here)
                : say("doctor.cannot-run", "here", here, "labs", stopped);
    }
}
