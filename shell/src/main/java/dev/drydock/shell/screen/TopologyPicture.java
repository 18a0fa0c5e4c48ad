package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.shell.screen.Canvas.Stroke;
import dev.drydock.shell.screen.HostPicture.Detail;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The network of a world as a picture, where a picture can be read: the Internet at the top, then every lab host, side by side where there is room.
 */
public final class TopologyPicture {
    /** A host with more boxes than this is shown as a list. */
    private static final int MOST_BOXES = 16;

    /** Up to this number, boxes get frames of their own even where the terminal's height is unknown. */
    private static final int FEW_BOXES = 8;

    private TopologyPicture() {}

    /** The picture, or a list where a picture cannot be read; below it the faults of the network in sentences. */
    public static List<Line> of(Topology topology, DisplayOptions look) {
        TopologyWords words = new TopologyWords(topology, look);
        Optional<Canvas> canvas = canvas(topology, look);
        List<Line> lines = new ArrayList<>();
        if (canvas.isPresent()) {
            lines.addAll(canvas.get().lines(look.unicode()));
        } else {
            lines.addAll(TopologyList.of(topology, look));
        }
        lines.addAll(words.below());
        return lines;
    }

    /** The picture alone; empty where it does not fit or has too many boxes. */
    static Optional<Canvas> canvas(Topology topology, DisplayOptions look) {
        int most = topology.hosts().stream()
                .mapToInt(host -> host.boxes().size())
                .max()
                .orElse(0);
        if (most > MOST_BOXES) {
            return Optional.empty();
        }
        int below = new TopologyWords(topology, look).below().size();
        Optional<Canvas> tall = drawn(topology, look, true);
        boolean fits = look.rows() == 0
                ? most <= FEW_BOXES
                : tall.filter(canvas -> canvas.rows() + below < look.rows()).isPresent();
        return fits && tall.isPresent() ? tall : drawn(topology, look, false).or(() -> tall);
    }

    private static Optional<Canvas> drawn(Topology topology, DisplayOptions look, boolean apart) {
        for (Detail detail : Detail.all(apart)) {
            Optional<Canvas> beside = beside(topology, look, detail);
            if (beside.isPresent()) {
                return beside;
            }
        }
        for (Detail detail : Detail.all(apart)) {
            Optional<Canvas> below = below(topology, look, detail);
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    private static Optional<Canvas> beside(Topology topology, DisplayOptions look, Detail detail) {
        if (topology.hosts().size() < 2) {
            return Optional.empty();
        }
        Canvas all = new Canvas();
        int top = head(all, topology, look);
        int x = 0;
        int bus = 0;
        List<HostPicture> pictures = topology.hosts().stream()
                .map(host -> new HostPicture(topology, host, look, detail))
                .toList();
        // What one would like beyond what it needs must not take away what the next ones need.
        int kept = pictures.stream().mapToInt(picture -> picture.least() + 1).sum();
        for (HostPicture picture : pictures) {
            kept -= picture.least() + 1;
            Optional<Canvas> drawn = picture.draw(look.columns() - 1 - x - kept);
            if (drawn.isEmpty()) {
                return Optional.empty();
            }
            all.paste(x, top + 1, drawn.get());
            if (!picture.backbone().isEmpty()) {
                int last = Collections.max(picture.backbone().keySet());
                all.down(x, top, top + 1 + last, Stroke.DOUBLE, Style.BAR);
                bus = x;
            }
            x += drawn.get().columns() + 1;
        }
        if (bus > 0) {
            all.across(0, bus, top, Stroke.DOUBLE, Style.BAR);
            all.down(0, top - 1, top, Stroke.DOUBLE, Style.BAR);
        }
        return Optional.of(all);
    }

    private static Optional<Canvas> below(Topology topology, DisplayOptions look, Detail detail) {
        Canvas all = new Canvas();
        int top = head(all, topology, look);
        int y = top;
        int last = 0;
        for (HostNetwork host : topology.hosts()) {
            HostPicture picture = new HostPicture(topology, host, look, detail);
            Optional<Canvas> drawn = picture.draw(look.columns() - 1);
            if (drawn.isEmpty()) {
                return Optional.empty();
            }
            all.paste(0, y, drawn.get());
            if (!picture.backbone().isEmpty()) {
                last = y + Collections.max(picture.backbone().keySet());
            }
            y += drawn.get().rows();
        }
        if (last > 0) {
            all.down(0, top - 1, last, Stroke.DOUBLE, Style.BAR);
        }
        return Optional.of(all);
    }

    /** Draws the Internet and the cable that comes from it. @return the first row below */
    private static int head(Canvas canvas, Topology topology, DisplayOptions look) {
        if (!topology.onBackbone()) {
            return 0;
        }
        canvas.write(
                0,
                0,
                Line.of(Style.STRONG, say("topology.internet")).plus("  " + String.join("  ", Topology.INTERNET)));
        canvas.down(0, 1, 2, Stroke.DOUBLE, Style.BAR);
        canvas.write(2, 1, Line.of(look.spell(Topology.ROUTER)));
        return 2;
    }
}
