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
 * What a conversation needs of the rest of the program.
 *
 * @param further the lab that comes after one
 * @param verbs runs a verb of the {@code lab} command, given without {@code lab}, in this shell
 * @param tellsChanges whether what a command changed is told after each
 * @param bottom what stands below everything at a prompt, of a session and what was shown of its goals; empty for nothing
 * @param mistakes keeps the trace of a mistake of Drydock's own, and says where
 */
record ShellCallbacks(
        Supplier<DisplayOptions> look,
        Function<Lab, Optional<Lab>> further,
        BiConsumer<OwnShell, List<String>> verbs,
        BooleanSupplier tellsChanges,
        Function<Throwable, Message> mistakes,
        BiFunction<Session, Function<Goal, Verdict.Kind>, Optional<String>> bottom) {

    /**
     * Handles a fault of Drydock itself. Where a person types, it is told in a sentence and the shell goes on, so that the network that was built is not
     * lost. A script ends with it, unless only memory was short.
     *
     * @param mistake a {@link RuntimeException}, or an {@link Error}; thrown again where a script ends with it
     * @return true
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
