package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.ColorMode;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.Style;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Draws the network whenever its picture changes, until Ctrl-C or the end of the lab. While nothing changes it looks less often; looking never
 * takes more than a fifth of its time.
 */
final class TopologyWatch {
    private static final long SHORTEST_MILLIS = 300;
    private static final long LONGEST_MILLIS = 2000;
    private static final int REST = 4;
    /** A resized window looks broken until the picture is drawn again. */
    private static final long RESIZED_MILLIS = 100;

    private static final String ENTER = "\033[?1049h\033[?25l\033[2J";
    private static final String LEAVE = "\033[?25h\033[?1049l";

    private final Session session;
    private final CliContext surroundings;
    private final Screen screen;
    private final BiFunction<Topology, DisplayOptions, List<Line>> draw;
    private String shown = "";
    private DisplayOptions seen;

    TopologyWatch(Session session, CliContext surroundings, BiFunction<Topology, DisplayOptions, List<Line>> draw) {
        this.session = session;
        this.surroundings = surroundings;
        this.screen = new Screen(surroundings.out(), surroundings.look());
        this.draw = draw;
    }

    /** Runs until Ctrl-C or the end of the lab. @return always {@link Exit#MET} */
    Exit stay() throws InterruptedException {
        boolean whole = surroundings.look().get().ink() != ColorMode.NONE;
        if (whole) {
            screen.raw(ENTER);
        }
        boolean left = false;
        try {
            left = Interruption.ending(() -> {
                boolean over = watch(whole);
                // Ctrl-C is how one leaves; nothing was cut short.
                return Thread.interrupted() || !over;
            });
        } finally {
            if (whole) {
                screen.raw(LEAVE);
            }
        }
        if (whole) {
            screen.raw(shown);
        }
        if (!left) {
            screen.note(say("topo.lab-ended"));
        }
        return Exit.MET;
    }

    /** @return whether the lab ended; otherwise the thread was interrupted */
    private boolean watch(boolean whole) throws InterruptedException {
        long pause = SHORTEST_MILLIS;
        while (true) {
            if (session.refresh() && session.closed()) {
                return true;
            }
            long begin = System.nanoTime();
            Topology topology = Topology.of(session.sweep());
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            long took = (System.nanoTime() - begin) / 1_000_000;
            pause = show(topology, whole) ? SHORTEST_MILLIS : Math.min(LONGEST_MILLIS, pause * 3 / 2);
            try {
                rest(Math.max(pause, REST * took), topology, whole);
            } catch (InterruptedException leaving) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Waits; draws the known picture again when the window is resized meanwhile. */
    private void rest(long millis, Topology topology, boolean whole) throws InterruptedException {
        for (long left = millis; left > 0; left -= RESIZED_MILLIS) {
            Thread.sleep(Math.min(left, RESIZED_MILLIS));
            if (!surroundings.look().get().equals(seen)) {
                show(topology, whole);
            }
        }
    }

    /** @return whether the picture differs from the one before */
    private boolean show(Topology topology, boolean whole) {
        DisplayOptions look = surroundings.look().get();
        List<String> lines =
                draw.apply(topology, look).stream().map(line -> line.draw(look)).toList();
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        boolean changed = !text.equals(shown);
        boolean resized = !look.equals(seen);
        seen = look;
        if (!changed && !(whole && resized)) {
            return false;
        }
        if (whole) {
            // Written over what stands there, in one piece: nothing is ever blank in between.
            screen.raw("\033[H" + String.join("\033[K\r\n", page(lines, look)) + "\033[K\033[J");
        } else {
            screen.raw((shown.isEmpty() ? "" : "\n") + text);
        }
        shown = text;
        return changed;
    }

    /** Cuts the lines to the rows of the window; then the last line says how many are hidden. */
    private static List<String> page(List<String> lines, DisplayOptions look) {
        int rows = look.rows();
        if (rows < 2 || lines.size() <= rows) {
            return lines;
        }
        List<String> page = new ArrayList<>(lines.subList(0, rows - 1));
        String more = Words.text(say("topo.more-lines", "count", lines.size() - rows + 1));
        page.add(Line.of(Style.STRONG, more).draw(look));
        return page;
    }
}
