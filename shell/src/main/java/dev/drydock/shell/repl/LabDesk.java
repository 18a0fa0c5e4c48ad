package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Answered;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.engine.session.Session.Patience;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.SignOfLife;
import dev.drydock.shell.screen.TopologyPicture;
import dev.drydock.verify.topology.Topology;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Serves what is asked of the lab itself. */
final class LabDesk {
    /** Verbs that would sit down at the terminal that we sit at. */
    private static final Set<String> OPENS_A_SHELL = Set.of("start", "resume");

    private static final Set<Verb> OF_A_LESSON =
            EnumSet.of(Verb.CHECK, Verb.HINT, Verb.ANSWER, Verb.NEXT, Verb.LESSON, Verb.SOLVE, Verb.SKIP);

    private final Session session;
    private final Screen screen;
    private final GoalWatch watch;
    private final Outside outside;
    private final SignOfLife sign;

    /** What the conversation has to do afterwards. */
    enum Next {
        STAY,
        /** Another step is the current one. */
        STEP,
        /** The world is another. */
        WORLD,
        /** The world is another, and what is to be seen of the step was shown. */
        SHELL,
        /** The lab is over. */
        END
    }

    LabDesk(Session session, Screen screen, GoalWatch watch, Outside outside, SignOfLife sign) {
        this.session = session;
        this.screen = screen;
        this.watch = watch;
        this.outside = outside;
        this.sign = sign;
    }

    /** @param request not for bash and not to leave */
    Next serve(Request request) {
        sign.begin(screen.look());
        Next next = Next.STAY;
        try {
            next = served(request);
            return next;
        } finally {
            // A step that is entered is looked at first.
            if (next != Next.STEP) {
                sign.end();
            }
        }
    }

    /** Has another part of the program write to the terminal. */
    private void elsewhere(List<String> words) {
        sign.end();
        outside.elsewhere().accept(words);
    }

    private Next served(Request request) {
        if (request instanceof Request.Onward) {
            return onward();
        }
        if (request instanceof Request.Answer answer) {
            return answer(answer.text());
        }
        if (request instanceof Request.Elsewhere verb) {
            if (OPENS_A_SHELL.contains(verb.words().get(0))) {
                screen.note("This shell belongs to " + session.lab().id() + "; leave it with exit, then lab "
                        + String.join(" ", verb.words()) + ".");
                return Next.STAY;
            }
            elsewhere(verb.words());
            return Next.STAY;
        }
        if (request instanceof Request.Piped piped) {
            screen.sentence("`" + piped.verb()
                    + "` is the lab's own and no program of the lab host, so bash cannot pipe it or send it "
                    + "to a file. Type it alone, or use it so in another terminal of your machine.");
            return Next.STAY;
        }
        if (request instanceof Request.OfTheLab verb) {
            return serve(verb.verb(), verb.rest());
        }
        throw new IllegalArgumentException("not for the lab: " + request);
    }

    private Next serve(Verb verb, String rest) {
        if (session.lab().free() && OF_A_LESSON.contains(verb)) {
            screen.noLesson(session.lab());
            return Next.STAY;
        }
        return switch (verb) {
            case CHECK -> check();
            case HINT -> {
                screen.hint(session.hint());
                yield Next.STAY;
            }
            case ANSWER -> answer(rest);
            case NEXT -> move(session.next());
            case LESSON -> Next.STEP;
            case STATUS -> {
                screen.status(session);
                if (session.world().alone()) {
                    screen.onTheMachine();
                }
                yield Next.STAY;
            }
            case TOPO -> {
                if (!rest.isEmpty()) {
                    elsewhere(words("topo", rest));
                    yield Next.STAY;
                }
                Topology topology = Topology.of(session.sweep());
                if (!interrupted()) {
                    screen.write(TopologyPicture.of(topology, screen.look()));
                }
                yield Next.STAY;
            }
            case SOLVE -> solve(rest.equals("--afresh"));
            case SKIP -> move(session.skip());
            case RESET -> {
                if (rest.equals("--step")) {
                    screen.rebuilding();
                    session.rebuild();
                    yield Next.WORLD;
                }
                screen.note("Building a fresh lab host …");
                session.reset();
                yield Next.WORLD;
            }
            case FINISH -> {
                int done = session.done().size();
                session.finish();
                screen.ended(
                        session.lab(),
                        session.lab().free()
                                ? "nothing of it is kept."
                                : done + " of " + session.lab().steps().size() + " steps were done.");
                yield Next.END;
            }
            case LIST -> {
                elsewhere(List.of("list"));
                yield Next.STAY;
            }
            case CHANGES -> {
                changes(rest);
                yield Next.STAY;
            }
            case TRACE -> {
                elsewhere(words("trace", rest));
                yield Next.STAY;
            }
            case WHY -> {
                elsewhere(words("why", rest));
                yield Next.STAY;
            }
            case ON -> throw new IllegalArgumentException("which host is typed at is not the lab's to know");
            case HELP -> {
                screen.verbs();
                yield Next.STAY;
            }
        };
    }

    private void changes(String options) {
        if (options.isEmpty()) {
            screen.changes(session.changes(Difference.Since.COMMAND));
        } else {
            elsewhere(words("changes", options));
        }
    }

    /** What the last command changed in one line, for those who want that after each; empty when there is nothing to tell. */
    String changed(Check found) {
        return outside.tellsChanges().getAsBoolean()
                ? Screen.drawn(outside.look(), page -> page.changed(session.changes(found)))
                : "";
    }

    /** The words of a verb of the command, as bash would part them. */
    private static List<String> words(String verb, String rest) {
        return Stream.concat(
                        Stream.of(verb),
                        BashLexer.read(rest).tokens().stream()
                                .filter(token -> token.is(Token.Kind.WORD) || token.is(Token.Kind.KEYWORD))
                                .map(Token::value))
                .toList();
    }

    private Next onward() {
        if (session.lab().free()) {
            return Next.STAY;
        }
        if (session.step().read() || session.stepDone()) {
            return move(session.next());
        }
        if (session.step().goals().isEmpty()) {
            screen.note("This step waits for an answer: type answer and what you found.");
            return Next.STAY;
        }
        Check check = session.check(Patience.NOW);
        if (interrupted()) {
            return Next.STAY;
        }
        screen.goals(check);
        watch.seen(check);
        screen.stepDone(session, check);
        return Next.STAY;
    }

    private Next check() {
        if (session.step().goals().isEmpty()) {
            screen.note(
                    session.step().question().isEmpty()
                            ? "This step is text to read; there is nothing to judge."
                            : session.stepDone()
                                    ? "The question is answered."
                                    : "This step waits for an answer: type answer and what you found.");
            return Next.STAY;
        }
        Check check = session.check(Patience.EVENTUALLY);
        if (interrupted()) {
            return Next.STAY;
        }
        screen.explanation(check);
        watch.seen(check);
        screen.stepDone(session, check);
        return Next.STAY;
    }

    /** Ctrl-C ends a look before it has seen all; what it left unseen is neither met nor unmet. */
    private boolean interrupted() {
        if (!Thread.interrupted()) {
            return false;
        }
        screen.note("Interrupted; nothing was judged.");
        return true;
    }

    private Next answer(String text) {
        if (session.step().question().isEmpty()) {
            screen.note("This step asks nothing; check judges it.");
        } else if (text.isEmpty()) {
            screen.note("answer TEXT answers this step's question.");
        } else {
            Answered answered = session.answer(text);
            screen.answered(answered);
            screen.stepDone(session);
        }
        return Next.STAY;
    }

    private Next solve(boolean afresh) {
        if (session.step().question().isPresent() && session.step().solve().isEmpty()) {
            elsewhere(List.of("solve"));
            session.refresh();
            return Next.STAY;
        }
        if (afresh) {
            screen.rebuilding();
            session.rebuild();
        }
        Check check = session.solve(screen::solving);
        screen.endLine();
        if (check.allMet()) {
            screen.goals(check);
        } else {
            screen.explanation(check);
            screen.unsolved(afresh);
        }
        watch.seen(check);
        screen.stepDone(session, check);
        return afresh ? Next.SHELL : Next.STAY;
    }

    private Next move(Move move) {
        if (move == Move.MOVED) {
            return Next.STEP;
        }
        if (move == Move.AT_END && session.stepDone()) {
            end();
            return Next.END;
        }
        screen.moved(move, session);
        return Next.STAY;
    }

    /** The end of the lab, all of it done or as much as was. */
    void end() {
        session.finish();
        screen.closing(session, outside.further().apply(session.lab()));
    }
}
