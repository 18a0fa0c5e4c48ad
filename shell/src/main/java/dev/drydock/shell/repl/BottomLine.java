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
 * A status line in the last row of the terminal, visible only while a prompt is up; everything else scrolls above it. While anything but the prompt
 * has the terminal, the line is gone and the whole terminal scrolls.
 *
 * <p>JLine asks its {@link Status} how many rows are taken, and tells it of a cleared screen and of a new size. JLine's own implementation moves
 * the cursor up where nothing had to scroll, and does not remove the line for a program; so this class replaces all of it. Each change is written
 * in one piece and leaves the cursor where it was. Thread-safe.
 */
final class BottomLine extends Status {
    private final boolean able;
    private Supplier<Optional<String>> content = Optional::empty;
    private boolean prompting;
    private boolean closed;

    /** The line on the terminal, empty while there is none. {@link #rows} is the terminal's height at that time. */
    private Optional<String> shown = Optional.empty();

    private int rows;

    BottomLine(Terminal terminal) {
        super(terminal);
        this.able = supported
                && terminal.getStringCapability(Capability.cursor_up) != null
                && terminal.getStringCapability(Capability.clr_eol) != null
                && terminal.getStringCapability(Capability.clr_eos) != null;
    }

    /**
     * Sets the source of the line.
     *
     * @param line the text with its escape sequences; empty for no line; called at each prompt and at each {@link #refresh}
     */
    synchronized void show(Supplier<Optional<String>> line) {
        content = line;
    }

    /** Shows the line for a prompt. The cursor must be at the beginning of an empty line. */
    synchronized void promptComes() {
        prompting = true;
        appear();
    }

    /** Removes the line, so that the whole terminal scrolls again. */
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

    /** Draws the line again if its text has changed. Does nothing while no line is visible. */
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

    /** Draws the line again; JLine has cleared the screen. */
    @Override
    public synchronized void reset() {
        if (prompting) {
            appear();
        }
    }

    /**
     * Draws the line in its new place. JLine calls this method when the window has a new size, and draws the typed text again; the old line may now
     * be anywhere below the cursor. The superclass constructor calls this method too, when no prompt is up.
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

    /** Does nothing: the line is still on the terminal. */
    @Override
    public void redraw() {}

    @Override
    public void hide() {
        promptGoes();
    }

    /** Removes the line for good. */
    @Override
    public synchronized void close() {
        closed = true;
        promptGoes();
    }
}
