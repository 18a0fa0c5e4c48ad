package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Style;
import dev.drydock.verify.words.Message;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class CheckVerb extends OpenVerb {
    @Option(names = "--all")
    private boolean all;

    @Option(names = "--json")
    private boolean json;

    @Override
    List<String> examples() {
        return List.of("lab check", "lab check --all --json");
    }

    @Override
    final boolean ofALesson() {
        return true;
    }

    @Override
    Exit run(Session session) throws Exception {
        boolean nothingToJudge = session.step().goals().isEmpty();
        if (!all && !json && nothingToJudge) {
            screen().note(why(session));
            return session.stepDone() ? Exit.MET : Exit.NOT_MET;
        }
        List<Check> found = all ? session.checkAll() : List.of(session.check(WaitPolicy.EVENTUALLY));
        if (interrupted()) {
            return Exit.INTERRUPTED;
        }
        List<Check> checks = all && !json
                ? found
                : found.stream().map(check -> session.printed(check, json)).toList();
        if (json) {
            json(new JsonForm()
                    .with("lab", session.lab().id())
                    .with("step", session.step().id())
                    .with("checks", checks, CheckVerb::form));
        } else if (all) {
            checks.forEach(this::show);
        } else {
            screen().explanation(checks.get(0));
            shell().ifPresent(own -> own.judged(checks.get(0)));
            screen().stepDone(session, checks.get(0));
        }
        boolean unknown = checks.stream().anyMatch(Check::anyCannotTell);
        boolean unmet = checks.stream().flatMap(check -> check.goals().stream()).anyMatch(goal -> goal.verdict()
                .isNotMet());
        boolean waiting = !all && nothingToJudge && !session.stepDone();
        return unmet || waiting ? Exit.NOT_MET : unknown ? Exit.CANNOT_TELL : Exit.MET;
    }

    /** Why a step without goals cannot be judged. */
    private Message why(Session session) {
        if (session.step().question().isEmpty()) {
            return say("check.text-to-read");
        }
        return session.stepDone()
                ? say("check.answered")
                : say("check.waits-for-answer", "inside", shell().isPresent());
    }

    private void show(Check check) {
        if (!check.goals().isEmpty()) {
            write(List.of(Line.of(Style.STRONG, check.step().id())));
            screen().goals(check);
        }
    }

    private static JsonForm form(Check check) {
        return new JsonForm()
                .with("step", check.step().id())
                .with("met", check.allMet())
                .with("milliseconds", check.elapsed())
                .with("goals", check.goals(), CheckVerb::form);
    }

    private static JsonForm form(Check.Judged judged) {
        JsonForm form = new JsonForm()
                .with("goal", judged.goal().line())
                .with("verdict", judged.verdict().kind());
        judged.verdict()
                .fold(
                        met -> form,
                        notMet -> form.with("expected", notMet.expected())
                                .with("found", notMet.found())
                                .withAny("cause", notMet.cause()),
                        cannotTell -> form.with("reason", cannotTell.reason()));
        return form.with("evidence", judged.verdict().evidence(), JsonForm::of);
    }
}
