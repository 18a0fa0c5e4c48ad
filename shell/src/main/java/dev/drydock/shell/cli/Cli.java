package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.NoSuchPlace;
import dev.drydock.engine.lab.Suggestion;
import dev.drydock.shell.screen.Screen;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code lab} command: finds the verb, reads its options, runs it, and turns every failure into a sentence and an exit status. Only the class
 * of the verb that was called is instantiated, and picocli is loaded only where plain words are not enough: both would slow down every start.
 */
public final class Cli {
    private final CliContext surroundings;
    private final Services parts;
    private final Optional<OwnShell> shell;

    public Cli(CliContext surroundings, Services parts) {
        this(surroundings, parts, Optional.empty());
    }

    /** @param shell the lab's own shell in which verbs are typed; empty outside of one */
    public Cli(CliContext surroundings, Services parts, Optional<OwnShell> shell) {
        this.shell = shell;
        this.surroundings = surroundings;
        this.parts = parts;
    }

    /** Runs the command; nothing is thrown. @return the exit status, see {@link Exit} */
    public int run(List<String> arguments) {
        return perform(arguments).status();
    }

    /** Runs the command. Failures are told on standard error; nothing is thrown. */
    public Exit perform(List<String> arguments) {
        try {
            return attempt(arguments);
        } catch (HostTrouble trouble) {
            err().trouble(trouble.said());
            trace(trouble, arguments.contains("--debug"));
            return Exit.CANNOT_TELL;
        } catch (UncheckedIOException broken) {
            return broken(broken, arguments.contains("--debug"));
        } catch (RuntimeException | OutOfMemoryError | LinkageError | AssertionError | StackOverflowError bug) {
            return bug(bug, arguments.contains("--debug"));
        }
    }

    /**
     * Runs the command in a lab's own shell, which handles failures of the lab host and of Drydock itself. A mistake in the arguments is told on
     * standard error.
     *
     * @throws HostTrouble when the lab's machine fails
     * @throws RuntimeException on a fault of Drydock itself
     */
    public Exit attempt(List<String> arguments) {
        boolean debug = arguments.contains("--debug");
        try {
            return dispatch(arguments);
        } catch (NoSuchPlace mistake) {
            err().trouble(mistake.said());
            return Exit.USAGE;
        } catch (InterruptedException interrupted) {
            // The terminal shows ^C on a line that nobody ended.
            err().raw("\n");
            err().note(say("cli.interrupted"));
            return Exit.INTERRUPTED;
        } catch (IOException broken) {
            return broken(broken, debug);
        } catch (InvalidPathException mistake) {
            err().trouble(say("cli.no-file-name", "typed", mistake.getInput(), "why", mistake.getReason()));
            return Exit.USAGE;
        } catch (RuntimeException mistake) {
            throw mistake;
        } catch (Exception bug) {
            return bug(bug, debug);
        }
    }

    /** Finds the verb and runs it, without handling any failure. */
    Exit dispatch(List<String> arguments) throws Exception {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).equals("--debug")) {
            at++;
        }
        if (at == arguments.size()) {
            return bare();
        }
        String word = arguments.get(at);
        List<String> rest = arguments.subList(at + 1, arguments.size());
        switch (word) {
            case "-h", "--help", "help":
                return run(VerbName.HELP.make(), Words.command() + " help", rest);
            case "-V", "--version", "version":
                return version(rest);
            default:
                Optional<VerbName> verb = VerbName.of(word).filter(name -> name.outside() || shell.isPresent());
                return verb.isPresent() ? run(verb.get().make(), Words.command() + " " + word, rest) : unknown(word);
        }
    }

    /** The command {@code lab} without a verb: the list; at a terminal the next command can be typed at once. */
    private Exit bare() throws Exception {
        BareVerb bare = new BareVerb();
        Exit exit = run(bare, "lab", List.of());
        Optional<List<String>> wish = surroundings.terminal() ? bare.ask() : Optional.empty();
        return wish.isPresent() ? dispatch(wish.get()) : exit;
    }

    private Exit unknown(String word) {
        err().trouble(say(word.startsWith("-") ? "cli.no-such-option" : "cli.no-such-verb")
                .with("word", word)
                .with("near", Suggestion.misspelt(word, VerbName.everyWord())));
        err().remedy(say("cli.no-such.next"));
        return Exit.USAGE;
    }

    private Exit run(Verb verb, String name, List<String> arguments) throws Exception {
        verb.enter(surroundings, parts, shell);
        boolean bare = arguments.stream().noneMatch(argument -> argument.startsWith("-")) && verb.takes(arguments);
        if (!bare) {
            Optional<Exit> done = new Arguments(surroundings).read(verb, name, arguments);
            if (done.isPresent()) {
                return done.get();
            }
        }
        if (verb.opensAShell() && shell.isPresent()) {
            new Screen(surroundings.out(), surroundings.look())
                    .note(say("cli.shell-of-a-lab")
                            .with("lab", shell.get().session().lab().id())
                            .with(
                                    "command",
                                    Stream.concat(
                                                    Stream.of(name.substring(name.lastIndexOf(' ') + 1)),
                                                    arguments.stream())
                                            .collect(Collectors.joining(" "))));
            return Exit.USAGE;
        }
        return verb.run();
    }

    /** An {@link IOException}. A reader that went away ({@code lab list | head -1}) is not told; other failures are those of files. */
    private Exit broken(Exception broken, boolean debug) {
        String why = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
        if (why.contains("Broken pipe") || why.contains("Stream closed")) {
            return Exit.INTERRUPTED;
        }
        err().trouble(say("cli.file", "why", why.replaceFirst("^java\\.[a-z.]*[A-Z]\\w*: ", "")));
        trace(broken, debug);
        return Exit.CANNOT_TELL;
    }

    private Exit bug(Throwable bug, boolean debug) {
        Optional<OutOfMemoryError> none = Traces.wantOfRoom(bug);
        if (none.isPresent()) {
            err().trouble(HostTrouble.noRoom(none.get()).said());
            return Exit.CANNOT_TELL;
        }
        err().trouble(Traces.sentence(bug));
        if (debug) {
            trace(bug, true);
        } else {
            err().remedy(Traces.in(surroundings).kept(bug));
        }
        return Exit.BUG;
    }

    private void trace(Throwable trouble, boolean debug) {
        if (debug) {
            err().raw(Traces.text(trouble));
        }
    }

    private Screen err() {
        return new Screen(surroundings.err(), surroundings.errLook());
    }

    /** @param rest what was typed behind {@code --version} */
    private Exit version(List<String> rest) {
        Screen screen = new Screen(surroundings.out(), surroundings.look());
        if (rest.isEmpty()) {
            screen.note(say("cli.version", "version", version()));
            return Exit.MET;
        }
        if (!rest.equals(List.of("--verbose"))) {
            err().trouble(say("cli.no-such-option")
                    .with("word", rest.get(0))
                    .with("near", Optional.of("--version --verbose")));
            return Exit.USAGE;
        }
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("drydock", version());
        versions.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        versions.putAll(parts.worlds().versions());
        int names = versions.keySet().stream().mapToInt(String::length).max().orElse(0);
        versions.forEach((name, text) -> screen.raw(name + " ".repeat(names + 2 - name.length()) + text + "\n"));
        return Exit.MET;
    }

    static String version() {
        String version = Cli.class.getPackage().getImplementationVersion();
        return version == null ? Words.text(say("cli.version-unknown")) : version;
    }
}
