package dev.drydock.engine.lab;

import dev.drydock.verify.expect.Goal;
import java.util.List;
import java.util.Optional;

/**
 * One step of a lab: goals to reach, a question to answer, or text to read.
 *
 * @param say the text of the step, Markdown
 * @param read whether the step is only a text to read, without goals and question
 * @param solve the reference solution, a bash script, see {@link LabScript}
 * @param hints Markdown, from the least to the most that they tell
 * @param accept other correct solutions, bash scripts; each starts from the state before the step
 * @param mistakes wrong solutions with the explanation that they must get
 * @param shows commands with the output that a reader sees
 * @param already whether the goals are meant to hold before the student does anything
 */
public record Step(
        String id,
        String title,
        Optional<String> say,
        boolean read,
        Optional<String> solve,
        List<Goal> goals,
        Optional<Question> question,
        List<String> hints,
        List<String> accept,
        List<Mistake> mistakes,
        List<Show> shows,
        boolean already) {
    /** The only step of a lab without a lesson: nothing to read, to reach or to answer, so that it is never done. */
    public static final Step FREE = new Step(
            "free-play",
            "Free play",
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false);

    public Step {
        goals = List.copyOf(goals);
        hints = List.copyOf(hints);
        accept = List.copyOf(accept);
        mistakes = List.copyOf(mistakes);
        shows = List.copyOf(shows);
    }

    /**
     * A wrong solution.
     *
     * @param run bash script
     * @param says what the explanation of its unmet goals must contain
     */
    public record Mistake(String run, String says) {}

    /**
     * A command and the output that a reader will see, with typed placeholders ({@code <hex> <mac> <ip> <n> <id> <any> <name:ip>}), see
     * {@link ShowPattern}.
     *
     * @param on the host on which the command runs; empty for the default host
     */
    public record Show(String run, String output, Optional<String> on) {}
}
