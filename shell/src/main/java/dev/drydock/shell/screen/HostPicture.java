package dev.drydock.shell.screen;

import dev.drydock.shell.screen.Canvas.Stroke;
import dev.drydock.shell.screen.HostRows.Item;
import dev.drydock.shell.screen.HostRows.Shelf;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.NetworkInterface.State;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One lab host as a frame. On the left are the host's own interfaces, each bridge with its ports below it. On the right are the other namespaces as
 * boxes, each beside the port that its cable comes from.
 */
final class HostPicture {
    /** The column where the frame begins; the columns before it are for the cable from the backbone. */
    static final int MARGIN = 2;

    private static final int INSIDE = MARGIN + 2;

    /**
     * How many details are shown.
     *
     * @param macs whether hardware addresses are shown
     * @param narrow whether words are left out that only repeat
     * @param apart whether each box has a frame of its own, and shares no edge
     */
    record Detail(boolean macs, boolean narrow, boolean apart) {
        /** All levels, the one with the most details first. */
        static List<Detail> all(boolean apart) {
            return List.of(
                    new Detail(true, false, apart), new Detail(false, false, apart), new Detail(false, true, apart));
        }
    }

    private final Topology topology;
    private final HostNetwork host;
    private final TopologyWords words;
    private final DisplayOptions look;
    private final Detail detail;

    private final HostRows contents;
    private final List<Item> items;
    private final List<Integer> itemRows = new ArrayList<>();
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private final Map<String, Integer> tops = new LinkedHashMap<>();
    private final Map<InterfaceId, Integer> rights = new HashMap<>();
    private final CableTracks gutter = new CableTracks();
    private final CableTracks outer = new CableTracks();
    private final Set<Set<InterfaceId>> drawn = new LinkedHashSet<>();
    private final Map<Integer, Stroke> backbone = new LinkedHashMap<>();
    private final int left;
    private final int boxLeft;
    private final int outerWidth;
    private final int least;
    private int bottom = 1;

    HostPicture(Topology topology, HostNetwork host, DisplayOptions look, Detail detail) {
        this.topology = topology;
        this.host = host;
        this.words = new TopologyWords(topology, look);
        this.look = look;
        this.detail = detail;
        this.contents = new HostRows(topology, host, look, detail);
        this.items = contents.items();
        place();
        findCables();
        this.left = items.stream()
                .filter(item -> !item.wide())
                .mapToInt(item -> 2 * contents.depth(item) + item.text().columns())
                .max()
                .orElse(0);
        this.boxLeft = INSIDE + (left == 0 && gutter.count() == 0 ? 0 : left + 5 + 2 * gutter.count());
        this.outerWidth = outer.count() == 0 ? 0 : 1 + 2 * outer.count();
        this.least = findLeast();
    }

    /** The rows in which a cable from the backbone enters, with the stroke of each; known only after {@link #draw}. */
    Map<Integer, Stroke> backbone() {
        return backbone;
    }

    /** The smallest width in columns at which the picture can be read. */
    int least() {
        return least;
    }

    private int findLeast() {
        int boxWidth = shelves.values().stream().mapToInt(this::width).max().orElse(0);
        int columns = shelves.isEmpty() ? INSIDE + 20 : boxLeft + boxWidth + outerWidth + 2;
        columns = Math.max(columns, left + INSIDE + 2);
        for (Item item : items) {
            // An interface is shown whole; only what is said of the host may be cut.
            if (item.own().isPresent()) {
                columns = Math.max(
                        columns, INSIDE + 2 * contents.depth(item) + item.text().columns() + 2);
            }
        }
        return columns;
    }

    /** Draws the picture in at most {@code columns} columns; empty where {@link #least} is more. */
    Optional<Canvas> draw(int columns) {
        if (least > columns) {
            return Optional.empty();
        }
        int wanted = least;
        for (Shelf shelf : shelves.values()) {
            int most =
                    Math.max(shelf.rows().stream().mapToInt(Line::columns).max().orElse(0), 0);
            int frame = Math.max(
                    most + 4,
                    Math.max(
                            words.title(shelf.box()).columns() + 6,
                            contents.foot(shelf.box()).columns() + 7));
            wanted = Math.max(wanted, boxLeft + frame + outerWidth + 2);
        }
        for (Item item : items) {
            wanted = Math.max(
                    wanted, INSIDE + 2 * contents.depth(item) + item.text().columns() + 2);
        }
        wanted = Math.max(wanted, MARGIN + Columns.of(host.name()) + 8);
        wanted = Math.max(wanted, MARGIN + contents.hostFoot().columns() + 7);
        int right = Math.min(columns, wanted) - 1;
        Canvas canvas = new Canvas();
        String name = Columns.cut(look.spell(host.name()), right - MARGIN - 6, look.ellipsis());
        canvas.frame(MARGIN, 0, right, bottom, Line.of(Style.STRONG, name), contents.hostFoot());
        drawItems(canvas, right - 2);
        int boxRight = right - 2 - outerWidth;
        shelves.forEach((id, shelf) -> drawBox(canvas, boxLeft, tops.get(id), boxRight, shelf));
        drawCables(canvas, boxRight);
        return Optional.of(canvas);
    }

    /** The width of what must not be cut in a box. */
    private int width(Shelf shelf) {
        int most = 12;
        for (int row : shelf.offsets().values()) {
            most = Math.max(most, shelf.rows().get(row).columns() + 4);
        }
        return Math.max(most, contents.foot(shelf.box()).columns() + 7);
    }

    // --- where it goes ---

    private void place() {
        int nextLeft = 1;
        int nextRight = 1;
        boolean open = false;
        for (Item item : items) {
            Optional<NamespaceBox> box = item.target()
                    .filter(end -> !tops.containsKey(end.box()))
                    .flatMap(end -> topology.box(end.box()))
                    .filter(found -> !found.host());
            if (box.isPresent()) {
                Shelf shelf = contents.shelf(box.get(), item.target().map(InterfaceId::name));
                int offset = shelf.offsets().getOrDefault(item.target().get().name(), 0);
                int top = Math.max(nextRight, nextLeft - 1 - offset);
                nextRight = put(shelf, top);
                nextLeft = top + 1 + offset;
                open = !detail.apart();
            } else if (item.wide()) {
                // A frame whose lower edge is shared ends one row further down.
                nextLeft = Math.max(nextLeft, nextRight + (open ? 1 : 0));
                nextRight = nextLeft + 1;
                open = false;
            }
            itemRows.add(nextLeft++);
        }
        for (NamespaceBox box : host.boxes()) {
            if (!box.host() && !tops.containsKey(box.id())) {
                nextRight = put(contents.shelf(box, Optional.empty()), nextRight);
                open = !detail.apart();
            }
        }
        bottom = Math.max(nextLeft, nextRight + (open ? 1 : 0));
    }

    /** @return the first row below that another box may begin in */
    private int put(Shelf shelf, int top) {
        shelves.put(shelf.box().id(), shelf);
        tops.put(shelf.box().id(), top);
        shelf.offsets()
                .forEach(
                        (name, offset) -> rights.put(new InterfaceId(shelf.box().id(), name), top + 1 + offset));
        return top + shelf.rows().size() + (detail.apart() ? 2 : 1);
    }

    private Optional<Integer> leftRow(InterfaceId end) {
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).stands() && items.get(i).own().filter(end::equals).isPresent()) {
                return Optional.of(itemRows.get(i));
            }
        }
        return Optional.empty();
    }

    /** Finds the cables that cannot be drawn straight; each gets a lane beside the boxes. */
    private void findCables() {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.target().isPresent()) {
                int from = itemRows.get(i);
                Integer to = rights.get(item.target().get());
                if (to == null) {
                    leftRow(item.target().get())
                            .filter(row -> row > from)
                            .ifPresent(row -> gutter.add(
                                    from,
                                    row,
                                    true,
                                    item.own().get(),
                                    item.target().get()));
                } else if (to != from) {
                    gutter.add(from, to, false, item.own().get(), item.target().get());
                }
            }
        }
        for (Shelf shelf : shelves.values()) {
            for (NetworkInterface one : shelf.box().interfaces()) {
                InterfaceId end = new InterfaceId(shelf.box().id(), one.name());
                one.wire().end().filter(rights::containsKey).ifPresent(other -> {
                    boolean lies =
                            one.wire().kind() == Wire.Kind.CABLE || !other.box().equals(end.box());
                    if (lies && drawn.add(Set.of(end, other))) {
                        outer.add(rights.get(end), rights.get(other), false, end, other);
                    }
                });
            }
        }
        gutter.settle();
        outer.settle();
    }

    // --- drawing ---

    private void drawItems(Canvas canvas, int lastColumn) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int row = itemRows.get(i);
            int depth = contents.depth(item);
            if (item.trunk() >= 0) {
                int trunk = INSIDE + 2 * (depth - 1);
                int above = itemRows.get(item.trunk());
                boolean dead = items.get(item.trunk())
                        .own()
                        .flatMap(this::interfaceAt)
                        .filter(below -> below.state() == State.DOWN)
                        .isPresent();
                canvas.down(trunk, above, row, dead ? Stroke.BROKEN : Stroke.LIGHT, dead ? Style.NOT_MET : Style.FAINT);
                canvas.across(trunk, trunk + 1, row, Stroke.LIGHT, dead ? Style.NOT_MET : Style.FAINT);
            }
            int from = INSIDE + 2 * depth;
            canvas.write(from, row, cut(item.text(), lastColumn - from + 1));
            if (!item.stands()
                    && item.own()
                            .flatMap(this::interfaceAt)
                            .filter(HostRows::out)
                            .isPresent()) {
                Stroke stroke = stroke(item.own().get());
                backbone.put(row, stroke);
                canvas.across(0, MARGIN, row, stroke, style(stroke));
            }
        }
    }

    private Line cut(Line line, int columns) {
        if (line.columns() <= columns) {
            return line;
        }
        Line kept = Line.EMPTY;
        for (Span span : line.spans()) {
            int room = columns - kept.columns();
            if (Columns.of(span.text()) > room - Columns.of(look.ellipsis())) {
                return kept.plus(
                        span.style(), Columns.cut(span.text() + " ".repeat(8), Math.max(0, room), look.ellipsis()));
            }
            kept = kept.plus(span.style(), span.text());
        }
        return kept;
    }

    private void drawBox(Canvas canvas, int left, int top, int right, Shelf shelf) {
        int height = shelf.rows().size() + 1;
        Line title = cut(words.title(shelf.box()), right - left - 5);
        canvas.frame(left, top, right, top + height, title, detail.apart() ? contents.foot(shelf.box()) : Line.EMPTY);
        for (int i = 0; i < shelf.rows().size(); i++) {
            canvas.write(left + 2, top + 1 + i, cut(shelf.rows().get(i), right - left - 3));
        }
    }

    private void drawCables(Canvas canvas, int boxRight) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int row = itemRows.get(i);
            int from = INSIDE + 2 * contents.depth(item) + item.text().columns() + 1;
            Integer to = item.target().map(rights::get).orElse(null);
            if (to != null && to == row) {
                Stroke stroke = item.stands() ? Stroke.LIGHT : stroke(item.own().get());
                canvas.across(from, boxLeft, row, stroke, item.stands() ? Style.PLAIN : style(stroke));
            } else if (item.own().map(this::nowhere).orElse(false)) {
                canvas.across(from, INSIDE + left + 2, row, Stroke.BROKEN, Style.NOT_MET);
                canvas.write(INSIDE + left + 3, row, Line.of(Style.NOT_MET, look.unicode() ? "╳" : "x"));
            }
        }
        for (CableTracks.Lane lane : gutter.lanes()) {
            int x = boxLeft - 2 - 2 * lane.number();
            Stroke stroke = lane.stroke(this::strokeOf);
            int from = fromText(lane.from());
            int end = lane.back() ? fromText(lane.to()) : boxLeft;
            canvas.down(x, Math.min(lane.from(), lane.to()), Math.max(lane.from(), lane.to()), stroke, style(stroke));
            canvas.across(Math.min(from, x), x, lane.from(), stroke, style(stroke));
            canvas.across(Math.min(x, end), Math.max(x, end), lane.to(), stroke, style(stroke));
        }
        for (CableTracks.Lane lane : outer.lanes()) {
            int x = boxRight + 2 + 2 * lane.number();
            Stroke stroke = lane.stroke(this::strokeOf);
            canvas.down(x, Math.min(lane.from(), lane.to()), Math.max(lane.from(), lane.to()), stroke, style(stroke));
            canvas.across(boxRight, x, lane.from(), stroke, style(stroke));
            canvas.across(boxRight, x, lane.to(), stroke, style(stroke));
        }
    }

    private int fromText(int row) {
        for (int i = 0; i < items.size(); i++) {
            if (itemRows.get(i) == row) {
                return INSIDE
                        + 2 * contents.depth(items.get(i))
                        + items.get(i).text().columns()
                        + 1;
            }
        }
        return INSIDE;
    }

    private boolean nowhere(InterfaceId end) {
        return interfaceAt(end)
                .filter(one -> one.wire().kind() == Wire.Kind.NOWHERE)
                .isPresent();
    }

    private Optional<NetworkInterface> interfaceAt(InterfaceId end) {
        return topology.box(end.box()).flatMap(box -> box.named(end.name()));
    }

    private Stroke strokeOf(InterfaceId one, InterfaceId other) {
        boolean stands = interfaceAt(one)
                        .filter(link -> link.wire().kind() == Wire.Kind.STANDS_ON)
                        .isPresent()
                || interfaceAt(other)
                        .filter(link -> link.wire().kind() == Wire.Kind.STANDS_ON)
                        .isPresent();
        return stands ? Stroke.LIGHT : stroke(one);
    }

    /** The stroke of the cable at an interface: double where both ends are up. */
    private Stroke stroke(InterfaceId end) {
        Optional<NetworkInterface> one = interfaceAt(end);
        Optional<NetworkInterface> other =
                one.flatMap(link -> link.wire().end()).flatMap(this::interfaceAt);
        boolean works = one.filter(link -> link.state() == State.UP).isPresent()
                && other.filter(link -> link.state() != State.UP).isEmpty();
        return works ? Stroke.DOUBLE : Stroke.BROKEN;
    }

    private static Style style(Stroke stroke) {
        return switch (stroke) {
            case LIGHT -> Style.FAINT;
            case DOUBLE -> Style.BAR;
            case BROKEN -> Style.NOT_MET;
        };
    }
}
