package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabLibrary;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.cli.AfterEachCommand;
import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Services;
import dev.drydock.shell.cli.Traces;
import dev.drydock.shell.screen.ColorMode;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.GoalBar;
import dev.drydock.shell.screen.SignOfLife;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The interactive shell of a lab: opens the terminal while the world is built, then runs until the learner leaves or ends the lab. */
public final class Repl {
    /** What the lab host should know of the learner's terminal. */
    private static final List<String> HANDED_IN =
            List.of("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

    private final CliContext surroundings;
    private final Function<Lab, Optional<Lab>> further;
    private final Services parts;

    /**
     * @param surroundings the streams, environment and folders of this process
     * @param further the lab to propose after a finished one; empty for none
     * @param parts what the verbs need that are typed in this shell
     */
    public Repl(CliContext surroundings, Function<Lab, Optional<Lab>> further, Services parts) {
        this.surroundings = surroundings;
        this.further = further;
        this.parts = parts;
    }

    /**
     * Runs the shell until the lab is left or ended. Only one shell may run in a process at a time.
     *
     * @param opening builds the world and returns the session; this may take long, so a sign of life is shown meanwhile
     * @param opened gets the session before anything of it is shown
     * @return for a script, whether the lab was completed ({@link Exit#MET} for a lab without a lesson); for a person always {@link Exit#MET}
     * @throws HostTrouble when the lab host's bash cannot be started, or the connection to the world is lost
     * @throws IOException when the terminal cannot be opened
     */
    public Exit converse(Supplier<Session> opening, Consumer<Session> opened) throws IOException {
        AtomicReference<Conversation> conversation = new AtomicReference<>();
        DisplayOptions look = surroundings.look().get();
        boolean bar = surroundings.terminal()
                && !DisplayOptions.isDumb(surroundings.environment())
                && GoalBar.wanted(surroundings.environment());
        Vocabulary words = new Vocabulary(
                script -> conversation.get().ask(script),
                host -> conversation.get().names(host),
                () -> new LabLibrary(surroundings.labs()).glossary().names(),
                () -> conversation.get().asking(),
                surroundings.state().resolve("history"),
                LineColours.of(look));
        try (Ui front = front(look, words)) {
            Session session = opened(opening, front.writer());
            opened.accept(session);
            // A step's page leaves a row free for what is typed, which the bar may have; other pages are drawn above
            // it.
            CliContext verbs = bar && !session.lab().free()
                    ? surroundings.withLook(
                            () -> GoalBar.above(surroundings.look().get()))
                    : surroundings;
            try (Conversation talk = new Conversation(
                    session,
                    front,
                    words,
                    new ShellCallbacks(
                            surroundings.look(),
                            further,
                            (shell, verb) ->
                                    new Cli(verbs.withOut(front.writer()), parts, Optional.of(shell)).attempt(verb),
                            new AfterEachCommand(surroundings.state())::isOn,
                            Traces.in(surroundings)::kept,
                            (lesson, marks) -> bar
                                    ? GoalBar.of(
                                            lesson, marks, surroundings.look().get())
                                    : Optional.empty()),
                    handedIn(),
                    new KeptVariables(kept(session), () -> session.world().id(), preamble(look)))) {
                conversation.set(talk);
                Words.inShell(true);
                boolean completed = talk.run();
                return completed || front.attended() || session.lab().free() ? Exit.MET : Exit.NOT_MET;
            } finally {
                Words.inShell(false);
            }
        }
    }

    private Session opened(Supplier<Session> opening, SignOfLife sign) {
        sign.begin(surroundings.look().get(), say("sign.building"));
        try {
            return opening.get();
        } finally {
            sign.end();
        }
    }

    private Ui front(DisplayOptions look, Vocabulary words) throws IOException {
        Keyboard keyboard = new Keyboard(surroundings.in());
        Charset charset = look.unicode() ? StandardCharsets.UTF_8 : DisplayOptions.charset(surroundings.environment());
        if (!surroundings.terminal()) {
            return new PlainUi(keyboard.start(), surroundings.out(), charset, Optional.empty());
        }
        OuterTerminal terminal = OuterTerminal.open(keyboard, surroundings.environment(), charset);
        keyboard.start();
        return DisplayOptions.isDumb(surroundings.environment())
                ? new PlainUi(keyboard, surroundings.out(), charset, Optional.of(terminal))
                : new TerminalUi(terminal, keyboard, words);
    }

    private Map<String, String> handedIn() {
        Map<String, String> environment = new TreeMap<>();
        for (String name : HANDED_IN) {
            String value = surroundings.environment().get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        if (!surroundings.terminal()) {
            environment.put("TERM", "dumb");
            environment.put("PAGER", "cat");
        }
        environment.putIfAbsent("TERM", "dumb");
        return environment;
    }

    private Path kept(Session session) {
        return surroundings.state().resolve("labs").resolve(session.lab().id()).resolve("variables.json");
    }

    private static String preamble(DisplayOptions look) {
        return look.ink() == ColorMode.COLOUR
                ? "alias ls='ls --color=auto' grep='grep --color=auto' ip='ip --color=auto'"
                : "";
    }
}
