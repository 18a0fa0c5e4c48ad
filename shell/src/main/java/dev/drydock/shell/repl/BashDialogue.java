package dev.drydock.shell.repl;

import dev.drydock.engine.host.Slowness;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The state of the dialogue with one bash: what was sent, and what bash's marks say about that. Fields are guarded by {@code this}, except those of
 * the reading thread. No method writes to bash while it holds the lock: when bash's terminal is full, only the reading thread can empty it, and
 * that thread needs the lock.
 */
final class BashDialogue implements MarkScanner.Listener {
    private final Slowness pace;
    private final LineShell shell;
    private final LineShell.Listener listener;

    private State state = State.STARTING;
    private Echo echo = Echo.NONE;
    private int continuations;
    private boolean moreWanted;
    private Optional<ByteArrayOutputStream> captured = Optional.empty();
    private Outcome.Ended last = new Outcome.Ended(0, "/", new byte[0]);
    private int exitOfBash;
    private byte[] unread = new byte[0];
    private byte[] lineSent = new byte[0];
    private boolean lineUnread;
    private boolean endPending;
    private boolean endBefore;
    private long process;

    private long line;
    private boolean attended = true;
    private long heard = System.nanoTime();
    private int presses;
    private boolean interrupted;
    private boolean endSeen;
    private Optional<Outcome.Ended> unproven = Optional.empty();
    private boolean unprovenSeen;
    private Optional<Mishap> mending = Optional.empty();
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

    BashDialogue(LineShell shell, LineShell.Listener listener, Slowness pace) {
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

    /**
     * Whether bash has not read the last line as a line, so that it must be sent again: at the end of its input, bash shows several prompts before
     * it exits.
     */
    synchronized boolean lineUnread() {
        return lineUnread;
    }

    synchronized int exitOfBash() {
        return exitOfBash;
    }

    /** Bash's process ID inside the lab host; 0 until bash has told it. */
    synchronized long process() {
        return process;
    }

    /** Sends the output of the next lines to a buffer; the learner does not see it. @return false where bash does not wait for a line */
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

    /** Records a line; call this before the line is written. @param somebodyTypes false for a line of a script */
    synchronized void begin(BashLine sent, boolean somebodyTypes) {
        if (state == State.GONE) {
            lineUnread = true;
            return;
        }
        lineUnread = false;
        endBefore = endPending;
        lineSent = sent.bytes();
        echo = sent.verbatim() ? new Echo(sent.bytes()) : Echo.NONE;
        continuations = 0;
        moreWanted = sent.verbatim();
        state = State.SENT;
        line++;
        attended = somebodyTypes;
        forgetPresses();
        endSeen = false;
        unproven = Optional.empty();
        unprovenSeen = false;
        mending = Optional.empty();
        heard = System.nanoTime();
        notifyAll();
    }

    synchronized void mending(BashPreparation.Mending sent) {
        mending = Optional.of(sent.mishap());
        mendingEcho = new Echo(sent.line().bytes());
        heard = System.nanoTime();
    }

    /** Records keystrokes that go to the command. */
    synchronized void typed(byte[] keys, int offset, int length) {
        heard = System.nanoTime();
        for (int i = offset; i < offset + length; i++) {
            byte key = keys[i];
            presses = key == 3 || key == 4 || key == 28 ? presses + 1 : 0;
            interrupted |= key == 3;
        }
    }

    synchronized void forgetPresses() {
        presses = 0;
        interrupted = false;
    }

    /**
     * Records that bash has ended.
     *
     * @param exit bash's exit status
     * @param left takes the unread keystrokes from the terminal; called without the lock, and only while a line of the learner runs
     */
    void ends(int exit, Supplier<byte[]> left) {
        boolean typedTo;
        synchronized (this) {
            typedTo = busy() && captured.isEmpty();
        }
        byte[] taken = typedTo ? left.get() : new byte[0];
        synchronized (this) {
            exitOfBash = exit;
            lineUnread = state == State.SENT && startsWith(taken, lineSent);
            unread = Arrays.copyOfRange(taken, lineUnread ? lineSent.length : 0, taken.length);
            state = State.GONE;
            notifyAll();
        }
    }

    private static boolean startsWith(byte[] whole, byte[] head) {
        return whole.length >= head.length && Arrays.equals(whole, 0, head.length, head, 0, head.length);
    }

    /** Treats a prompt mark that came without an end mark as bash's prompt. */
    synchronized void acceptPrompt() {
        if (busy()) {
            Outcome.Ended seen = unproven.orElse(last);
            last = new Outcome.Ended(seen.exit(), seen.folder(), new byte[0]);
            state = State.WAITING;
            notifyAll();
        }
    }

    /** Treats the line as begun although bash has not said so; keystrokes go to it. */
    void assumeBegun() {
        begun();
    }

    // --- waiting ---

    /** Waits for a line that is on its way. @return false when bash has ended */
    synchronized boolean awaitLine() throws InterruptedException {
        while (state != State.SENT && state != State.RUNNING && state != State.GONE) {
            wait();
        }
        return state != State.GONE;
    }

    /** The state of the line on its way; empty where there is none. */
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
                        interrupted,
                        heard,
                        Duration.ofNanos(System.nanoTime() - heard)))
                : Optional.empty();
    }

    /** Whether the same line is still on its way, and nothing was heard, typed or sent since. */
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
            case GONE -> new Outcome.Gone(exitOfBash, lineUnread, unread);
            case STARTING, WAITING, SENT, RUNNING -> last;
        };
    }

    /** @return whether the line on its way ended within the limit, which is scaled by the host's pace */
    synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
        await(this::busy, limit);
        return !busy();
    }

    /** @return whether bash showed its first prompt within the limit, which is scaled by the host's pace */
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
            endPending = true;
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

    /** After an end mark (E) this is bash's prompt. Otherwise a command may have printed it, and {@link BashCare} finds out. */
    private void prompt(Optional<Outcome.Ended.Prompt> prompt) {
        synchronized (this) {
            boolean before = endBefore && state == State.SENT;
            endBefore = false;
            endPending = false;
            if (before
                    && prompt.map(one -> !startsWith(one.ended().typedAhead(), lineSent))
                            .orElse(true)) {
                // The prompt of what came before the line, which lies on the terminal still.
                return;
            }
            boolean proven = state == State.STARTING || endSeen || before;
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
        Optional<Mishap> mended;
        synchronized (this) {
            mended = captured.isEmpty() ? mending : Optional.empty();
            mending = Optional.empty();
            mendingEcho = Echo.NONE;
        }
        mended.ifPresent(listener::tell);
        synchronized (this) {
            if (state == State.STARTING || state == State.SENT || state == State.RUNNING) {
                byte[] ahead = outcome.typedAhead();
                lineUnread = state == State.SENT && startsWith(ahead, lineSent);
                last = new Outcome.Ended(
                        outcome.exit(),
                        outcome.folder(),
                        Arrays.copyOfRange(ahead, lineUnread ? lineSent.length : 0, ahead.length));
                state = State.WAITING;
                notifyAll();
            }
        }
    }
}
