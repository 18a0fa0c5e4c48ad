package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Answered;
import dev.drydock.engine.session.Session.HintGiven;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The short pages of a run. */
final class Pages {
    private Pages() {}

    static List<Line> lesson(Session session, Optional<Check> check, DisplayOptions look) {
        Step step = session.step();
        if (session.lab().free()) {
            return FreePlay.welcome(session.lab(), look);
        }
        List<Line> lines = new ArrayList<>(
                Lesson.of(session.lab(), session.index(), session.done().size(), look));
        if (session.index() == 0 && session.lab().hosts().size() > 1) {
            lines.add(Line.EMPTY);
            lines.addAll(Machines.introduced(session.lab().hosts(), look));
        }
        if (!step.goals().isEmpty()) {
            lines.add(Line.EMPTY);
            lines.add(Line.of(Style.STRONG, say("lesson.goals")));
            lines.addAll(check.filter(of -> of.step().id().equals(step.id()))
                    .map(of -> Goals.all(of, look))
                    .orElseGet(() -> Goals.wanted(step.goals(), look)));
        }
        if (step.question().isPresent() && !session.stepDone()) {
            lines.add(Line.of("  ").plus(Markdown.inline(Words.text(say("lesson.to-answer")), look)));
        }
        if (step.read()) {
            lines.add(Line.EMPTY);
            lines.addAll(sentence(say("lesson.enter", "last", last(session)), look));
        }
        return lines;
    }

    /** A sentence with Markdown in it. */
    static List<Line> sentence(Message sentence, DisplayOptions look) {
        return Wrap.text(Markdown.inline(Words.text(sentence), look).spans(), look.measure());
    }

    private static boolean last(Session session) {
        return session.index() == session.lab().steps().size() - 1;
    }

    static List<Line> stepDone(Session session, DisplayOptions look) {
        if (!session.stepDone()) {
            return List.of();
        }
        return List.of(Line.of(Style.MET, say("step.done")).plus(" " + Words.text(onward(session))));
    }

    static List<Line> stepDone(Session session, Check check, DisplayOptions look) {
        if (check.allMet() || !session.stepDone()) {
            return stepDone(session, look);
        }
        Message fallen = check.unmet() == 0 ? say("step.not-judged") : say("step.fallen", "count", check.unmet());
        return sentence(say("step.stays-done", "fallen", fallen, "onward", onward(session)), look);
    }

    private static Message onward(Session session) {
        return say("step.onward", "last", last(session));
    }

    static List<Line> hint(Optional<HintGiven> hint, DisplayOptions look) {
        if (hint.isEmpty()) {
            return sentence(say("hint.none"), look);
        }
        HintGiven given = hint.get();
        List<Line> lines = new ArrayList<>();
        if (given.again()) {
            lines.addAll(sentence(say("hint.no-more"), look));
        }
        lines.add(Line.of(Style.STRONG, say("hint.number", "number", given.number(), "count", given.of())));
        for (Line line : Markdown.lines(given.markdown(), look, look.measure() - 2)) {
            lines.add(Line.of("  ").plus(line));
        }
        return lines;
    }

    static List<Line> answered(Answered answered, DisplayOptions look) {
        Line mark = !answered.canTell()
                ? Line.of(Style.UNKNOWN, look.unknown()).plus(" " + Words.text(say("answer.untold")) + " ")
                : answered.right()
                        ? Line.of(Style.MET, look.met()).plus(" ")
                        : Line.of(Style.NOT_MET, look.notMet()).plus(" ");
        Message words = answered.explanation().equals(Message.NONE)
                ? say("answer.verdict", "right", answered.right())
                : answered.explanation();
        return Goals.hanging(
                Line.of("  ").plus(mark),
                Markdown.inline(Words.text(words), look).spans(),
                look);
    }

    static List<Line> solving(SolveEvent event, DisplayOptions look) {
        if (event instanceof SolveEvent.Command command) {
            List<Line> lines = new ArrayList<>();
            String host = command.host().map(look::spell).orElse("");
            for (String line : command.text().stripTrailing().split("\n", -1)) {
                lines.add(Line.of(Style.FAINT, lines.isEmpty() ? host + "$ " : "> ")
                        .plus(Style.COMMAND, look.spell(line)));
            }
            return lines;
        }
        if (event instanceof SolveEvent.Ended ended && ended.exit() != 0) {
            return List.of(Line.of(Style.FAINT, say("solve.exit-status", "status", ended.exit())));
        }
        return List.of();
    }

    static List<Line> moved(Move move, Session session, DisplayOptions look) {
        return switch (move) {
            case MOVED -> List.of();
            case NOT_DONE ->
                sentence(
                        say("move.not-done")
                                .with("question", session.step().question().isPresent()),
                        look);
            case AT_END -> sentence(say("move.at-end"), look);
        };
    }

    /** A sentence of trouble. Only its first line is wrapped; further lines, such as the end of an output, are kept as they are. */
    static List<Line> trouble(String sentence, DisplayOptions look) {
        List<String> parts = sentence.strip().lines().toList();
        String first = parts.isEmpty() ? "" : parts.get(0);
        List<Line> lines = new ArrayList<>(
                Goals.hanging(Line.of(Style.NOT_MET, look.fail()).plus(" "), Style.PLAIN, first, look));
        for (String part : parts.subList(Math.min(1, parts.size()), parts.size())) {
            lines.add(Line.of("  " + look.spell(Code.tabless(part))));
        }
        return lines;
    }

    static List<Line> verbs(Map<String, String> verbs, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(sentence(say("verbs.beside-bash"), look));
        verbs.forEach((typed, does) -> verb(lines, look, typed, does));
        verb(lines, look, "exit", Words.text(say("verbs.exit")));
        lines.addAll(sentence(say("verbs.of-bash"), look));
        return lines;
    }

    private static void verb(List<Line> lines, DisplayOptions look, String verb, String does) {
        Line head = Line.of("  ").plus(Style.COMMAND, verb).padTo(16, 2);
        lines.addAll(Goals.hanging(head, Markdown.inline(does, look).spans(), look));
    }
}
