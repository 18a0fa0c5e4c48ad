package dev.drydock.shell.cli;

import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.SignOfLife;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** One verb of the {@code lab} command: its options and its work. An instance runs once, after {@link #enter}. */
abstract class Verb {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    @SuppressWarnings("UnusedVariable") // every verb takes it; Cli looks for the word itself
    @Option(names = "--debug")
    private boolean debug;

    /** The formats of most verbs that have {@code --format}. */
    enum Format {
        text,
        json
    }

    private CliContext surroundings;
    private Services parts;
    private Optional<OwnShell> shell = Optional.empty();
    private Screen screen;
    private SignOfLife sign;

    /**
     * Gives the verb its surroundings; call this before anything else.
     *
     * @param typedIn the lab's own shell in which the verb was typed; empty outside of one
     */
    final void enter(CliContext around, Services with, Optional<OwnShell> typedIn) {
        shell = typedIn;
        parts = with;
        if (around.out() instanceof SignOfLife ofTheShell) {
            sign = ofTheShell;
            surroundings = around;
            screen = new Screen(sign, around.look());
            return;
        }
        SignOfLife.Reader reader = !around.terminal()
                ? SignOfLife.Reader.FILE
                : DisplayOptions.isDumb(around.environment())
                        ? SignOfLife.Reader.DUMB_TERMINAL
                        : SignOfLife.Reader.TERMINAL;
        sign = new SignOfLife(around.out(), reader);
        surroundings = around.withOut(sign);
        screen = new Screen(sign, around.look());
    }

    /**
     * Runs the verb. A mistake of the user is told here and becomes the exit status.
     *
     * @throws Exception when the machine or Drydock itself fails
     */
    abstract Exit run() throws Exception;

    /**
     * Takes plain words, none of which is an option, without picocli, which would cost time at every start.
     *
     * @return false where picocli has to read the words
     */
    boolean takes(List<String> words) {
        return words.isEmpty();
    }

    /** Whether the verb opens an interactive shell; such a verb is refused in a lab's own shell. */
    boolean opensAShell() {
        return false;
    }

    /** The examples in this verb's help, as whole command lines. */
    List<String> examples() {
        return List.of();
    }

    final boolean help() {
        return help;
    }

    final CliContext surroundings() {
        return surroundings;
    }

    final Services parts() {
        return parts;
    }

    /** The lab's own shell in which the verb was typed; empty outside of one. */
    final Optional<OwnShell> shell() {
        return shell;
    }

    /** The sign of life of this verb; it is ended before anything is written to standard error. */
    final SignOfLife sign() {
        return sign;
    }

    final Screen screen() {
        return screen;
    }

    final void write(List<Line> lines) {
        screen.write(lines);
    }

    /** Writes JSON for programs to standard output. */
    final void json(JsonForm form) throws IOException {
        form.write(surroundings.out());
    }

    /** Writes sentences to standard error, see {@link #said}. @return {@link Exit#USAGE} */
    final Exit usage(Message... sentences) {
        return said(Exit.USAGE, sentences);
    }

    /** Writes to standard error: first what is wrong, then what to do. @return the given exit status */
    final Exit said(Exit exit, Message... sentences) {
        sign.end();
        Screen err = new Screen(surroundings.err(), surroundings.errLook());
        for (int i = 0; i < sentences.length; i++) {
            if (i == 0) {
                err.trouble(sentences[i]);
            } else {
                err.remedy(sentences[i]);
            }
        }
        return exit;
    }
}
