package dev.drydock.shell.repl;

import dev.drydock.shell.repl.InputReader.Wording;
import dev.drydock.shell.screen.SignOfLife;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;

/** A terminal with cursor control: JLine reads at the prompt; while a command runs, its output passes through unchanged. */
final class TerminalUi implements Ui {
    private final OuterTerminal terminal;
    private final Keyboard keyboard;
    private final InputReader reader;
    private final OutputStream out;
    private final SignOfLife writer;
    private final FreshLine freshLine = new FreshLine();
    private final LongMessage longMessage = new LongMessage();
    private Runnable resized = () -> {};

    TerminalUi(OuterTerminal terminal, Keyboard keyboard, Wording wording) {
        this.terminal = terminal;
        this.keyboard = keyboard;
        this.out = terminal.jline().output();
        this.writer = new SignOfLife(terminal.jline().writer(), SignOfLife.Reader.TERMINAL);
        terminal.forWork();
        this.reader = new InputReader(terminal.jline(), wording, terminal.bottom()::refresh);
        terminal.jline().handle(Signal.WINCH, signal -> resized.run());
    }

    @Override
    public Input read(String prompt) {
        return prompted(() -> reader.read(prompt));
    }

    @Override
    public Input more() {
        return prompted(reader::more);
    }

    private Input prompted(Supplier<Input> read) {
        terminal.forPrompt();
        try {
            terminal.bottom().promptComes();
            return read.get();
        } finally {
            terminal.bottom().promptGoes();
            terminal.forWork();
        }
    }

    @Override
    public SignOfLife writer() {
        return writer;
    }

    @Override
    public void above(String text) {
        reader.above(text);
    }

    @Override
    public void bottom(Supplier<Optional<String>> line) {
        terminal.bottom().show(line);
    }

    @Override
    public void bottomChanged() {
        reader.bottomChanged();
    }

    @Override
    public void programBegins() {
        terminal.jline().flush();
        freshLine.begin();
        terminal.forProgram();
    }

    @Override
    public void commandBegins(OutputStream keys) {
        keyboard.toProgram(keys);
    }

    @Override
    public void commandEnds() {
        keyboard.hold();
    }

    @Override
    public void programEnds(Outcome outcome) {
        keyboard.toPrompt(outcome == null ? new byte[0] : outcome.typedAhead());
        terminal.forWork();
        if (!(outcome instanceof Outcome.WantsMore)) {
            terminal.jline().writer().write(freshLine.end(terminal.size().getColumns()));
            terminal.jline().writer().write(longMessage.end());
            terminal.jline().flush();
        }
    }

    @Override
    public void output(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
            out.flush();
        } catch (IOException gone) {
            // The window was closed; the keyboard's end ends the loop.
        }
        freshLine.saw(bytes, offset, length);
        longMessage.saw(bytes, offset, length);
    }

    @Override
    public void background(String text) {
        reader.above(text);
    }

    @Override
    public void tell(Mishap mishap) {
        byte[] line = (freshLine.end(terminal.size().getColumns()) + Words.text(mishap.sentence()) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        output(line, 0, line.length);
    }

    @Override
    public Size size() {
        return terminal.size();
    }

    @Override
    public void onResize(Runnable callback) {
        resized = callback;
    }

    @Override
    public void onInterrupt(Runnable interrupted) {
        terminal.jline().handle(Signal.INT, signal -> interrupted.run());
    }

    @Override
    public boolean attended() {
        return true;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
