package dev.drydock.shell.repl;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jline.nativ.CLibrary;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.impl.jni.linux.LinuxNativePty;

/** A pseudo-terminal of this machine: we hold the master's side, a program of the lab host gets the other. */
final class PseudoTerminal implements Closeable {
    private final LinuxNativePty pty;

    private PseudoTerminal(LinuxNativePty pty) {
        this.pty = pty;
    }

    static PseudoTerminal open(Size size) throws IOException {
        LinuxNativePty pty = LinuxNativePty.open(new JniTerminalProvider(), null, size);
        Attributes attributes = pty.getAttr();
        attributes.setInputFlag(InputFlag.IUTF8, true);
        pty.setAttr(attributes);
        return new PseudoTerminal(pty);
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

    boolean echoes() {
        try {
            return pty.getAttr().getLocalFlag(LocalFlag.ECHO);
        } catch (IOException closed) {
            return false;
        }
    }

    /** @return whether it echoed before */
    boolean echo(boolean on) {
        try {
            Attributes attributes = pty.getAttr();
            boolean before = attributes.getLocalFlag(LocalFlag.ECHO);
            attributes.setLocalFlag(LocalFlag.ECHO, on);
            pty.setAttr(attributes);
            return before;
        } catch (IOException closed) {
            return on;
        }
    }

    void size(Size size) throws IOException {
        pty.setSize(size);
    }

    Size size() throws IOException {
        return pty.getSize();
    }

    /** Throws away what was written to it and not yet read by any program. */
    void dropUnread() {
        CLibrary.Termios now = new CLibrary.Termios();
        if (CLibrary.tcgetattr(pty.getSlave(), now) == 0) {
            CLibrary.tcsetattr(pty.getSlave(), CLibrary.TCSAFLUSH, now);
        }
    }

    @Override
    public void close() throws IOException {
        pty.close();
    }
}
