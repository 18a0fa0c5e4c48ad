package dev.drydock.shell.repl;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.cli.OwnShell;
import dev.drydock.shell.cli.Traces;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Screen;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a conversation needs from the rest of the program.
 *
 * @param look the display options; asked for before each page
 * @param further the lab to propose after a finished one; empty for none
 * @param verbs runs a verb of the {@code lab} command in this shell; the words do not include {@code lab}
 * @param tellsChanges whether to show after each command what it changed
 * @param bottom the status line for a session, given the last verdict that the learner saw of each goal; empty for no line; called by any thread
 * @param mistakes stores the stack trace of a fault of Drydock itself; returns a sentence that names the file
 */
record ShellCallbacks(
        Supplier<DisplayOptions> look,
        Function<Lab, Optional<Lab>> further,
        BiConsumer<OwnShell, List<String>> verbs,
        BooleanSupplier tellsChanges,
        Function<Throwable, Message> mistakes,
        BiFunction<Session, Function<Goal, Verdict.Kind>, Optional<String>> bottom) {

    /**
     * Handles a fault of Drydock itself. If a person types, shows a sentence and lets the shell go on, so that the learner's network is not lost.
     * If a script is running, throws the fault again. A lack of memory or threads ends neither.
     *
     * @param mistake a {@link RuntimeException} or an {@link Error}
     * @param attended whether a person types
     * @return always true: the shell goes on
     */
    boolean survives(Throwable mistake, boolean attended, Screen screen) {
        Optional<OutOfMemoryError> none = Traces.wantOfRoom(mistake);
        if (none.isPresent()) {
            screen.trouble(HostTrouble.noRoom(none.get()).said());
        } else if (attended) {
            screen.trouble(Traces.sentence(mistake));
            screen.remedy(mistakes.apply(mistake));
        } else if (mistake instanceof Error error) {
            throw error;
        } else {
            throw (RuntimeException) mistake;
        }
        return true;
    }
}
