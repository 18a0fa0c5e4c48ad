package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.ConnectionLost;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.cli.OwnShell;
import dev.drydock.shell.cli.VerbName;
import dev.drydock.shell.repl.Ui.Input;
import dev.drydock.shell.screen.Screen;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The loop of the shell in one lab: reads a line, gives the line to bash or to a verb of the lab, and reports which goals changed.
 *
 * <p>The caller's thread reads input, runs commands and writes pages. The thread of {@link GoalWatch} delivers verdicts: a verdict is shown above
 * the prompt while a prompt is up, else before the next prompt. {@code toldDone} is guarded by {@code verdicts}.
 */
final class Conversation implements AutoCloseable {
    /** How long the shell waits for a verdict after a command. After that the prompt appears without the verdict. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** How long a new step waits for its first verdicts, so that its page can mark the goals that are already met. */
    private static final Duration FIRST_SIGHT = Duration.ofSeconds(1);

    private final Session session;
    private final Ui front;
    private final Vocabulary words;
    private final ShellCallbacks outside;
    private final Map<String, String> environment;
    private final KeptVariables kept;
    private final Screen screen;
    private final StepPage page;
    private final GoalWatch watch;
    private final LabCommands desk;
    private final AbovePrompt notices;
    private final PastedInput pasted;

    private final Object verdicts = new Object();
    private boolean toldDone;

    private volatile HostShells shells;
    private int shownIndex = -1;

    Conversation(
            Session session,
            Ui front,
            Vocabulary words,
            ShellCallbacks outside,
            Map<String, String> environment,
            KeptVariables kept) {
        this.session = session;
        this.front = front;
        this.words = words;
        this.outside = outside;
        this.environment = environment;
        this.kept = kept;
        this.screen = new Screen(front.writer(), outside.look());
        this.page = new StepPage(screen);
        this.watch = new GoalWatch(session);
        this.notices = new AbovePrompt(front);
        this.pasted = new PastedInput(front, words, screen);
        this.desk = new LabCommands(session, screen, page, watch, outside, front, this::on, this::ask);
    }

    /** Whether the current step waits for an answer. */
    boolean asking() {
        return session.step().question().isPresent() && !session.stepDone();
    }

    /** See {@link LineShell#ask}. */
    String ask(String script) {
        return shells.here().ask(script);
    }

    /** The names from the last look at the lab. @param host the lab host; empty for the current one */
    LiveNames names(Optional<String> host) {
        return LiveNames.of(session.facts(), shells.hosts(), host.orElse(shells.host()));
    }

    /** @return whether the lab was completed */
    boolean run() {
        front.onInterrupt(Thread.currentThread()::interrupt);
        front.onResize(this::resized);
        front.bottom(this::bottom);
        attach();
        enterStep(!session.lab().free());
        kept.told(shells.host()).filter(back -> session.lab().free()).ifPresent(screen::note);
        watch.later(() -> words.learnFrom(shells.world().labHost()));
        boolean open = true;
        while (open) {
            Thread.interrupted();
            open = stillOurs() && turn();
        }
        return session.complete();
    }

    private void attach() {
        shells = new HostShells(session.world(), front::size, environment, kept::preamble, front);
    }

    private void resized() {
        HostShells current = shells;
        if (current != null) {
            current.resize();
        }
    }

    private boolean turn() {
        String world = session.world().id();
        Input input = prompt();
        if (!stillOurs()) {
            return false;
        } else if (!world.equals(session.world().id())) {
            screen.note(say("shell.not-run"));
            return true;
        }
        if (input instanceof Input.Text typed) {
            try {
                Optional<String> line = pasted.whole(typed.text(), asking());
                return line.isEmpty() || handle(line.get());
            } catch (ConnectionLost lost) {
                throw lost;
            } catch (HostTrouble trouble) {
                if (!front.attended() && shells.hereIsGone()) { // nothing that a script could still type would be run
                    throw trouble;
                }
                screen.trouble(trouble.said());
                return true;
            } catch (RuntimeException | Error mistake) {
                return outside.survives(mistake, front.attended(), screen);
            }
        }
        return input instanceof Input.Interrupted || leave();
    }

    private Input prompt() {
        shells.resize();
        notices.promptComes(screen::raw);
        try {
            return front.read(PromptLine.of(
                    session,
                    shells.world().host(shells.host()).shown(),
                    shells.here().last().folder(),
                    outside.look().get()));
        } finally {
            notices.promptGoes();
        }
    }

    private boolean handle(String line) {
        Request request = Request.of(line, asking(), words::known);
        if (request instanceof Request.Onward && page.more()) {
            return true;
        }
        page.leave();
        if (request instanceof Request.Command command) {
            execute(command.text());
            // Somebody who typed the bare verb may not know that the lab host has a command of that name.
            VerbName.bare(command.text().strip())
                    .map(VerbName::word)
                    .ifPresent(word -> screen.note(say("shell.own-command", "word", word)));
            return true;
        }
        if (request instanceof Request.Leave) {
            return leave();
        }
        OwnShell.Next next = desk.serve(answers(request, line) ? new Request.Answer(line.strip()) : request);
        if (next == OwnShell.Next.WORLD || next == OwnShell.Next.SHELL) {
            shells.close();
            attach();
        }
        if (next == OwnShell.Next.STEP || next == OwnShell.Next.WORLD) {
            enterStep(false);
        } else if (next != OwnShell.Next.END) {
            stepShownDone();
        }
        return next != OwnShell.Next.END;
    }

    private void stepShownDone() {
        synchronized (verdicts) {
            toldDone |= session.stepDone();
        }
    }

    /** Whether {@code on …} answers the step's question and does not ask for another host. */
    private boolean answers(Request request, String line) {
        return request instanceof Request.OfTheLab verb
                && verb.words().get(0).equals(VerbName.ON.word())
                && verb.words().size() > 1
                && asking()
                && !line.strip().startsWith("lab")
                && !shells.hosts().contains(line.strip().split("\\s+")[1]);
    }

    /** Switches to another host, runs one line there, or lists the hosts where no host has that name. */
    private void on(String rest) {
        String name = rest.isEmpty() ? "" : rest.split("\\s+", 2)[0];
        String command = rest.substring(name.length()).strip();
        if (!shells.hosts().contains(name)) {
            screen.hosts(shells.hosts(), shells.host(), name);
        } else if (command.isEmpty()) {
            shells.to(name);
        } else {
            String before = shells.host();
            shells.to(name);
            try {
                execute(command);
            } finally {
                shells.to(before);
            }
        }
    }

    private boolean leave() {
        if (!front.attended() && session.complete()) {
            desk.end();
        } else {
            screen.note(say("hosts.wait")
                    .with("count", shells.hosts().size())
                    .with("lab", session.lab().id()));
        }
        return false;
    }

    private void execute(String line) {
        shells.resize();
        session.typing(line);
        Outcome outcome = run(line);
        if (outcome instanceof Outcome.Gone gone && gone.unread()) {
            restart(gone.exit());
            outcome = run(line);
        }
        if (outcome instanceof Outcome.Gone gone) {
            session.typed(line, gone.exit());
            restart(gone.exit());
            return;
        }
        session.typed(line, shells.here().last().exit());
        words.learnDefinitions(line);
        kept.learn(line, shells.host(), this::ask);
        if (!session.world().alone()) {
            int exit = shells.here().last().exit();
            MissingImage.of(line, exit, shells.here()::ask)
                    .or(() -> MissingPackage.of(line, exit, shells.here()::ask))
                    .ifPresent(screen::note);
        }
        judge();
    }

    private Outcome run(String line) {
        LineShell shell = shells.here();
        Outcome outcome = foreground(() -> shell.execute(line, !front.attended()));
        while (outcome instanceof Outcome.WantsMore) {
            Input input = front.more();
            outcome = foreground(() -> input instanceof Input.Text text ? shell.more(text.text()) : shell.giveUp());
        }
        return outcome;
    }

    private Outcome foreground(Supplier<Outcome> run) {
        front.programBegins();
        Outcome outcome = null;
        try {
            outcome = run.get();
            return outcome;
        } finally {
            front.programEnds(outcome);
        }
    }

    private void restart(int exit) {
        kept.forget(shells.host());
        shells.replace(exit);
        screen.note(say("bash.ended", "status", exit));
        judge();
    }

    /** Starts a look at the goals and shows the changes, now or when the verdict arrives. */
    private void judge() {
        GoalWatch.Looking look = watch.look();
        CompletableFuture<Void> told = look.first().thenAccept(this::changed);
        if (session.step().goals().isEmpty() && front.attended()) {
            // No goals to be told of; the look is for the names that completion offers, and for what changes.
            return;
        }
        Optional<Check> soon = await(look.first(), look, PATIENCE);
        if (!front.attended()) {
            told.join();
        }
        soon.ifPresent(check -> screen.raw(news(check)));
        hear(look, soon);
    }

    /** Arranges that the rest of a look is shown when it arrives. */
    private void hear(GoalWatch.Looking look, Optional<Check> told) {
        if (told.isPresent() && told.get().whole()) {
            watch.follow(told.get(), this::late, this::failed);
            return;
        }
        if (told.isEmpty()) {
            look.first().thenAccept(check -> {
                if (!check.whole()) {
                    late(check);
                }
            });
        }
        look.whole().whenComplete((check, trouble) -> {
            if (check != null) {
                late(check);
                watch.follow(check, this::late, this::failed);
            } else {
                failed(trouble);
            }
        });
    }

    /** Called by the watcher. */
    private void failed(Throwable trouble) {
        if (!(session.refresh() && session.closed())) {
            notices.say(() -> Screen.drawn(outside.look(), page -> page.trouble(GoalWatch.sentence(trouble))));
        }
    }

    /**
     * The wanted verdict. After {@code patience}: the first part of the look, or empty where there is none yet. A script waits for the whole look
     * without limit.
     */
    private Optional<Check> await(CompletableFuture<Check> wanted, GoalWatch.Looking look, Duration patience) {
        try {
            return Optional.of(
                    front.attended()
                            ? wanted.get(patience.toMillis(), TimeUnit.MILLISECONDS)
                            : look.whole().get());
        } catch (TimeoutException notYet) {
            boolean failed = look.first().isCompletedExceptionally();
            return failed ? Optional.empty() : Optional.ofNullable(look.first().getNow(null));
        } catch (InterruptedException notYet) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof HostTrouble trouble) {
                throw trouble;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private void changed(Check check) {
        String text = desk.changed(check);
        notices.say(() -> text);
    }

    /** Called by the watcher. */
    private void late(Check check) {
        notices.say(() -> news(check));
        front.bottomChanged();
    }

    /** Called by any thread. */
    private Optional<String> bottom() {
        return outside.bottom().apply(session, watch::shown);
    }

    private String news(Check check) {
        return Screen.drawn(outside.look(), page -> {
            watch.news(check).ifPresent(page::changedGoals);
            synchronized (verdicts) {
                // A look that is half told may be overtaken by its end, which has the last goals still to show.
                if (!toldDone
                        && check.whole()
                        && session.stepDone()
                        && check.step().id().equals(session.step().id())) {
                    toldDone = true;
                    page.stepDone(session, check);
                }
            }
        });
    }

    /** Shows the current step, its goals marked where that is known in time. @param verbs whether to name some verbs below the page */
    private void enterStep(boolean verbs) {
        shownIndex = session.index();
        watch.seen(session.step());
        synchronized (verdicts) {
            toldDone = session.stepDone();
        }
        notices.forget();
        GoalWatch.Looking look = watch.look();
        boolean toBeSeen = !session.step().goals().isEmpty();
        Optional<Check> soon = Optional.empty();
        if (toBeSeen || !front.attended()) {
            soon = await(toBeSeen ? look.whole() : look.first(), look, FIRST_SIGHT)
                    .filter(seen -> toBeSeen);
        }
        Optional<Message> back = verbs ? kept.told(shells.host()) : Optional.empty();
        page.show(session, soon, (verbs ? 1 : 0) + (back.isPresent() ? 1 : 0));
        if (verbs) {
            screen.sentence(say("shell.verbs"));
        }
        back.ifPresent(screen::note);
        if (soon.isPresent()) {
            watch.seen(soon.get());
            screen.raw(news(soon.get()));
        }
        if (toBeSeen) {
            hear(look, soon);
        }
    }

    /** Takes over what another process did to this lab. @return whether the lab is still open */
    private boolean stillOurs() {
        if (session.closed()) {
            return false;
        }
        // A verb, or what goes on in the background, may have taken over already what another process did.
        session.refresh();
        if (session.closed()) {
            screen.note(say("shell.ended-elsewhere"));
            return false;
        }
        if (!session.world().id().equals(shells.world().id())) {
            screen.note(say("shell.reset-elsewhere"));
            shells.close();
            attach();
            enterStep(false);
        } else if (session.index() != shownIndex) {
            enterStep(false);
        }
        return true;
    }

    @Override
    public void close() {
        watch.close();
        if (shells != null) {
            shells.close();
        }
    }
}
