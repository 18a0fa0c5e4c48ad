package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.expect.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The state that a step begins with: a new world on which the reference solutions of the steps before it were run. */
public final class StepStart {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private StepStart() {}

    /** The solution of an earlier step ended with a status other than 0, or not in time. */
    public record Failure(Step step, ProbeOutput output) {}

    /**
     * Builds a new world and brings it to the beginning of a step.
     *
     * @param index of the step, from 0
     * @throws HostTrouble when the world cannot be built, or the solution of an earlier step fails on it; no world is left then
     */
    static World freshWorld(Lab lab, int index, Worlds worlds, GoalChecker examiner) {
        World fresh = worlds.build(LabSetup.request(lab));
        try {
            reach(lab, index, fresh, examiner).ifPresent(one -> {
                throw new HostTrouble(
                        say("session.start-not-reached", "step", one.step().id()));
            });
        } catch (RuntimeException e) {
            fresh.end();
            throw e;
        }
        return fresh;
    }

    /**
     * Brings a new world to the beginning of a step: runs the lab's setup and the solutions of the earlier steps, and waits for their goals that may
     * take a while.
     *
     * @param index of the step, from 0
     * @return the first solution that failed; empty when the beginning was reached
     * @throws LabSetup.SetupFailed when the setup fails
     * @throws HostTrouble when a lab host is gone
     */
    public static Optional<Failure> reach(Lab lab, int index, World world, GoalChecker examiner) {
        LabSetup.lay(lab, world);
        for (Step earlier : lab.steps().subList(0, index)) {
            if (earlier.solve().isPresent()) {
                ProbeOutput output =
                        WorldScript.of(world, earlier.solve().get()).run(LIMIT);
                if (output.exit() != 0 || output.timedOut()) {
                    return Optional.of(new Failure(earlier, output));
                }
            }
            List<Goal> slow = earlier.goals().stream()
                    .filter(goal -> goal.eventually().isPresent())
                    .toList();
            if (!slow.isEmpty()) {
                examiner.look(world, lab.usesDocker(), slow, WaitPolicy.EVENTUALLY);
            }
        }
        return Optional.empty();
    }
}
