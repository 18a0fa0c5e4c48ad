package dev.drydock.shell.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.impl.jni.linux.LinuxNativePty;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.Status;

/** The terminal that the learner sits at, and the modes it is put in: its keys come from a {@link Keyboard}. */
final class OuterTerminal implements AutoCloseable {
    private final SystemTerminal terminal;
    private final Attributes before;

    private OuterTerminal(SystemTerminal terminal) {
        this.terminal = terminal;
        this.before = new Attributes(terminal.getAttributes());
    }

    /** The terminal on this process's standard streams. */
    static OuterTerminal open(Keyboard keyboard, Map<String, String> environment, Charset charset) throws IOException {
        TerminalProvider provider = new JniTerminalProvider();
        Pty pty = new KeyedPty(LinuxNativePty.current(provider, SystemStream.Output), keyboard);
        String type = environment.getOrDefault("TERM", "dumb");
        return new OuterTerminal(new SystemTerminal(type.isEmpty() ? "dumb" : type, pty, charset));
    }

    Terminal jline() {
        return terminal;
    }

    BottomLine bottom() {
        return terminal.bottom;
    }

    Size size() {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : new Size(80, 24);
    }

    /** Keys arrive one by one and are not echoed; Ctrl-C is a key like any other, in its place among them. */
    void forPrompt() {
        Attributes prompt = quiet();
        prompt.setLocalFlag(LocalFlag.ISIG, false);
        terminal.setAttributes(prompt);
    }

    /** Nothing reads keys, they are not echoed, and Ctrl-C is a signal to this process. */
    void forWork() {
        terminal.setAttributes(quiet());
    }

    private Attributes quiet() {
        Attributes prompt = new Attributes(before);
        prompt.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO), false);
        prompt.setControlChar(ControlChar.VSUSP, 0);
        prompt.setControlChar(ControlChar.VDSUSP, 0);
        return prompt;
    }

    /** The terminal edits and echoes the line itself. */
    void forPlainLine() {
        terminal.setAttributes(before);
    }

    /** Every key and every byte of output passes as it is: a program of the lab host has the terminal. */
    void forProgram() {
        Attributes raw = new Attributes(before);
        raw.setLocalFlags(
                EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.ECHONL, LocalFlag.ISIG, LocalFlag.IEXTEN),
                false);
        raw.setInputFlags(EnumSet.of(InputFlag.IGNBRK, InputFlag.BRKINT, InputFlag.PARMRK, InputFlag.ISTRIP), false);
        raw.setInputFlags(EnumSet.of(InputFlag.INLCR, InputFlag.IGNCR, InputFlag.ICRNL, InputFlag.IXON), false);
        raw.setOutputFlag(OutputFlag.OPOST, false);
        terminal.setAttributes(raw);
    }

    @Override
    public void close() throws IOException {
        terminal.setAttributes(before);
        terminal.close();
    }

    /** JLine's, with a bottom line of its own, which goes before the terminal is given back, also where this process is told to end. */
    private static final class SystemTerminal extends PosixSysTerminal {
        private final BottomLine bottom;

        SystemTerminal(String type, Pty pty, Charset charset) throws IOException {
            super("drydock", type, pty, charset, true, SignalHandler.SIG_IGN);
            bottom = new BottomLine(this);
        }

        @Override
        public Status getStatus(boolean create) {
            return bottom;
        }

        @Override
        protected void doClose() throws IOException {
            bottom.close();
            super.doClose();
        }
    }

    /** The system's terminal, but for its keys. */
    private record KeyedPty(Pty pty, Keyboard keyboard) implements Pty {
        @Override
        public InputStream getMasterInput() throws IOException {
            return pty.getMasterInput();
        }

        @Override
        public OutputStream getMasterOutput() throws IOException {
            return pty.getMasterOutput();
        }

        @Override
        public InputStream getSlaveInput() {
            return keyboard.prompt();
        }

        @Override
        public OutputStream getSlaveOutput() throws IOException {
            return pty.getSlaveOutput();
        }

        @Override
        public Attributes getAttr() throws IOException {
            return pty.getAttr();
        }

        /** JLine asks for reads that give up after a while; the keyboard's thread waits for keys instead. */
        @Override
        public void setAttr(Attributes attributes) throws IOException {
            Attributes patient = new Attributes(attributes);
            if (!patient.getLocalFlag(LocalFlag.ICANON)) {
                patient.setControlChar(ControlChar.VMIN, 1);
                patient.setControlChar(ControlChar.VTIME, 0);
            }
            pty.setAttr(patient);
        }

        @Override
        public Size getSize() throws IOException {
            return pty.getSize();
        }

        @Override
        public void setSize(Size size) throws IOException {
            pty.setSize(size);
        }

        @Override
        public SystemStream getSystemStream() {
            return pty.getSystemStream();
        }

        @Override
        public TerminalProvider getProvider() {
            return pty.getProvider();
        }

        @Override
        public void close() throws IOException {
            pty.close();
        }
    }
}
