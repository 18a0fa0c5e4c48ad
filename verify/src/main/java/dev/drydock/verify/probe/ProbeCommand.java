package dev.drydock.verify.probe;

import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import java.util.function.Function;

/**
 * What one kind of active probe runs, how a learner would type it, and how its output is read.
 *
 * @param run what the sweep's function {@code ask} takes behind the place: whether names are resolved as the place does (1 or 0), then
 *     the command in bash
 * @param shown the command as a learner would type it at a place
 * @param reader of what a command that started has left
 */
record ProbeCommand(String run, Function<LearnerCommand, String> shown, Reader reader) {

    /** Reads what a command that started has left. */
    @FunctionalInterface
    interface Reader {
        /** As it is. */
        Reader PLAIN = ProbeCapture::of;

        /** @param command as a learner would type it */
        ProbeCapture read(String command, int exit, String out, String err);
    }
}
