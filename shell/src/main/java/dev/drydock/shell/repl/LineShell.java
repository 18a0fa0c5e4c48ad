package dev.drydock.shell.repl;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.InteractiveProgram;
import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.Pace;
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
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;

/**
 * The bash of a lab host, one line at a time.
 *
 * <p>Bash sits on a pseudo-terminal of its own and marks where a command's output begins (C), where it ended and how (D), and
 * where it wants more of a command (P). One thread reads what bash says and hands it on; one thread, the caller's, sends lines
 * and waits. Keys go to bash's terminal between C and E only, the mark by which bash says that a command ended: then the reading
 * thread takes the keys away from the terminal and tells bash so, and only then comes D. {@code state} and what belongs to it are guarded by {@code this}.
 */
final class LineShell implements Closeable {
    private static final List<String> BASH = List.of("bash", "--noprofile", "--norc", "--noediting", "-i");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration EXIT_LIMIT = Duration.ofMillis(400);
    private static final byte END_OF_FILE = 4;
    private static final BashLine ERASE_LINE = new BashLine(new byte[] {21}, false);
    private static final BashLine SIGN = new BashLine(new byte[] {BashPreparation.NO_MORE_KEYS}, false);

    private final PseudoTerminal terminal;
    private final InteractiveProgram bash;
    private final Listener listener;
    private final Pace pace;
    private final OutputStream toBash;

    private State state = State.STARTING;
    private Echo echo = Echo.NONE;
    private int continuations;
    private boolean moreWanted;
    private Optional<ByteArrayOutputStream> captured = Optional.empty();
    private Outcome.Ended last = new Outcome.Ended(0, "/", new byte[0]);
    private int exitOfBash;

    private enum State {
        /** Bash has not yet shown its first prompt. */
        STARTING,
        /** Bash waits for a line. */
        WAITING,
        /** A line was sent; what comes now is its echo, or bash's refusal. */
        SENT,
        /** A command runs; what comes now is its output. */
        RUNNING,
        /** Bash asked for more of a command. */
        WANTS_MORE,
        GONE
    }

    private LineShell(PseudoTerminal terminal, InteractiveProgram bash, Pace pace, Listener listener) {
        this.pace = pace;
        this.terminal = terminal;
        this.bash = bash;
        this.listener = listener;
        this.toBash = terminal.input();
    }

    /**
     * Starts bash in the home folder of the host's root.
     *
     * @param environment what the lab host should know of the terminal: {@code TERM}, {@code LANG} …
     * @param preamble bash to be run before the first prompt, one line
     */
    static LineShell open(
            LabHost host, Size size, Map<String, String> environment, String preamble, Listener listener) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        try {
            PseudoTerminal terminal = PseudoTerminal.open(size);
            InteractiveProgram bash = host.interactive(terminal.path(), BASH, environment);
            LineShell shell = new LineShell(terminal, bash, host.pace(), listener);
            shell.start(nonce, preamble);
            return shell;
        } catch (IOException trouble) {
            throw new UncheckedIOException("no terminal for the lab host's bash: " + trouble.getMessage(), trouble);
        }
    }

    private void start(String nonce, String preamble) throws IOException {
        MarkScanner scanner = new MarkScanner(nonce, new FromBash());
        daemon("bash-output", () -> readAll(scanner));
        daemon("bash-end", this::awaitEnd);
        toBash.write((BashPreparation.line(nonce, preamble) + "\n").getBytes(StandardCharsets.UTF_8));
        toBash.flush();
        await(() -> state == State.STARTING, START_LIMIT);
        State now = state();
        if (now == State.STARTING || now == State.GONE) {
            close();
            throw new HostTrouble("the lab host's bash did not come up"
                    + (now == State.GONE ? "; it ended with status " + exitOfBash : ""));
        }
    }

    private synchronized State state() {
        return state;
    }

    /** The status and folder of the last line. */
    synchronized Outcome.Ended last() {
        return last;
    }

    /**
     * Gives bash a line, or several, and waits until it is ready for the next; the output goes to the listener.
     *
     * @param endInput whether a program that reads the terminal finds its end at once, as there is nobody to type
     */
    Outcome execute(String input, boolean endInput) {
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
        synchronized (this) {
            captured = Optional.of(new ByteArrayOutputStream());
        }
        for (int i = 0; i < lines.size() - 1; i++) {
            begin(lines.get(i));
            write(lines.get(i), false);
            awaitContinuation();
        }
        send(lines.get(lines.size() - 1), false);
        synchronized (this) {
            captured = Optional.empty();
        }
    }

    private synchronized void awaitContinuation() {
        while (state == State.SENT && continuations == 0) {
            await();
        }
    }

    /** Gives up the command that bash wants more of. */
    Outcome giveUp() {
        return send(new BashLine(new byte[] {3}, false), false);
    }

    /**
     * Runs a script in a subshell of the waiting bash, which knows the learner's functions, variables and folder, and returns
     * what it prints; nothing of it is seen or remembered.
     */
    String ask(String script) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        synchronized (this) {
            if (state != State.WAITING) {
                return "";
            }
            captured = Optional.of(answer);
        }
        send(BashLine.hidden("__drydock " + ShellWord.quoted(script)), false);
        synchronized (this) {
            captured = Optional.empty();
        }
        String text = answer.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        int from = text.indexOf('\036');
        int to = text.lastIndexOf('\037');
        return from < 0 || to < from ? "" : text.substring(from + 1, to);
    }

    /** Never writes while it holds the lock: a full terminal is emptied by the reading thread, which needs it. */
    private Outcome send(BashLine line, boolean endInput) {
        begin(line);
        write(line, endInput);
        return awaitOutcome();
    }

    private void write(BashLine line, boolean endInput) {
        try {
            byte[] bytes = line.bytes();
            if (endInput) {
                // In one piece: behind the line it is for the command, behind the command it would be for bash.
                bytes = Arrays.copyOf(bytes, bytes.length + 1);
                bytes[bytes.length - 1] = END_OF_FILE;
            }
            toBash.write(bytes);
            toBash.flush();
        } catch (IOException closed) {
            bash.end();
        }
    }

    private synchronized void begin(BashLine line) {
        if (state == State.GONE) {
            return;
        }
        echo = line.verbatim() ? new Echo(line.bytes()) : Echo.NONE;
        continuations = 0;
        moreWanted = line.verbatim();
        state = State.SENT;
    }

    private synchronized Outcome awaitOutcome() {
        while (state == State.SENT || state == State.RUNNING) {
            await();
        }
        return switch (state) {
            case WANTS_MORE -> new Outcome.WantsMore();
            case GONE -> new Outcome.Gone(exitOfBash);
            case STARTING, WAITING, SENT, RUNNING -> last;
        };
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
        for (int asked = 0; asked < 2 && leaves(); asked++) {
            await(() -> state == State.SENT || state == State.RUNNING, EXIT_LIMIT);
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

    private boolean leaves() {
        synchronized (this) {
            if (state != State.WAITING) {
                return false;
            }
            captured = Optional.of(new ByteArrayOutputStream());
        }
        BashLine exit = BashLine.hidden("exit");
        begin(exit);
        try {
            toBash.write(exit.bytes());
            toBash.flush();
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private synchronized void await(BooleanSupplier still, Duration limit) {
        long nanos = pace.scale(limit).toNanos();
        long deadline = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && still.getAsBoolean(); left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // both callers loop on the state
    private void await() {
        try {
            wait();
        } catch (InterruptedException stop) {
            // The learner's Ctrl-C reaches the command through its terminal; nothing else stops this wait but bash's
            // end.
            bash.end();
            Thread.currentThread().interrupt();
            state = State.GONE;
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
        int exit;
        try {
            exit = bash.waitFor();
        } catch (InterruptedException stop) {
            return;
        }
        synchronized (this) {
            exitOfBash = exit;
            state = State.GONE;
            notifyAll();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What comes from bash; called by the reading thread alone. */
    private final class FromBash implements MarkScanner.Listener {
        private int signs;
        private Echo signEcho = Echo.NONE;

        @Override
        public void text(byte[] bytes, int offset, int length) {
            int from = signEcho.skip(bytes, offset, length);
            State now;
            Optional<ByteArrayOutputStream> sink;
            synchronized (LineShell.this) {
                now = state;
                sink = captured;
                if (now == State.SENT) {
                    from = echo.skip(bytes, from, offset + length - from);
                }
            }
            int left = offset + length - from;
            if (left == 0 || now == State.STARTING || now == State.WANTS_MORE) {
                return;
            }
            if (sink.isPresent()) {
                if (now == State.RUNNING) {
                    sink.get().write(bytes, from, left);
                }
            } else if (now == State.RUNNING || (now == State.SENT && moreWanted)) {
                listener.output(bytes, from, left);
            } else if (now == State.WAITING && !Echo.erases(bytes, from, left)) {
                listener.background(bytes, from, left);
            }
        }

        @Override
        public void mark(char kind, String payload) {
            switch (kind) {
                case 'C' -> begun();
                case 'E' -> ending();
                case 'D' -> Outcome.Ended.parse(payload).ifPresent(this::ended);
                case 'P' -> wantsMore();
                default -> {}
            }
        }

        private void begun() {
            boolean seen;
            synchronized (LineShell.this) {
                if (state != State.SENT) {
                    return;
                }
                state = State.RUNNING;
                seen = captured.isEmpty();
            }
            if (seen) {
                listener.commandBegins(toBash);
            }
        }

        private void ending() {
            listener.commandEnds();
            // Sent before bash had switched its terminal's echo off, it comes back.
            signEcho = Echo.ofControl(BashPreparation.NO_MORE_KEYS);
            write(SIGN, false);
            signs++;
        }

        private void wantsMore() {
            synchronized (LineShell.this) {
                if (state == State.SENT && moreWanted) {
                    state = State.WANTS_MORE;
                }
                continuations++;
                LineShell.this.notifyAll();
            }
        }

        private void ended(Outcome.Ended outcome) {
            if (signs > 1) {
                // Ctrl-C broke into the collecting: one sign was taken, another may lie before bash's next line.
                write(ERASE_LINE, false);
            }
            signs = 0;
            signEcho = Echo.NONE;
            synchronized (LineShell.this) {
                if (state == State.STARTING || state == State.SENT || state == State.RUNNING) {
                    last = outcome;
                    state = State.WAITING;
                    LineShell.this.notifyAll();
                }
            }
        }
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
        void background(byte[] bytes, int offset, int length);
    }
}
