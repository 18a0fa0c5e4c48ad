package dev.drydock.shell.repl;

import dev.drydock.engine.host.Pace;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where the talk with one bash stands: what it was sent, and what its marks say of that. Everything here is guarded by
 * {@code this}, but for what {@code reading thread} is said of. Nothing is written to bash while the lock is held: a full
 * terminal is emptied by the reading thread, which needs it.
 */
final class BashDialogue implements MarkScanner.Listener {
    private final Pace pace;
    private final LineShell shell;
    private final LineShell.Listener listener;

    private State state = State.STARTING;
    private Echo echo = Echo.NONE;
    private int continuations;
    private boolean moreWanted;
    private Optional<ByteArrayOutputStream> captured = Optional.empty();
    private Outcome.Ended last = new Outcome.Ended(0, "/", new byte[0]);
    private int exitOfBash;
    private long process;

    private long line;
    private boolean attended = true;
    private long heard = System.nanoTime();
    private int presses;
    private boolean endSeen;
    private Optional<Outcome.Ended> unproven = Optional.empty();
    private boolean unprovenSeen;
    private boolean mending;
    private Echo mendingEcho = Echo.NONE;

    /** Of the reading thread alone. */
    private final Utf8Pieces background = new Utf8Pieces();

    /** Of the reading thread alone. */
    private int signs;

    /** Of the reading thread alone. */
    private Echo signEcho = Echo.NONE;

    enum State {
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

    BashDialogue(LineShell shell, LineShell.Listener listener, Pace pace) {
        this.shell = shell;
        this.listener = listener;
        this.pace = pace;
    }

    synchronized State state() {
        return state;
    }

    synchronized Outcome.Ended last() {
        return last;
    }

    synchronized int exitOfBash() {
        return exitOfBash;
    }

    /** The number of bash's process in the lab host; 0 until bash told. */
    synchronized long process() {
        return process;
    }

    /** What comes of the lines from now on is no one's to see. @return false when bash does not wait for a line */
    synchronized boolean capture(ByteArrayOutputStream output) {
        if (state != State.WAITING) {
            return false;
        }
        captured = Optional.of(output);
        return true;
    }

    synchronized void captureNoMore() {
        captured = Optional.empty();
    }

    synchronized void begin(BashLine sent, boolean somebodyTypes) {
        if (state == State.GONE) {
            return;
        }
        echo = sent.verbatim() ? new Echo(sent.bytes()) : Echo.NONE;
        continuations = 0;
        moreWanted = sent.verbatim();
        state = State.SENT;
        line++;
        attended = somebodyTypes;
        presses = 0;
        endSeen = false;
        unproven = Optional.empty();
        unprovenSeen = false;
        mending = false;
        heard = System.nanoTime();
        notifyAll();
    }

    synchronized void mending(BashLine sent) {
        mending = true;
        mendingEcho = new Echo(sent.bytes());
        heard = System.nanoTime();
    }

    /** @param key the last of what was typed to the command */
    synchronized void typed(byte key) {
        heard = System.nanoTime();
        presses = key == 3 || key == 4 || key == 28 ? presses + 1 : 0;
    }

    synchronized void forgetPresses() {
        presses = 0;
    }

    synchronized void ends(int exit) {
        exitOfBash = exit;
        state = State.GONE;
        notifyAll();
    }

    /** Takes the prompt that came without the mark before it for one. */
    synchronized void acceptPrompt() {
        if (busy()) {
            Outcome.Ended seen = unproven.orElse(last);
            last = new Outcome.Ended(seen.exit(), seen.folder(), new byte[0]);
            state = State.WAITING;
            notifyAll();
        }
    }

    /** The line counts as begun though bash did not say so, and keys go to it. */
    void assumeBegun() {
        begun();
    }

    // --- waiting ---

    /** @return false when bash is gone; true as soon as a line is on its way */
    synchronized boolean awaitLine() throws InterruptedException {
        while (state != State.SENT && state != State.RUNNING && state != State.GONE) {
            wait();
        }
        return state != State.GONE;
    }

    /** Empty while no line is on its way. */
    synchronized Optional<BashCare.Standing> standing() {
        boolean busy = state == State.SENT || state == State.RUNNING;
        return busy
                ? Optional.of(new BashCare.Standing(
                        line,
                        captured.isPresent(),
                        state == State.SENT,
                        endSeen,
                        unproven.isPresent() || unprovenSeen,
                        attended,
                        presses,
                        heard,
                        Duration.ofNanos(System.nanoTime() - heard)))
                : Optional.empty();
    }

    synchronized boolean stillSilent(BashCare.Standing since) {
        return line == since.line() && heard == since.heard() && (state == State.SENT || state == State.RUNNING);
    }

    synchronized void awaitContinuation() throws InterruptedException {
        while (state == State.SENT && continuations == 0) {
            wait();
        }
    }

    synchronized Outcome awaitOutcome() throws InterruptedException {
        while (busy()) {
            wait();
        }
        return switch (state) {
            case WANTS_MORE -> new Outcome.WantsMore();
            case GONE -> new Outcome.Gone(exitOfBash);
            case STARTING, WAITING, SENT, RUNNING -> last;
        };
    }

    /** @return whether the line on its way ended in time */
    synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
        await(this::busy, limit);
        return !busy();
    }

    /** @return whether bash came up in time */
    synchronized boolean awaitStart(Duration limit) throws InterruptedException {
        await(() -> state == State.STARTING, limit);
        return state != State.STARTING && state != State.GONE;
    }

    private boolean busy() {
        return state == State.SENT || state == State.RUNNING;
    }

    private void await(BooleanSupplier still, Duration limit) throws InterruptedException {
        long nanos = pace.scale(limit).toNanos();
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && still.getAsBoolean(); left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    // --- what comes from bash: the reading thread ---

    @Override
    public void text(byte[] bytes, int offset, int length) {
        int from = signEcho.skip(bytes, offset, length);
        State now;
        Optional<ByteArrayOutputStream> sink;
        boolean refusal;
        synchronized (this) {
            now = state;
            sink = captured;
            refusal = now == State.SENT && moreWanted;
            if (now == State.SENT) {
                from = echo.skip(bytes, from, offset + length - from);
            }
            from = mendingEcho.skip(bytes, from, offset + length - from);
            heard = System.nanoTime();
        }
        int left = offset + length - from;
        if (left == 0 || now == State.STARTING || now == State.WANTS_MORE) {
            return;
        }
        if (sink.isPresent()) {
            if (now == State.RUNNING) {
                sink.get().write(bytes, from, left);
            }
        } else if (now == State.RUNNING || refusal) {
            listener.output(bytes, from, left);
        } else if (now == State.WAITING && !Echo.erases(bytes, from, left)) {
            listener.background(background.next(bytes, from, left));
        }
    }

    @Override
    public void mark(char kind, String payload) {
        synchronized (this) {
            heard = System.nanoTime();
        }
        switch (kind) {
            case 'I' -> identified(payload);
            case 'C' -> begun();
            case 'E' -> ending();
            case 'D' -> prompt(Outcome.Ended.parse(payload));
            case 'P' -> wantsMore();
            default -> {}
        }
    }

    private synchronized void identified(String payload) {
        process = payload.matches("\\d{1,18}") ? Long.parseLong(payload) : 0;
    }

    private void begun() {
        boolean seen;
        synchronized (this) {
            if (state != State.SENT) {
                return;
            }
            state = State.RUNNING;
            seen = captured.isEmpty();
        }
        if (seen) {
            listener.commandBegins(shell.keys());
        }
    }

    private void ending() {
        listener.commandEnds();
        synchronized (this) {
            endSeen = true;
        }
        // Sent before bash had switched its terminal's echo off, it comes back.
        signEcho = Echo.ofControl(BashPreparation.NO_MORE_KEYS);
        shell.sign();
        signs++;
    }

    private synchronized void wantsMore() {
        if (state == State.SENT && moreWanted) {
            state = State.WANTS_MORE;
        }
        continuations++;
        notifyAll();
    }

    /** Behind E it is bash's prompt; else it may be one that a command printed, and {@link BashCare} finds out. */
    private void prompt(Optional<Outcome.Ended.Prompt> prompt) {
        synchronized (this) {
            boolean proven = state == State.STARTING || endSeen;
            if (!proven || prompt.isEmpty()) {
                unproven = prompt.map(Outcome.Ended.Prompt::ended);
                unprovenSeen = true;
                return;
            }
        }
        if (signs > 1 || (signs > 0 && prompt.get().left())) {
            // Ctrl-C broke into the collecting, or bash could not collect: a sign may lie before bash's next line.
            shell.eraseLine();
        }
        ended(prompt.get().ended());
    }

    private void ended(Outcome.Ended outcome) {
        signs = 0;
        signEcho = Echo.NONE;
        boolean mended;
        synchronized (this) {
            mended = mending && captured.isEmpty();
            mending = false;
            mendingEcho = Echo.NONE;
        }
        if (mended) {
            listener.tell(Mishap.MENDED);
        }
        synchronized (this) {
            if (state == State.STARTING || state == State.SENT || state == State.RUNNING) {
                last = outcome;
                state = State.WAITING;
                notifyAll();
            }
        }
    }
}
