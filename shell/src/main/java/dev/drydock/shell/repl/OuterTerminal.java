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

/** The learner's own terminal and its modes. Its keystrokes come from a {@link Keyboard}. */
final class OuterTerminal implements AutoCloseable {
    private final SystemTerminal terminal;
    private final Attributes before;

    private OuterTerminal(SystemTerminal terminal) {
        this.terminal = terminal;
        this.before = new Attributes(terminal.getAttributes());
    }

    /**
     * Opens the terminal of this process's standard streams.
     *
     * @param environment gives the terminal's type in {@code TERM}
     * @throws IOException when there is no terminal
     */
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

    /** The terminal's size; 80 by 24 where the terminal does not tell it. */
    Size size() {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : new Size(80, 24);
    }

    /** Mode for the prompt: keystrokes arrive one by one without echo, and Ctrl-C is a keystroke and not a signal. */
    void forPrompt() {
        Attributes prompt = quiet();
        prompt.setLocalFlag(LocalFlag.ISIG, false);
        terminal.setAttributes(prompt);
    }

    /** Mode while Drydock works: keystrokes wait without echo, and Ctrl-C sends SIGINT to this process. */
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

    /** Mode for a terminal without cursor control: the terminal edits and echoes the line itself. */
    void forPlainLine() {
        terminal.setAttributes(before);
    }

    /** Raw mode for a program of the lab host: every keystroke and every byte of output passes unchanged. */
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

    /**
     * JLine's terminal with Drydock's {@link BottomLine}. The line is removed before the terminal is given back, also when a signal ends this
     * process.
     */
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

    /** The system's terminal, with the keystrokes of a {@link Keyboard}. */
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

        /** Makes a read wait for a keystroke. JLine asks for reads with a time limit; here the keyboard's thread waits. */
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
