package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.Wire;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The network of a world as a list, one paragraph per namespace: for networks that are too large for a picture, and for screen readers. */
public final class TopologyList {
    private TopologyList() {}

    /** The list, and below it the faults of the network in sentences. */
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
                lines.add(
                        several
                                ? head.plus(Style.FAINT, " " + look.spell(say("topology.on", "name", host.name())))
                                : head);
                for (NetworkInterface one : box.interfaces()) {
                    lines.addAll(row(
                            words.interfaceLine(box, one, true)
                                    .plus(look.spell(leads(topology, one)))
                                    .plus(look.spell(one.master()
                                            .map(bridge -> say("topology.port-of", "bridge", bridge))
                                            .orElse(Message.NONE))),
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

    /** What an interface is connected to: {@code , cable to eth0 of web}. {@link Message#NONE} where it is not connected or that is unknown. */
    static Message leads(Topology topology, NetworkInterface one) {
        Wire wire = one.wire();
        Optional<Message> end = wire.end().map(other -> called(topology, other));
        return switch (wire.kind()) {
            case NONE, NOWHERE, UNKNOWN -> Message.NONE;
            case CABLE -> say("topology.cable-to", "end", end);
            case STANDS_ON -> say("topology.stands-on", "kind", wire.words(), "end", end);
            case BACKBONE -> say("topology.to-backbone");
        };
    }

    private static Message called(Topology topology, InterfaceId end) {
        return say("topology.interface-of")
                .with("interface", end.name())
                .with(
                        "box",
                        topology.box(end.box()).map(NamespaceBox::title).orElseGet(() -> Message.verbatim(end.box())));
    }
}
