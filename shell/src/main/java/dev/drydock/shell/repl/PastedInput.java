package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.shell.repl.Ui.Input;
import dev.drydock.shell.screen.Screen;
import java.util.Optional;

/** Completes what was typed or pasted, and removes the prompts that were copied with it; tells the learner so the first time. */
final class PastedInput {
    private final Ui front;
    private final Vocabulary words;
    private final Screen screen;
    private boolean told;

    PastedInput(Ui front, Vocabulary words, Screen screen) {
        this.front = front;
        this.words = words;
        this.screen = screen;
    }

    /**
     * The input with the continuation lines that it obviously lacks, which are read from the learner, and without copied prompts. Input of a
     * {@link Ui} that reads several lines at once is complete already.
     *
     * @param asking whether the current step waits for an answer
     * @return empty where the learner pressed Ctrl-C instead of a further line
     */
    Optional<String> whole(String line, boolean asking) {
        StringBuilder text = new StringBuilder(line);
        boolean end = false;
        while (!end && lacksLines(PastedPrompts.off(text.toString()).text())) {
            Input input = front.more();
            if (input instanceof Input.Interrupted) {
                return Optional.empty();
            }
            end = input instanceof Input.End;
            if (input instanceof Input.Text more) {
                text.append('\n').append(more.text());
            }
        }
        return Optional.of(withoutPrompts(text.toString(), front.attended() && !asking));
    }

    private boolean lacksLines(String command) {
        return BashLexer.read(command).open().isPresent() && !words.isText(command);
    }

    /** @param comments whether a comment may be a command behind root's prompt */
    private String withoutPrompts(String input, boolean comments) {
        PastedPrompts found = PastedPrompts.off(input);
        if (found.prompt().isEmpty() && comments) {
            found = PastedPrompts.offComment(found.text(), words::program);
        }
        if (found.prompt().isPresent() && !told) {
            told = true;
            screen.note(say("shell.prompt-off", "prompt", found.prompt().get()));
        }
        return found.text();
    }
}
