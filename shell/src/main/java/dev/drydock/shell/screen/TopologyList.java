package dev.drydock.shell.screen;

import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.Wire;
import java.util.ArrayList;
import java.util.List;

/** The network of a world as a list, a paragraph for each namespace: for what no picture has room for, and for whoever hears it read. */
public final class TopologyList {
    private TopologyList() {}

    /** The list, and what is wrong with the network in sentences. */
    public static List<Line> whole(Topology topology, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(of(topology, look));
        lines.addAll(new TopologyWords(topology, look).below());
        return lines;
    }

    static List<Line> of(Topology topology, DisplayOptions look) {
        TopologyWords words = new TopologyWords(topology, look);
        List<Line> lines = new ArrayList<>();
        for (HostNetwork host : topology.hosts()) {
            for (NamespaceBox box : host.boxes()) {
                Line head = words.title(box);
                boolean several = topology.hosts().size() > 1 && !box.host();
                lines.add(several ? head.plus(Style.FAINT, " on " + look.spell(host.name())) : head);
                for (NetworkInterface one : box.interfaces()) {
                    lines.addAll(row(
                            words.interfaceLine(box, one, true)
                                    .plus(look.spell(leads(topology, one)))
                                    .plus(look.spell(one.master()
                                            .map(bridge -> ", port of " + bridge)
                                            .orElse(""))),
                            look));
                }
                if (!words.wayOut(box).spans().isEmpty()) {
                    lines.addAll(row(words.wayOut(box), look));
                }
                if (TopologyWords.router(box) && !words.forwarding(box).spans().isEmpty()) {
                    lines.addAll(row(words.forwarding(box), look));
                }
                words.remarks(box).forEach(line -> lines.addAll(row(line, look)));
            }
        }
        return lines;
    }

    private static List<Line> row(Line line, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        for (Line part : Wrap.text(line.spans(), look.measure() - 4)) {
            lines.add(Line.of(lines.isEmpty() ? "  " : "    ").plus(part));
        }
        return lines;
    }

    /** What an interface leads to, in words: {@code , cable to eth0 of web}. */
    static String leads(Topology topology, NetworkInterface one) {
        Wire wire = one.wire();
        String end = wire.end().map(other -> called(topology, other)).orElse("");
        return switch (wire.kind()) {
            case NONE, NOWHERE, UNKNOWN -> "";
            case CABLE -> ", cable to " + end;
            case STANDS_ON -> ", " + wire.words() + " on " + end;
            case BACKBONE -> ", to the backbone";
        };
    }

    private static String called(Topology topology, InterfaceId end) {
        return end.name() + " of "
                + topology.box(end.box()).map(NamespaceBox::title).orElse(end.box());
    }
}
