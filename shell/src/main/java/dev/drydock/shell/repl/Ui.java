package dev.drydock.shell.repl;

import dev.drydock.shell.screen.SignOfLife;
import java.io.Closeable;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Size;

/** The learner's side of the shell: where lines are typed and everything is shown. */
interface Ui extends Closeable, LineShell.Listener {
    /** Reads one input, which may be several lines, at the prompt. */
    Input read(String prompt);

    /** Reads one more line of a command that bash wants more of. */
    Input more();

    /** Where pages are written while no command runs. */
    SignOfLife writer();

    /** Shows text above the prompt when one is up, or at once. */
    void above(String text);

    /** What stands below everything while a prompt is up, where there is a place for that; asked for by any thread. */
    void bottom(Supplier<Optional<String>> line);

    /** That may be another now. */
    void bottomChanged();

    /** From now on the learner sees a program of the lab host; keys still wait. */
    void programBegins();

    /** The program ended; what is shown next begins on a line of its own. */
    void programEnds(Outcome outcome);

    Size size();

    /** Calls back whenever the window was resized. */
    void onResize(Runnable resized);

    /** Calls back when Ctrl-C is pressed while neither a prompt nor a program is up. */
    void onInterrupt(Runnable interrupted);

    /** Whether somebody types: otherwise input is a script, which waits for each verdict. */
    boolean attended();

    /** What was typed. */
    sealed interface Input {
        record Text(String text) implements Input {}

        /** Ctrl-C. */
        record Interrupted() implements Input {}

        /** Ctrl-D, or the input's end. */
        record End() implements Input {}
    }
}
