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
 * The bash of a lab host, one line at a time.
 *
 * <p>Bash sits on a pseudo-terminal of its own and marks where a command's output begins (C), where it ended and how (D), and
 * where it wants more of a command (P). One thread reads what bash says and hands it on; one thread, the caller's, sends lines
 * and waits; a third, {@link BashCare}, sees to it that neither waits for a mark that never comes. Keys go to bash's terminal
 * between C and E only, the mark by which bash says that a command ended: then the reading thread takes the keys away from the
 * terminal and tells bash so, and only then comes D.
 */
final class LineShell implements Closeable {
    private static final List<String> BASH = List.of("bash", "--noprofile", "--norc", "--noediting", "-i");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration EXIT_LIMIT = Duration.ofMillis(400);

    /** How long the shell waits for what it asks bash for itself; a DEBUG trap may take any time. */
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

    private static final Duration INTERRUPT_LIMIT = Duration.ofMillis(500);

    /** A trap runs for the question and for the prompt behind it, and each has to be interrupted. */
    private static final int MOST_INTERRUPTS = 4;

    /** More than the prompts that bash shows before it believes that its input ended. */
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
     * Starts bash in the home folder of the host's root.
     *
     * @param environment what the lab host should know of the terminal: {@code TERM}, {@code LANG} …
     * @param preamble bash to be run before the first prompt, one line
     * @throws HostTrouble when it does not come up
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

    /** The status and folder of the last line. */
    Outcome.Ended last() {
        return dialogue.last();
    }

    /**
     * Gives bash a line, or several, and waits until it is ready for the next; the output goes to the listener.
     *
     * @param endInput whether a program that reads the terminal finds its end at once, as there is nobody to type
     */
    Outcome execute(String input, boolean endInput) {
        readyForLine();
        if (BashLine.fits(input)) {
            return send(BashLine.typed(input), endInput);
        }
        handIn(input);
        return send(BashLine.hidden("eval \"$__drydock_text\""), endInput);
    }

    /** Gives bash one more line of the command that it wants more of. */
    Outcome more(String input) {
        return send(BashLine.typed(input), false);
    }

    /**
     * Puts a text into a variable of bash, a physical line at a time: bash tells when it has read one, and no more than one
     * line's echo is ever on its way, so that none of it arrives when bash is done.
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

    /** Gives up the command that bash wants more of. */
    Outcome giveUp() {
        return send(new BashLine(new byte[] {INTERRUPT}, false), false);
    }

    /**
     * Runs a script in a subshell of the waiting bash, which knows the learner's functions, variables and folder; nothing of it is
     * seen or remembered. A script that takes too long is interrupted, as is one that is waited for when this thread is.
     *
     * @return what it prints; empty where it could not be run to its end
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

    /** An interrupt of this thread is a Ctrl-C for what bash does. */
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

    /** Lets bash exit, so that its background jobs live on in the host; ends it when it does not. */
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

    /** Says that no more keys are coming. */
    void sign() {
        write(new byte[] {BashPreparation.NO_MORE_KEYS});
    }

    void eraseLine() {
        write(new byte[] {KILL_LINE});
    }

    /** Where what is typed to a command goes. */
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

    /** Keys come here from now on, also where bash said that they need not; those of before mean nothing. */
    void hearKeys() {
        listener.commandBegins(keys());
        dialogue.forgetPresses();
    }

    /**
     * Whether keys reach the reader one by one, where that can be seen from here. Inside, a terminal that belongs to an ordinary user of
     * the machine is nobody's, and cannot be opened.
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

    /** Where bash was stopped, whoever leads to it from here has stopped as well. */
    void goOn() {
        bash.goOn();
    }

    /** Types a line that brings the marks back. */
    void mend(BashPreparation.Mending mending) {
        dialogue.assumeBegun();
        dialogue.mending(mending);
        write(mending.line().bytes());
    }

    /** Ends bash, and with it the line that is waited for. */
    void abandon() {
        bash.end();
    }

    void tell(Mishap mishap) {
        listener.tell(mishap);
    }

    /** Told by the reading thread what bash's terminal says. */
    interface Listener {
        /** A command runs from now on. @param keys where to write what the learner types */
        void commandBegins(OutputStream keys);

        /** The command ended; nothing may be written to its keys when this returns. */
        void commandEnds();

        /** Output of the command that runs. */
        void output(byte[] bytes, int offset, int length);

        /** Output that came while bash waits for a line: a job in the background. */
        void background(String text);

        /** Something befell bash while a line was on its way; called by any thread. */
        void tell(Mishap mishap);
    }
}
