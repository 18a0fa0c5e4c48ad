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
 * A pseudo-terminal of this machine: we hold the master's side, a program of the lab host gets the other.
 *
 * <p>That program may be one that only relays to a terminal inside the lab host, so nothing is to be read from this one's
 * settings once it runs.
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
     * Takes back what would keep a line from arriving as it is typed, as a shell does that edits its own lines: a program may have
     * left the terminal raw, or another meaning to keys. Echo and all that concerns output stay. Only for a terminal whose settings
     * are the program's own.
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

    /** Whether keys reach the reader one by one. Only for a terminal whose settings are the program's own. */
    boolean raw() throws IOException {
        return !pty.getAttr().getLocalFlag(LocalFlag.ICANON);
    }

    /**
     * What was typed and nobody read, whole lines or not: for a terminal whose program is gone.
     *
     * @param lastKeys ends when no more are typed; until then it may wait for this terminal to be emptied
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

    Path path() {
        return Path.of(pty.getName());
    }

    InputStream output() {
        return pty.getMasterInput();
    }

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
