package dev.drydock.shell.repl;

import dev.drydock.shell.repl.Ui.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.widget.AutosuggestionWidgets;

/** JLine, set up once: bash's syntax, history kept across runs, suggestions from it, completion, highlighting. */
final class InputReader {
    private final LineReader reader;
    private final LineReader continuation;
    private volatile boolean continued;

    /** What the reader asks about the words that are typed. */
    interface Wording {
        /** Whether the line is text for the lab and not a command. */
        boolean isText(String line);

        List<Candidate> candidates(BashParser.AtCursor at);

        Highlighter highlighter();

        /** The file that keeps typed lines; its folder is created. */
        Path history();

        /** Whether the terminal can show suggestions in another style than typed text. */
        boolean suggests();
    }

    /**
     * @param bottomChanged draws the status line again; called while nothing else is written
     * @throws UncheckedIOException when the folder of the history cannot be created
     */
    InputReader(Terminal terminal, Wording wording, Runnable bottomChanged) {
        Path history = wording.history();
        try {
            Files.createDirectories(history.toAbsolutePath().getParent());
        } catch (IOException readOnly) {
            throw new UncheckedIOException(readOnly);
        }
        reader = LineReaderBuilder.builder()
                .appName("drydock")
                .terminal(terminal)
                .parser(new BashParser(wording::isText))
                .completer((line, at, candidates) ->
                        candidates.addAll(wording.candidates(BashParser.atCursor(at.line(), at.cursor()))))
                .highlighter(wording.highlighter())
                .history(new DefaultHistory())
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_SIZE, 2000)
                .variable(LineReader.HISTORY_FILE_SIZE, 5000)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .variable(LineReader.LIST_MAX, 200)
                .variable(LineReader.BELL_STYLE, "none")
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.HISTORY_IGNORE_SPACE, true)
                .option(Option.HISTORY_IGNORE_DUPS, true)
                .option(Option.HISTORY_TIMESTAMPED, false)
                .option(Option.AUTO_FRESH_LINE, false)
                .option(Option.INSERT_TAB, false)
                .option(Option.AUTO_REMOVE_SLASH, false)
                .option(Option.BRACKETED_PASTE, true)
                .build();
        continuation = LineReaderBuilder.builder()
                .terminal(terminal)
                .variable(LineReader.DISABLE_HISTORY, true)
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        for (LineReader each : List.of(reader, continuation)) {
            Reference interrupt = new Reference("interrupt");
            each.getWidgets().put(interrupt.name(), () -> {
                terminal.raise(Signal.INT);
                return true;
            });
            // Asked once more when the prompt is up: whoever brought news until then found no prompt.
            each.getWidgets().put(LineReader.CALLBACK_INIT, () -> {
                bottomChanged.run();
                return true;
            });
            each.getKeyMaps().get(LineReader.EMACS).bind(interrupt, "\003");
        }
        if (wording.suggests()) {
            new AutosuggestionWidgets(reader).enable();
        }
    }

    Input read(String prompt) {
        return read(reader, prompt);
    }

    Input more() {
        continued = true;
        try {
            return read(continuation, "> ");
        } finally {
            continued = false;
        }
    }

    private static Input read(LineReader reader, String prompt) {
        try {
            return new Input.Text(reader.readLine(prompt));
        } catch (UserInterruptException interrupted) {
            return new Input.Interrupted();
        } catch (EndOfFileException end) {
            return new Input.End();
        }
    }

    /** Draws the status line again if a prompt is up. Any thread may call this method. */
    void bottomChanged() {
        try {
            (continued ? continuation : reader).callWidget(LineReader.CALLBACK_INIT);
        } catch (IllegalStateException noPrompt) {
            // The next one has it.
        }
    }

    void above(String text) {
        reader.printAbove(AttributedString.fromAnsi(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
    }
}
