package dev.drydock.shell.cli;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.Style;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class CheckVerb extends OpenVerb {
    @Option(names = "--all", description = "Judge every step, not only the current one.")
    private boolean all;

    @Option(names = "--json", description = "For programs: one JSON object.")
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
        List<Check> checks = all ? session.checkAll() : List.of(session.check(Session.Patience.EVENTUALLY));
        if (json) {
            Json.checks(session, checks, surroundings().out());
        } else {
            show(session, checks);
        }
        boolean unknown = checks.stream().anyMatch(Check::anyCannotTell);
        boolean unmet = checks.stream().flatMap(check -> check.goals().stream()).anyMatch(goal -> goal.verdict()
                .isNotMet());
        boolean waiting = !all && session.step().goals().isEmpty() && !session.stepDone();
        return unmet || waiting ? Exit.NOT_MET : unknown ? Exit.CANNOT_TELL : Exit.MET;
    }

    private void show(Session session, List<Check> checks) {
        if (!all) {
            Check check = checks.get(0);
            screen().explanation(check);
            if (check.goals().isEmpty()) {
                screen().note(
                                session.step().question().isPresent()
                                        ? (session.stepDone()
                                                ? "The question is answered."
                                                : "This step waits for an answer: lab answer TEXT.")
                                        : "This step is text to read; there is nothing to judge.");
            } else {
                screen().stepDone(session, check);
            }
            return;
        }
        for (Check check : checks) {
            if (!check.goals().isEmpty()) {
                write(List.of(dev.drydock.shell.screen.Line.of(
                        Style.STRONG, check.step().id())));
                screen().goals(check);
            }
        }
    }
}
