package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.World;
import dev.drydock.engine.proof.ProofFinding.Line;
import dev.drydock.engine.session.PrintedEvidence;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a learner would be told about goals that are not met. */
final class UnmetGoals {
    private UnmetGoals() {}

    /** Whether the explanation of a goal that is not met contains these words. Ignores case and differences in white space. */
    static boolean contains(List<Verdict> verdicts, String words) {
        return verdicts.stream().filter(Verdict::isNotMet).anyMatch(verdict -> fold(text(verdict))
                .contains(fold(words)));
    }

    /**
     * For each goal that is not met: the goal, what was expected, what was found, and the evidence with the output of its commands, which are run
     * now.
     *
     * @param verdicts one for each goal, in the same order
     */
    static List<Line> lines(World world, List<Goal> goals, List<Verdict> verdicts) {
        PrintedEvidence printed = new PrintedEvidence(world);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            Verdict verdict = verdicts.get(i);
            if (!verdict.isMet()) {
                lines.add(new Line(say("proof.label.goal"), goals.get(i).line()));
                lines.addAll(printed.of(verdict)
                        .<List<Line>>fold(
                                met -> List.of(),
                                UnmetGoals::notMet,
                                unclear -> List.of(new Line(say("proof.label.cannot-tell"), unclear.reason()))));
            }
        }
        return lines;
    }

    private static List<Line> notMet(Verdict.NotMet verdict) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(say("proof.label.expected"), verdict.expected()));
        lines.add(Line.found(verdict.found()));
        verdict.evidence().forEach(evidence -> lines.add(new Line(say("proof.label.evidence"), text(evidence))));
        verdict.cause().ifPresent(cause -> lines.add(new Line(say("proof.label.why"), cause)));
        return lines;
    }

    private static String text(Verdict verdict) {
        return verdict.fold(
                met -> "",
                notMet -> Words.text(notMet.expected()) + "\n" + Words.text(notMet.found()) + "\n"
                        + notMet.cause().map(Words::text).orElse("") + "\n"
                        + String.join(
                                "\n",
                                notMet.evidence().stream().map(UnmetGoals::text).toList()),
                unclear -> "");
    }

    private static String text(Evidence evidence) {
        return evidence.excerpt().isBlank()
                ? evidence.command()
                : evidence.command() + "\n" + evidence.excerpt().strip();
    }

    private static String fold(String text) {
        return text.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }
}
