package dev.drydock.shell.repl;

import dev.drydock.engine.lab.Lab;
import dev.drydock.shell.screen.Look;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a conversation needs of the rest of the program.
 *
 * @param further the lab that comes after one
 * @param elsewhere runs a verb of the {@code lab} command that the shell has no own way for
 * @param tellsChanges whether what a command changed is told after each
 */
record Outside(
        Supplier<Look> look,
        Function<Lab, Optional<Lab>> further,
        Consumer<List<String>> elsewhere,
        BooleanSupplier tellsChanges) {}
