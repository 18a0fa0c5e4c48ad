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

/** One verb of the command: its options, and what it does. */
abstract class Verb {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say what this verb does and takes.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // every verb takes it; Cli looks for the word itself
    @Option(names = "--debug", description = "Show the trace when something goes wrong.")
    private boolean debug;

    /** What most verbs that have {@code --format} can write. */
    enum Format {
        text,
        json
    }

    private CliContext surroundings;
    private Services parts;
    private Optional<OwnShell> shell = Optional.empty();
    private Screen screen;
    private SignOfLife sign;

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

    /** Does it. Whatever goes wrong on the machine's side is thrown; whatever the person did wrong is said here. */
    abstract Exit run() throws Exception;

    /**
     * Takes plain words, none of them an option, where they are all it needs; otherwise picocli reads them.
     *
     * @return whether it took them
     */
    boolean takes(List<String> words) {
        return words.isEmpty();
    }

    /** Whether it sits down at the terminal, where a lab's own shell sits already. */
    boolean opensAShell() {
        return false;
    }

    /** What to show below the options in this verb's help. */
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

    /** What shows that the verb is at work; ended before anything is said on standard error. */
    final SignOfLife sign() {
        return sign;
    }

    final Screen screen() {
        return screen;
    }

    final void write(List<Line> lines) {
        screen.write(lines);
    }

    /** Tells programs all of it. */
    final void json(JsonForm form) throws IOException {
        form.write(surroundings.out());
    }

    /** Says on standard error what the person should have typed. */
    final Exit usage(Message... sentences) {
        return said(Exit.USAGE, sentences);
    }

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
