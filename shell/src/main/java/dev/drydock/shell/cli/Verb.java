package dev.drydock.shell.cli;

import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Screen;
import java.util.List;
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

    private Surroundings surroundings;
    private Parts parts;
    private Screen screen;

    final void enter(Surroundings around, Parts with) {
        surroundings = around;
        parts = with;
        screen = new Screen(around.out(), around.look());
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

    /** What to show below the options in this verb's help. */
    List<String> examples() {
        return List.of();
    }

    final boolean help() {
        return help;
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    final Parts parts() {
        return parts;
    }

    final Screen screen() {
        return screen;
    }

    final void write(List<Line> lines) {
        screen.write(lines);
    }

    /** Says on standard error what the person should have typed. */
    final Exit usage(String... sentences) {
        return said(Exit.USAGE, sentences);
    }

    final Exit said(Exit exit, String... sentences) {
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
