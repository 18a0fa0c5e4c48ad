package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Session;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command
final class AnswerVerb extends OpenVerb {
    @Parameters(paramLabel = "TEXT", arity = "1..*")
    private List<String> words;

    @Override
    boolean takes(List<String> words) {
        if (words.isEmpty() && shell().isEmpty()) {
            return false;
        }
        this.words = words;
        return true;
    }

    @Override
    final boolean ofALesson() {
        return true;
    }

    @Override
    Exit run(Session session) {
        if (session.step().question().isEmpty()) {
            if (shell().isPresent()) {
                screen().note(say("answer.nothing-asked.in-shell"));
                return Exit.USAGE;
            }
            return said(
                    Exit.USAGE,
                    say("answer.nothing-asked", "step", session.step().id()),
                    say("answer.nothing-asked.next"));
        }
        if (words.isEmpty()) {
            screen().note(say("answer.usage"));
            return Exit.USAGE;
        }
        Session.Answered answered = session.answer(String.join(" ", words), AnswerVerb::isOfTheLab);
        if (!answered.counts()) {
            screen().note(answered.explanation());
            return Exit.USAGE;
        }
        screen().answered(answered);
        screen().stepDone(session);
        return answered.right() ? Exit.MET : answered.canTell() ? Exit.NOT_MET : Exit.CANNOT_TELL;
    }

    /** Whether the answer is a verb, as in {@code answer help}: somebody who types this looks for help. */
    private static boolean isOfTheLab(String word) {
        return word.equals("?") || VerbName.of(word.toLowerCase(Locale.ROOT)).isPresent();
    }
}
