package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.engine.session.SessionStore;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody who types at a lab host and goes on when a step is done; the world ends with the test. */
final class Student implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Session session;

    private Student(Session session) {
        this.session = session;
    }

    static Student at(String lab, Path state) {
        return new Student(SessionStore.open(state)
                .start(Shelf.lab(lab), Sandboxes.onThisMachine(Map.of("XDG_STATE_HOME", state.toString()))));
    }

    /** Runs a line and hands back what it printed; lines may fail, as they do for students. */
    String types(String line) {
        ProbeOutput output = session.world().labHost().run(line, LIMIT);
        assertThat(output.timedOut()).as(line).isFalse();
        session.typed(line, output.exit());
        return output.out().strip();
    }

    /** The step is not done, and what is told about it holds these words. */
    void isTold(String words) {
        Check check = session.check(WaitPolicy.NOW);
        assertThat(check.allMet()).as(session.step().id()).isFalse();
        assertThat(explanation(check)).contains(words);
        assertThat(session.next()).isEqualTo(Move.NOT_DONE);
    }

    void isWrongWith(String answer) {
        assertThat(session.answer(answer).right()).as(answer).isFalse();
        assertThat(session.next()).isEqualTo(Move.NOT_DONE);
    }

    void answers(String answer) {
        assertThat(session.answer(answer).right())
                .as(session.step().id() + " takes " + answer)
                .isTrue();
    }

    void goesOnFrom(String step) {
        assertThat(session.step().id()).isEqualTo(step);
        if (!session.step().goals().isEmpty()) {
            Check check = session.check(WaitPolicy.EVENTUALLY);
            assertThat(check.allMet()).as(explanation(check)).isTrue();
        }
        boolean last = session.index() == session.lab().steps().size() - 1;
        assertThat(session.next()).isEqualTo(last ? Move.AT_END : Move.MOVED);
    }

    boolean isThrough() {
        return session.complete();
    }

    private static String explanation(Check check) {
        return check.goals().stream()
                .map(judged -> Words.text(judged.goal().line()) + ": "
                        + judged.verdict()
                                .fold(
                                        met -> "met",
                                        notMet -> Words.text(notMet.expected()) + " / " + Words.text(notMet.found())
                                                + " / "
                                                + notMet.cause()
                                                        .map(Words::text)
                                                        .orElse(""),
                                        cannotTell -> Words.text(cannotTell.reason())))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        session.finish();
    }
}
