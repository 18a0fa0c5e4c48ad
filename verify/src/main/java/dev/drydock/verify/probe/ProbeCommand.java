package dev.drydock.verify.probe;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import java.util.function.Function;

/**
 * The command of one kind of active probe.
 *
 * @param run the arguments for the sweep's bash function {@code ask}: 1 or 0 for whether names are resolved as in the namespace, then the command
 * @param shown the command as a learner would type it for a namespace
 * @param reader makes the capture from the output
 */
record ProbeCommand(String run, Function<LearnerCommand, String> shown, Reader reader) {

    /** Makes a capture from the output of a command that was started. */
    @FunctionalInterface
    interface Reader {
        /** Keeps the output unchanged. */
        Reader PLAIN = (learner, command, exit, out, err) -> ProbeCapture.of(command, exit, out, err);

        /** @param command as a learner would type it, as far as that is known without the output */
        ProbeCapture read(LearnerCommand learner, String command, int exit, String out, String err);
    }
}
