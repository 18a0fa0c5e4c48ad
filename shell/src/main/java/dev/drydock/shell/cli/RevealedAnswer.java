package dev.drydock.shell.cli;

import dev.drydock.engine.session.AnswerKey;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import java.util.Optional;

/** The answer to the current step's question, for whoever asked for the solution. */
public final class RevealedAnswer {
    private RevealedAnswer() {}

    /** Empty when the step asks nothing, when the answer cannot be read now, or when it is only known by its pattern. */
    public static Optional<String> answer(Session session) {
        return session.step()
                .question()
                .map(question -> AnswerKey.read(question.answer(), session.world(), () -> session.check(WaitPolicy.NOW)
                        .facts()))
                .filter(key -> key.unreadable().isEmpty())
                .flatMap(key -> key.texts().stream().findFirst());
    }
}
