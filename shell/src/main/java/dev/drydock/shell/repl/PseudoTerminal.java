package dev.drydock.shell.repl;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.impl.jni.linux.LinuxNativePty;

/**
 * A pseudo-terminal of this machine. This process has the master side, a program of the lab host has the slave side.
 *
 * <p>That program may only relay to another terminal inside the lab host. Then the settings of this terminal say nothing about what runs there.
 */
final class PseudoTerminal implements Closeable {
    private final LinuxNativePty pty;
    private final Attributes first;

    private PseudoTerminal(LinuxNativePty pty, Attributes first) {
        this.pty = pty;
        this.first = first;
    }

    static PseudoTerminal open(Size size) throws IOException {
        LinuxNativePty pty = LinuxNativePty.open(new JniTerminalProvider(), null, size);
        Attributes attributes = pty.getAttr();
        attributes.setInputFlag(InputFlag.IUTF8, true);
        pty.setAttr(attributes);
        return new PseudoTerminal(pty, attributes);
    }

    /**
     * Prepares the terminal for a line of input, as a shell does that edits its own lines: a program may have left the terminal in raw mode or with
     * other control characters. Echo and output settings stay as they are. Call this only where {@code InteractiveProgram.ownsTerminal()}.
     */
    void forLine() throws IOException {
        Attributes now = pty.getAttr();
        Attributes wanted = new Attributes(now);
        wanted.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ISIG, LocalFlag.IEXTEN), true);
        wanted.setInputFlags(EnumSet.of(InputFlag.INLCR, InputFlag.IGNCR, InputFlag.ISTRIP), false);
        for (ControlChar key : ControlChar.values()) {
            wanted.setControlChar(key, first.getControlChar(key));
        }
        if (!wanted.toString().equals(now.toString())) {
            pty.setAttr(wanted);
        }
    }

    /**
     * Whether each keystroke reaches the reader at once, and not a whole line (raw mode). Call this only where
     * {@code InteractiveProgram.ownsTerminal()}.
     */
    boolean raw() throws IOException {
        return !pty.getAttr().getLocalFlag(LocalFlag.ICANON);
    }

    /**
     * Takes the keystrokes that nobody read, whole lines or not. Call this only after the program has ended.
     *
     * @param lastKeys a thread that ends when no more keystrokes are written; it may wait until this terminal is emptied
     */
    byte[] leftUnread(Thread lastKeys) {
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        try {
            while (lastKeys.isAlive()) {
                lastKeys.join(10);
                left.writeBytes(unread());
            }
            left.writeBytes(unread());
        } catch (IOException closed) {
            // Then nobody waits for what it held.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return left.toByteArray();
    }

    private byte[] unread() throws IOException {
        Attributes raw = new Attributes(first);
        raw.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.ISIG), false);
        raw.setControlChar(ControlChar.VMIN, 0);
        raw.setControlChar(ControlChar.VTIME, 0);
        pty.setAttr(raw);
        // JLine's own stream waits where nothing is there, and readAllBytes seeks, which a terminal refuses.
        InputStream keys = new FileInputStream(pty.getSlaveFD());
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 12];
        for (int n = keys.read(buffer); n > 0; n = keys.read(buffer)) {
            unread.write(buffer, 0, n);
        }
        return unread.toByteArray();
    }

    /** The device file of the slave side. */
    Path path() {
        return Path.of(pty.getName());
    }

    /** What the program writes. */
    InputStream output() {
        return pty.getMasterInput();
    }

    /** Where to write keystrokes for the program. */
    OutputStream input() {
        return pty.getMasterOutput();
    }

    void size(Size size) throws IOException {
        pty.setSize(size);
    }

    Size size() throws IOException {
        return pty.getSize();
    }

    @Override
    public void close() throws IOException {
        // JLine leaves this side open, and whoever reads the other would wait for what is written here.
        new FileInputStream(pty.getSlaveFD()).close();
        pty.close();
    }
}
