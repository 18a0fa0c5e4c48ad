package dev.drydock.shell.cli;

import dev.drydock.engine.session.AnswerKey;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import java.util.Optional;

/** The answer to the current step's question, as {@code lab solve} and {@code lab play} show it. */
public final class RevealedAnswer {
    private RevealedAnswer() {}

    /** The answer. Empty when the step has no question, when the answer cannot be read now, or when only a pattern for it is known. */
    public static Optional<String> answer(Session session) {
        return session.step()
                .question()
                .map(question -> AnswerKey.read(question.answer(), session.world(), () -> session.check(WaitPolicy.NOW)
                        .facts()))
                .filter(key -> key.unreadable().isEmpty())
                .flatMap(key -> key.texts().stream().findFirst());
    }
}
