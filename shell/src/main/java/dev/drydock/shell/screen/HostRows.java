package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.shell.screen.HostPicture.Detail;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.Wire;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contents of a host's picture without their positions: the rows on the left, and the rows of each box. */
final class HostRows {
    /**
     * A row on the left.
     *
     * @param wide whether the row needs the whole width, so that nothing fits beside it
     * @param trunk the index of the item that it hangs below, or -1
     * @param own the interface that the row shows, or that another interface stands on
     * @param target the other end of its cable; empty for none
     * @param stands whether the row shows only that {@code target} stands on {@code own}
     */
    record Item(
            Line text,
            boolean wide,
            int trunk,
            Optional<InterfaceId> own,
            Optional<InterfaceId> target,
            boolean stands) {}

    /** A box and its rows. @param offsets the row of each interface, by the interface's name */
    record Shelf(NamespaceBox box, List<Line> rows, Map<String, Integer> offsets) {}

    private final HostNetwork host;
    private final TopologyWords words;
    private final DisplayOptions look;
    private final Detail detail;
    private final List<Item> items = new ArrayList<>();

    HostRows(Topology topology, HostNetwork host, DisplayOptions look, Detail detail) {
        this.host = host;
        this.words = new TopologyWords(topology, look);
        this.look = look;
        this.detail = detail;
        host.own().ifPresent(this::hostItems);
    }

    List<Item> items() {
        return items;
    }

    private void hostItems(NamespaceBox own) {
        List<NetworkInterface> alone = own.interfaces().stream()
                .filter(one -> one.master().isEmpty() && !standsHere(own, one))
                .toList();
        alone.stream().filter(HostRows::out).forEach(one -> interfaceItems(own, one, -1));
        words.sharing(own).ifPresent(this::wide);
        words.remarks(own).forEach(this::wide);
        alone.stream().filter(one -> !out(one)).forEach(one -> interfaceItems(own, one, -1));
    }

    static boolean out(NetworkInterface one) {
        return one.wire().kind() == Wire.Kind.BACKBONE;
    }

    private static boolean standsHere(NamespaceBox own, NetworkInterface one) {
        return one.wire().kind() == Wire.Kind.STANDS_ON
                && one.wire().end().filter(end -> end.box().equals(own.id())).isPresent();
    }

    private void wide(Line line) {
        items.add(new Item(line, true, -1, Optional.empty(), Optional.empty(), false));
    }

    private void interfaceItems(NamespaceBox own, NetworkInterface one, int trunk) {
        InterfaceId end = new InterfaceId(own.id(), one.name());
        boolean cable = one.wire().kind() == Wire.Kind.CABLE;
        Line text = words.interfaceLine(own, one, detail.macs() && !cable, detail.narrow());
        if (out(one) && !words.wayOut(own).spans().isEmpty()) {
            text = text.plus("  ").plus(words.wayOut(own));
        }
        int index = items.size();
        items.add(new Item(
                text,
                !cable && one.wire().kind() != Wire.Kind.NOWHERE,
                trunk,
                Optional.of(end),
                cable ? one.wire().end() : Optional.empty(),
                false));
        own.ports(one.name()).forEach(port -> interfaceItems(own, port, index));
        for (NamespaceBox box : host.boxes()) {
            for (NetworkInterface above : box.interfaces()) {
                if (above.wire().kind() == Wire.Kind.STANDS_ON
                        && above.wire().end().filter(end::equals).isPresent()) {
                    if (box.host()) {
                        interfaceItems(box, above, index);
                    } else {
                        items.add(new Item(
                                Line.of(Style.FAINT, look.spell(above.wire().words())),
                                false,
                                index,
                                Optional.of(end),
                                Optional.of(new InterfaceId(box.id(), above.name())),
                                true));
                    }
                }
            }
        }
    }

    Shelf shelf(NamespaceBox box, Optional<String> first) {
        List<NetworkInterface> order = new ArrayList<>();
        first.flatMap(box::named).filter(one -> one.master().isEmpty()).ifPresent(order::add);
        for (NetworkInterface one : box.interfaces()) {
            if (one.master().isEmpty() && !order.contains(one)) {
                order.add(one);
            }
            if (one.bridge()) {
                order.addAll(box.ports(one.name()));
            }
        }
        box.interfaces().stream().filter(one -> !order.contains(one)).forEach(order::add);
        List<Line> rows = new ArrayList<>();
        Map<String, Integer> offsets = new LinkedHashMap<>();
        for (NetworkInterface one : order) {
            offsets.put(one.name(), rows.size());
            Line line = words.interfaceLine(box, one, detail.macs(), detail.narrow());
            if (out(one)) {
                line = line.plus(Style.FAINT, " " + Words.text(say("topology.on-backbone")));
            }
            boolean here = one.wire().kind() == Wire.Kind.STANDS_ON
                    && one.wire()
                            .end()
                            .filter(end -> end.box().equals(box.id()))
                            .isPresent();
            if (here) {
                line = line.plus(
                        Style.FAINT,
                        " "
                                + Words.text(say("topology.on")
                                        .with(
                                                "name",
                                                one.wire().end().orElseThrow().name())));
            }
            rows.add(
                    one.master().isPresent()
                            ? Line.of(Style.FAINT, look.unicode() ? "╰ " : "+ ").plus(line)
                            : line);
        }
        if (!detail.apart() && !rows.isEmpty() && !foot(box).spans().isEmpty()) {
            rows.set(0, rows.get(0).plus("  ").plus(Style.FAINT, foot(box).text()));
        }
        rows.addAll(words.remarks(box));
        return new Shelf(box, rows, offsets);
    }

    Line hostFoot() {
        return host.own().map(words::forwarding).orElse(Line.EMPTY);
    }

    Line foot(NamespaceBox box) {
        Line out = words.wayOut(box);
        Line forwards = TopologyWords.router(box) ? words.forwarding(box) : Line.EMPTY;
        if (forwards.spans().isEmpty() || box.unread().isPresent()) {
            return out;
        }
        return out.spans().isEmpty() ? forwards : out.plus(", ").plus(forwards);
    }

    int depth(Item item) {
        return item.trunk() < 0 ? 0 : 1 + depth(items.get(item.trunk()));
    }
}
