package dev.drydock.shell.repl;

import dev.drydock.shell.screen.SignOfLife;
import java.io.Closeable;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Size;

/** The learner's side of the shell: where lines are typed and everything is shown. */
interface Ui extends Closeable, LineShell.Listener {
    /** Shows the prompt and waits for one input, which may have several lines. */
    Input read(String prompt);

    /** Waits for one more line of a command that is not complete. */
    Input more();

    /** Where pages are written while no command runs. */
    SignOfLife writer();

    /** Shows text above the prompt, or at once where no prompt is up. Any thread may call this method. */
    void above(String text);

    /**
     * Sets the source of the status line below the prompt; without effect on a terminal that cannot show one.
     *
     * @param line empty for no line; called by any thread
     */
    void bottom(Supplier<Optional<String>> line);

    /** Draws the status line again if its text has changed. Any thread may call this method. */
    void bottomChanged();

    /** Gives the terminal to a program of the lab host; keystrokes wait until {@link #commandBegins}. */
    void programBegins();

    /**
     * Takes the terminal back; what is shown next begins on a line of its own.
     *
     * @param outcome null where the program ended with an exception
     */
    void programEnds(Outcome outcome);

    /** In columns and rows; 80 by 24 where the size is not known. */
    Size size();

    /** Sets what is called after each change of the window's size. */
    void onResize(Runnable resized);

    /** Sets what is called on Ctrl-C while neither a prompt nor a program has the terminal. */
    void onInterrupt(Runnable interrupted);

    /** Whether a person types. Otherwise the input is a script, and each command waits for its verdict. */
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
