package dev.drydock.shell.repl;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.InteractiveProgram;
import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.Slowness;
import dev.drydock.verify.words.Message;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Size;

/**
 * Runs lines in the bash of a lab host, one at a time.
 *
 * <p>Bash has a pseudo-terminal of its own. It writes marks where the output of a command begins (C), where the command ended (E), before the
 * prompt with the exit status (D), and where it wants more of a command (P). One thread reads bash's output. The caller's thread sends lines and
 * waits. A third thread, {@link BashCare}, makes sure that neither waits for a mark that never comes. Keystrokes go to bash's terminal only between
 * C and E. After E the reading thread stops the keystrokes and tells bash so; only then comes D.
 */
final class LineShell implements Closeable {
    private static final List<String> BASH = List.of("bash", "--noprofile", "--norc", "--noediting", "-i");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration EXIT_LIMIT = Duration.ofMillis(400);

    /** How long an {@link #ask} may take; a DEBUG trap of the learner may take any time. */
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

    private static final Duration INTERRUPT_LIMIT = Duration.ofMillis(500);

    /** A trap runs for the question and for the prompt behind it, and each has to be interrupted. */
    private static final int MOST_INTERRUPTS = 4;

    /** How often a line is sent; more often than bash shows a prompt at the end of its input before it exits. */
    private static final int MOST_TRIES = 8;

    private static final byte END_OF_FILE = 4;
    private static final byte INTERRUPT = 3;
    private static final byte KILL_LINE = 21;

    private final PseudoTerminal terminal;
    private final InteractiveProgram bash;
    private final OutputStream toBash;
    private final BashDialogue dialogue;
    private final Listener listener;

    private LineShell(PseudoTerminal terminal, InteractiveProgram bash, Slowness pace, Listener listener) {
        this.terminal = terminal;
        this.bash = bash;
        this.listener = listener;
        this.toBash = terminal.input();
        this.dialogue = new BashDialogue(this, listener, pace);
    }

    /**
     * Starts bash in the home directory of the lab host's root, and waits for its first prompt.
     *
     * @param environment environment variables for the terminal: {@code TERM}, {@code LANG} …
     * @param preamble bash commands to run before the first prompt, one line
     * @throws HostTrouble when bash does not show a prompt in time
     * @throws UncheckedIOException when there is no pseudo-terminal
     */
    static LineShell open(
            LabHost host, Size size, Map<String, String> environment, String preamble, Listener listener) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        try {
            PseudoTerminal terminal = PseudoTerminal.open(size);
            LineShell shell;
            try {
                InteractiveProgram bash = host.interactive(terminal.path(), BASH, environment);
                shell = new LineShell(terminal, bash, host.pace(), listener);
            } catch (RuntimeException | Error refused) {
                terminal.close();
                throw refused;
            }
            shell.start(nonce, preamble);
            daemon("bash-care", new BashCare(shell, shell.dialogue, host));
            return shell;
        } catch (IOException trouble) {
            throw new UncheckedIOException("no terminal for the lab host's bash: " + trouble.getMessage(), trouble);
        }
    }

    private void start(String nonce, String preamble) {
        MarkScanner scanner = new MarkScanner(nonce, dialogue);
        daemon("bash-output", () -> readAll(scanner));
        daemon("bash-end", this::awaitEnd);
        write((BashPreparation.line(nonce, preamble) + "\n").getBytes(StandardCharsets.UTF_8));
        boolean up = false;
        try {
            up = dialogue.awaitStart(START_LIMIT);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (!up) {
            boolean gone = gone();
            close();
            throw new HostTrouble(Message.say("bash.not-up", "gone", gone, "status", dialogue.exitOfBash()));
        }
    }

    boolean gone() {
        return dialogue.state() == BashDialogue.State.GONE;
    }

    /** The exit status and the working directory after the last line. */
    Outcome.Ended last() {
        return dialogue.last();
    }

    /**
     * Sends bash one or several lines and waits until bash is ready for the next; the output goes to the listener. An interrupt of the calling
     * thread sends Ctrl-C to the command, and the wait goes on.
     *
     * @param endInput whether a program that reads the terminal finds the end of its input at once, because no person types
     */
    Outcome execute(String input, boolean endInput) {
        readyForLine();
        if (BashLine.fits(input)) {
            return send(BashLine.typed(input), endInput);
        }
        handIn(input);
        return send(BashLine.hidden("eval \"$__drydock_text\""), endInput);
    }

    /** Sends bash one more line of an incomplete command. */
    Outcome more(String input) {
        return send(BashLine.typed(input), false);
    }

    /**
     * Puts a text into a variable of bash, one line of the terminal at a time. Bash tells when it has read a line, so the echo of at most one line
     * is on its way, and none arrives later.
     */
    private void handIn(String text) {
        List<BashLine> lines = BashLine.handedTo("__drydock_take", text);
        if (!dialogue.capture(new ByteArrayOutputStream())) {
            return;
        }
        try {
            for (BashLine part : lines.subList(0, lines.size() - 1)) {
                dialogue.begin(part, true);
                write(part.bytes());
                dialogue.awaitContinuation();
            }
            send(lines.get(lines.size() - 1), false);
        } catch (InterruptedException stop) {
            giveUp();
            Thread.currentThread().interrupt();
        } finally {
            dialogue.captureNoMore();
        }
    }

    /** Cancels an incomplete command with Ctrl-C. */
    Outcome giveUp() {
        return send(new BashLine(new byte[] {INTERRUPT}, false), false);
    }

    /**
     * Runs a script in a subshell of the waiting bash, with the learner's functions, variables and working directory. The learner sees nothing of
     * it, and it is not in the history. The script gets Ctrl-C after about 2 seconds or when the calling thread is interrupted; if that does not
     * help, bash is ended.
     *
     * @return what the script prints; empty where it could not run to its end or bash does not wait for a line
     */
    String ask(String script) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (!dialogue.capture(answer)) {
            return "";
        }
        try {
            BashLine line = BashLine.hidden("__drydock " + ShellWord.quoted(script));
            readyForLine();
            dialogue.begin(line, true);
            write(line.bytes());
            awaitAnswer();
        } finally {
            dialogue.captureNoMore();
        }
        String text = answer.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        int from = text.indexOf('\036');
        int to = text.lastIndexOf('\037');
        return from < 0 || to < from ? "" : text.substring(from + 1, to);
    }

    private void awaitAnswer() {
        boolean interrupted = false;
        boolean ended = false;
        Duration limit = ASK_LIMIT;
        for (int presses = 0; !ended && presses <= MOST_INTERRUPTS; presses++) {
            try {
                ended = dialogue.awaitEnd(limit);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
            if (!ended) {
                key(INTERRUPT);
                limit = INTERRUPT_LIMIT;
            }
        }
        if (!ended) {
            abandon();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome send(BashLine line, boolean endInput) {
        Outcome outcome = sendOnce(line, endInput);
        for (int tries = 1; tries < MOST_TRIES && outcome instanceof Outcome.Ended && dialogue.lineUnread(); tries++) {
            outcome = sendOnce(line, endInput);
        }
        return outcome;
    }

    /** An interrupt of this thread sends Ctrl-C to bash. */
    private Outcome sendOnce(BashLine line, boolean endInput) {
        dialogue.begin(line, !endInput);
        byte[] bytes = line.bytes();
        if (endInput) {
            // In one piece: behind the line it is for the command, behind the command it would be for bash.
            bytes = Arrays.copyOf(bytes, bytes.length + 1);
            bytes[bytes.length - 1] = END_OF_FILE;
        }
        write(bytes);
        while (true) {
            try {
                return dialogue.awaitOutcome();
            } catch (InterruptedException stop) {
                key(INTERRUPT);
            }
        }
    }

    private void readyForLine() {
        try {
            if (bash.ownsTerminal()) {
                terminal.forLine();
            }
        } catch (IOException closed) {
            // The line is sent in vain, and that tells.
        }
    }

    private void write(byte[] bytes) {
        try {
            toBash.write(bytes);
            toBash.flush();
        } catch (IOException closed) {
            bash.end();
        }
    }

    void resize(Size size) {
        try {
            if (!terminal.size().equals(size)) {
                terminal.size(size);
            }
        } catch (IOException gone) {
            // The terminal went with bash; the next one is opened at its proper size.
        }
    }

    /** Lets bash exit, so that its background jobs live on in the lab host; ends bash if it does not exit. */
    @Override
    public void close() {
        // Asked once, bash may say that there are stopped jobs; asked again it goes.
        try {
            for (int asked = 0; asked < 2 && dialogue.capture(new ByteArrayOutputStream()); asked++) {
                BashLine exit = BashLine.hidden("exit");
                dialogue.begin(exit, true);
                toBash.write(exit.bytes());
                toBash.flush();
                dialogue.awaitEnd(EXIT_LIMIT);
            }
        } catch (IOException closed) {
            // It went by itself.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (bash.alive()) {
            bash.end();
        }
        try {
            terminal.close();
        } catch (IOException closed) {
            // Nothing is left to be closed.
        }
    }

    private void readAll(MarkScanner scanner) {
        byte[] buffer = new byte[1 << 14];
        try (InputStream output = terminal.output()) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                scanner.feed(buffer, 0, n);
            }
        } catch (IOException closed) {
            // The terminal's other side is gone: bash ended, and awaitEnd says how.
        }
        scanner.end();
    }

    private void awaitEnd() {
        try {
            int exit = bash.waitFor();
            dialogue.ends(exit, this::leftUnread);
        } catch (InterruptedException stop) {
            // The program ends.
        }
    }

    private byte[] leftUnread() {
        return BashPreparation.keysAlone(terminal.leftUnread(daemon("last-keys", listener::commandEnds)));
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    // --- for the dialogue ---

    /** Tells bash that no more keystrokes are coming. */
    void sign() {
        write(new byte[] {BashPreparation.NO_MORE_KEYS});
    }

    void eraseLine() {
        write(new byte[] {KILL_LINE});
    }

    /** Where to write keystrokes for the command. */
    OutputStream keys() {
        return new OutputStream() {
            @Override
            public void write(int key) throws IOException {
                write(new byte[] {(byte) key}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    dialogue.typed(bytes, offset, length);
                }
                toBash.write(bytes, offset, length);
                toBash.flush();
            }
        };
    }

    // --- for the care ---

    /** Takes keystrokes from now on, even where bash said that its command ended; forgets how often Ctrl-C was pressed. */
    void hearKeys() {
        listener.commandBegins(keys());
        dialogue.forgetPresses();
    }

    /**
     * Whether bash's terminal is in raw mode; empty where that cannot be seen from here. The lab host cannot always tell it: the terminal of an
     * ordinary user of the machine belongs to nobody inside, and cannot be opened there.
     */
    Optional<Boolean> raw() {
        try {
            return bash.ownsTerminal() ? Optional.of(terminal.raw()) : Optional.empty();
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    void key(byte key) {
        write(new byte[] {key});
    }

    /** Continues the local program that leads to bash; it stops together with bash. */
    void goOn() {
        bash.goOn();
    }

    /** Types a line that brings the marks back. */
    void mend(BashPreparation.Mending mending) {
        dialogue.assumeBegun();
        dialogue.mending(mending);
        write(mending.line().bytes());
    }

    /** Ends bash; the wait for its line ends too. */
    void abandon() {
        bash.end();
    }

    void tell(Mishap mishap) {
        listener.tell(mishap);
    }

    /** Gets bash's output. Called by several threads of the shell, but output only by the reading thread. */
    interface Listener {
        /** A command runs from now on. @param keys where to write the learner's keystrokes */
        void commandBegins(OutputStream keys);

        /** The command has ended; when this method returns, nothing more may be written to its keystrokes. */
        void commandEnds();

        /** Output of the command that runs. */
        void output(byte[] bytes, int offset, int length);

        /** Output while bash waits for a line, for example of a background job. */
        void background(String text);

        /** Something happened to bash while a line was on its way; called by any thread. */
        void tell(Mishap mishap);
    }
}
