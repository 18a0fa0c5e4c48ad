package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.shell.screen.SignOfLife;
import dev.drydock.verify.words.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.NonBlockingInputStream;

/**
 * Input from a pipe, a file or a terminal without cursor control; writes plain text.
 *
 * <p>The lines of a script are shown after their prompts, so that the output reads like a session. A terminal has already echoed its lines.
 */
final class PlainUi implements Ui {
    private final NonBlockingInputStream lines;
    private final Keyboard keyboard;
    private final SignOfLife writer;
    private final Charset charset;
    private final Utf8Pieces pieces = new Utf8Pieces();
    private final Optional<OuterTerminal> terminal;
    private final LongMessage longMessage = new LongMessage();
    private volatile String shownPrompt = "";
    private boolean midLine;
    private boolean carriageReturn;

    /** @param terminal the terminal without cursor control at which a person types; empty for a script */
    PlainUi(Keyboard keyboard, Writer writer, Charset charset, Optional<OuterTerminal> terminal) {
        this.keyboard = keyboard;
        this.lines = keyboard.prompt();
        this.charset = charset;
        this.writer =
                new SignOfLife(writer, terminal.isPresent() ? SignOfLife.Reader.DUMB_TERMINAL : SignOfLife.Reader.FILE);
        this.terminal = terminal;
        terminal.ifPresent(OuterTerminal::forPlainLine);
    }

    @Override
    public Input read(String prompt) {
        return readBehind(prompt);
    }

    @Override
    public Input more() {
        return readBehind("> ");
    }

    private Input readBehind(String prompt) {
        say(prompt);
        shownPrompt = prompt;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int key = lines.read();
            for (; key >= 0 && key != '\n'; key = lines.read()) {
                line.write(key);
            }
            if (key < 0 && line.size() == 0) {
                say("\n");
                return new Input.End();
            }
        } catch (InterruptedIOException interrupted) {
            say("\n");
            return new Input.Interrupted();
        } catch (IOException gone) {
            return new Input.End();
        }
        String text = line.toString(charset);
        text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (terminal.isEmpty()) {
            say(text + "\n");
        }
        return new Input.Text(text);
    }

    @Override
    public SignOfLife writer() {
        return writer;
    }

    @Override
    public void above(String text) {
        say("\n" + text + shownPrompt);
    }

    private void say(String text) {
        try {
            writer.write(text);
            writer.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void bottom(Supplier<Optional<String>> line) {
        // What was written stays where it is.
    }

    @Override
    public void bottomChanged() {
        // There is none.
    }

    @Override
    public void programBegins() {
        terminal.ifPresent(OuterTerminal::forProgram);
    }

    @Override
    public void commandBegins(OutputStream keys) {
        if (terminal.isPresent()) {
            keyboard.toProgram(keys);
        }
    }

    @Override
    public void commandEnds() {
        keyboard.hold();
    }

    @Override
    public void programEnds(Outcome outcome) {
        if (terminal.isPresent()) {
            keyboard.toPrompt(outcome == null ? new byte[0] : outcome.typedAhead());
            terminal.get().forPlainLine();
        }
        if (midLine) {
            say("\n");
            midLine = false;
        }
        say(longMessage.end());
    }

    @Override
    public void output(byte[] bytes, int offset, int length) {
        String text = pieces.next(bytes, offset, length);
        say(terminal.isPresent() ? text : withoutCarriageReturns(text));
        longMessage.saw(bytes, offset, length);
        midLine = length == 0 ? midLine : bytes[offset + length - 1] != '\n';
    }

    /** A terminal's line ends are CR LF; a file's are LF. */
    private String withoutCarriageReturns(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (carriageReturn && c != '\n' && c != '\r') {
                plain.append('\r');
            }
            carriageReturn = c == '\r';
            if (!carriageReturn) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    @Override
    public void background(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output(bytes, 0, bytes.length);
    }

    @Override
    public void tell(Mishap mishap) {
        background((midLine ? "\r\n" : "") + Words.text(mishap.sentence()) + "\r\n");
    }

    @Override
    public Size size() {
        return terminal.map(OuterTerminal::size).orElse(new Size(80, 24));
    }

    @Override
    public void onResize(Runnable resized) {
        terminal.ifPresent(seat -> seat.jline().handle(Signal.WINCH, signal -> resized.run()));
    }

    @Override
    public void onInterrupt(Runnable interrupted) {
        terminal.ifPresent(seat -> seat.jline().handle(Signal.INT, signal -> interrupted.run()));
    }

    @Override
    public boolean attended() {
        return terminal.isPresent();
    }

    @Override
    public void close() throws IOException {
        if (terminal.isPresent()) {
            terminal.get().close();
        }
    }
}
