package dev.drydock.shell.repl;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Status;

/**
 * One line below everything else while a prompt is up; all else scrolls above it. It is gone, and the whole terminal scrolls, whenever
 * anything but the prompt has the terminal.
 *
 * <p>JLine asks its {@link Status} how many rows are taken and tells it of a cleared screen and of a new size. What JLine's own does with
 * that moves the cursor up where nothing had to scroll, and does not take the line away for a program; so all of it is done here. Each change
 * is written in one piece and leaves the cursor where it was. Any thread may call any method.
 */
final class BottomLine extends Status {
    private final boolean able;
    private Supplier<Optional<String>> content = Optional::empty;
    private boolean prompting;
    private boolean closed;

    /** What stands there, and in a terminal of how many rows. */
    private Optional<String> shown = Optional.empty();

    private int rows;

    BottomLine(Terminal terminal) {
        super(terminal);
        this.able = supported
                && terminal.getStringCapability(Capability.cursor_up) != null
                && terminal.getStringCapability(Capability.clr_eol) != null
                && terminal.getStringCapability(Capability.clr_eos) != null;
    }

    /** @param line what to show, drawn, and nothing where there is nothing; asked for whenever it may be another */
    synchronized void show(Supplier<Optional<String>> line) {
        content = line;
    }

    /** A prompt comes; the cursor is at the beginning of a line that is empty. */
    synchronized void promptComes() {
        prompting = true;
        appear();
    }

    /** The prompt is over; what comes has the whole terminal. */
    synchronized void promptGoes() {
        prompting = false;
        if (shown.isPresent()) {
            shown = Optional.empty();
            int all = terminal.getSize().getRows();
            write(put(Capability.save_cursor)
                    + put(Capability.change_scroll_region, 0, all - 1)
                    + put(Capability.cursor_address, Math.min(rows, all) - 1, 0)
                    + put(Capability.clr_eos)
                    + put(Capability.restore_cursor));
        }
    }

    /** What is shown may be another now. */
    synchronized void refresh() {
        if (shown.isPresent()) {
            Optional<String> now = content.get();
            if (now.isPresent() && !now.equals(shown)) {
                shown = now;
                write(put(Capability.save_cursor) + line() + put(Capability.restore_cursor));
            }
        }
    }

    private void appear() {
        Size size = terminal.getSize();
        shown = able && !closed ? content.get() : Optional.empty();
        rows = size.getRows();
        if (shown.isPresent()) {
            // Scrolls when the cursor is on the last line, and only then; either way it ends on the line that it came
            // from.
            write("\n"
                    + put(Capability.cursor_up)
                    + put(Capability.save_cursor)
                    + put(Capability.change_scroll_region, 0, rows - 2)
                    + line()
                    + put(Capability.restore_cursor));
        }
    }

    private String line() {
        return put(Capability.cursor_address, rows - 1, 0) + shown.orElse("") + put(Capability.clr_eol);
    }

    private String put(Capability capability, Object... parameters) {
        return Curses.tputs(terminal.getStringCapability(capability), parameters);
    }

    private void write(String text) {
        PrintWriter writer = terminal.writer();
        writer.write(text);
        writer.flush();
    }

    // --- for JLine ---

    @Override
    public synchronized int size() {
        return shown.isPresent() ? 1 : 0;
    }

    /** JLine has cleared the screen. */
    @Override
    public synchronized void reset() {
        if (prompting) {
            appear();
        }
    }

    /**
     * JLine has seen that the window has another size, and draws what is typed anew. The line may stand anywhere below the cursor now.
     * Called by the constructor that this one calls as well, when no prompt is up.
     */
    @Override
    public synchronized void resize(Size size) {
        if (prompting) {
            if (shown.isPresent()) {
                write(put(Capability.save_cursor)
                        + put(Capability.change_scroll_region, 0, size.getRows() - 1)
                        + put(Capability.restore_cursor)
                        + put(Capability.clr_eos));
            }
            write("\r");
            appear();
        }
    }

    /** Nothing to do: it stands there. */
    @Override
    public void redraw() {}

    @Override
    public void hide() {
        promptGoes();
    }

    /** The terminal is being given back. */
    @Override
    public synchronized void close() {
        closed = true;
        promptGoes();
    }
}
