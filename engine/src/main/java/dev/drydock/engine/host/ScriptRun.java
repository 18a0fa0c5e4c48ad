package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Place.Ending;
import dev.drydock.verify.ProbeOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.Watchdog;

/**
 * One run of one command under Commons Exec. At the time limit its watchdog ends the command and, for a run in a lab host, all that the command
 * started. An object is for one {@code execute}.
 */
final class ScriptRun {
    private static final int KILLED = 137;

    private static final int PAUSE_MILLIS = 100;

    /** After this silence a stream counts as ended when the command was killed and could not write its mark. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** Writes the mark to both streams before the command starts, so that the messages of ssh or of a login shell before it are known. */
    private static final String BEGINNING = "cd 2>/dev/null; printf '\\1%s\\1' \"$1\"; printf '\\1%s\\1' \"$1\" >&2\n";

    /**
     * Writes the mark to both streams when the command is done, because a process in the background may keep them open. The mark alone stands in
     * command lines and environments, which a command may print; only the real end has control characters around it.
     */
    private static final String MARKING =
            BEGINNING + "\"${@:2}\"; status=$?; printf '\\1%s\\1' \"$1\"; printf '\\1%s\\1' \"$1\" >&2; exit $status";

    /**
     * The same for another machine, where the ssh process is ended once the command is done. What the command left in the background may write on:
     * tee goes on reading. The exit status comes before the mark on standard error.
     */
    private static final String DRAINED = BEGINNING
            + "exec > >(exec tee -p /dev/null) 2> >(exec tee -p /dev/null >&2)\n"
            + "\"${@:2}\"; status=$?; printf '\\1%s\\1' \"$1\"; printf '\\2%d\\1%s\\1' $status \"$1\" >&2; exit $status";

    private static final char STATUS = '\2';

    /** What OpenSSH's client says when the server lets no more sessions over one connection. */
    private static final String REFUSED = "Session open refused by peer";

    /** Exit status of ssh when it could not run the command, or lost the connection before the command ended. */
    static final int NO_CONNECTION = 255;

    private final Invocation invocation;
    private final String mark;
    private final boolean marking;
    private final Ending ending;
    private final Slowness pace;
    private final BooleanSupplier endTree;

    /** @param marking whether the command writes marks */
    private ScriptRun(
            Invocation invocation,
            String mark,
            boolean marking,
            Ending ending,
            Slowness pace,
            BooleanSupplier endTree) {
        this.invocation = invocation;
        this.mark = mark;
        this.marking = marking;
        this.ending = ending;
        this.pace = pace;
        this.endTree = endTree;
    }

    /**
     * The outcome of a run.
     *
     * @param before what was printed before the command began, for example by ssh; empty for a run without marks
     * @param reached whether the command began; always true for a run without marks
     * @param lost whether the connection to another machine broke before the command ended
     */
    record Ran(ProbeOutput output, String before, boolean reached, boolean lost) {}

    /**
     * A run of a command in a lab host, in root's home folder where that still exists.
     *
     * @param environment the complete environment of the command
     */
    static ScriptRun inside(Place place, HostAddress host, List<String> command, Map<String, String> environment) {
        String mark = UUID.randomUUID().toString();
        Map<String, String> marked = new LinkedHashMap<>(environment);
        marked.put(ProcessTree.MARK, mark);
        Slowness pace = place.pace();
        BooleanSupplier endTree =
                () -> ProcessTree.end(end -> place.entering(host, end, Scripts.ENVIRONMENT), mark, pace);
        Ending ending = place.ending();
        return new ScriptRun(
                place.entering(host, marking(ending, mark, command), marked), mark, true, ending, pace, endTree);
    }

    /** Turns a command into what starts it at its place. The command that it gets already contains the shell code that writes the marks. */
    interface Way {
        Invocation to(List<String> command);
    }

    /**
     * A run of a command with its own way to start it and to end it.
     *
     * @param endTree ends the command and all that it started; false when the place could not be reached
     */
    static ScriptRun by(Way way, Place place, List<String> command, BooleanSupplier endTree) {
        String mark = UUID.randomUUID().toString();
        Ending ending = place.ending();
        return new ScriptRun(way.to(marking(ending, mark, command)), mark, true, ending, place.pace(), endTree);
    }

    /**
     * A run of a command in the place, outside lab hosts. The command must leave nothing in the background.
     *
     * @param environment the complete environment of the command
     */
    static ScriptRun on(Place place, List<String> command, Map<String, String> environment) {
        if (place.ending() == Ending.PROCESS) {
            return plain(place.invocation(command, environment), place.pace());
        }
        return by(marking -> place.invocation(marking, environment), place, command, () -> true);
    }

    /** A run of a program on this machine, without marks. The program must leave nothing in the background. */
    static ScriptRun plain(Invocation invocation, Slowness pace) {
        return new ScriptRun(invocation, UUID.randomUUID().toString(), false, Ending.PROCESS, pace, () -> true);
    }

    private static List<String> marking(Ending ending, String mark, List<String> command) {
        List<String> all =
                new ArrayList<>(List.of("bash", "-c", ending == Ending.PROCESS ? MARKING : DRAINED, "run", mark));
        all.addAll(command);
        return all;
    }

    /** As {@link #execute(byte[], Duration, Consumer, Consumer)}, for a caller that needs the output only at the end. */
    Ran execute(byte[] input, Duration limit) {
        return execute(input, limit, text -> {}, text -> {});
    }

    /**
     * Runs the command and waits until it has ended or the limit is over. Where the ssh server refuses one more session on the connection, it is
     * tried again until the limit.
     *
     * @param input for its standard input
     * @param limit what the command may take on an ordinary machine; multiplied by the pace of the place
     * @param out receives pieces of standard output as they arrive, on any thread
     * @param err the same for standard error
     * @throws HostTrouble when the program cannot be started, or the ssh server refused a session until the limit
     */
    Ran execute(byte[] input, Duration limit, Consumer<String> out, Consumer<String> err) {
        long deadline = System.nanoTime() + pace.scale(limit).toNanos();
        while (true) {
            Ran ran = once(input, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())), out, err);
            if (ran.reached() || !ran.before().contains(REFUSED)) {
                return ran;
            }
            if (System.nanoTime() > deadline) {
                throw new HostTrouble(say("connection.max-sessions"));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ran;
            }
        }
    }

    private Ran once(byte[] input, Duration limit, Consumer<String> out, Consumer<String> err) {
        CommandLine line = new CommandLine(invocation.command().get(0));
        invocation.command().stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        OutputStreams streams = new OutputStreams(
                "\1" + mark + "\1", marking, new ByteArrayInputStream(input), out, err, pace.scale(SILENCE));
        TreeWatchdog watchdog = new TreeWatchdog(limit, endTree);
        DefaultExecutor executor = DefaultExecutor.builder()
                .setExecuteStreamHandler(streams)
                .setWorkingDirectory(Invocation.FOLDER)
                .get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        long began = System.nanoTime();
        int exit;
        try {
            exit = waited(executor, line, streams, watchdog);
        } catch (ExecuteException e) {
            exit = e.getExitValue();
        } catch (IOException e) {
            throw new HostTrouble(
                    say("program.cannot-run")
                            .with("program", invocation.command().get(0))
                            .with("error", String.valueOf(e.getMessage())),
                    e);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        boolean timedOut = watchdog.expired();
        boolean far = ending == Ending.MARK;
        boolean marked = streams.marked().isDone();
        String errors = streams.err();
        int status = far && marked ? errors.lastIndexOf(STATUS) : -1;
        if (status >= 0) {
            exit = Integer.parseInt(errors.substring(status + 1));
            errors = errors.substring(0, status);
        }
        ProbeOutput output = new ProbeOutput(timedOut ? KILLED : exit, streams.out(), errors, elapsed, timedOut);
        boolean lost = far && !marked && (timedOut ? watchdog.failed() : exit == NO_CONNECTION);
        return new Ran(output, streams.before(), !marking || streams.begun(), lost);
    }

    /**
     * Starts the command and returns when it is done; the ssh process that led to it is ended. When the thread is interrupted, the command is ended, and
     * the thread stays interrupted: the executor's own waiting would clear that.
     */
    private int waited(DefaultExecutor executor, CommandLine line, OutputStreams streams, TreeWatchdog watchdog)
            throws IOException {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        executor.execute(line, invocation.environment(), new ExecuteResultHandler() {
            @Override
            public void onProcessComplete(int exit) {
                ended.complete(exit);
            }

            @Override
            public void onProcessFailed(ExecuteException failed) {
                if (failed.getCause() instanceof IOException never) {
                    ended.completeExceptionally(never);
                } else {
                    ended.complete(failed.getExitValue());
                }
            }
        });
        try {
            (ending == Ending.PROCESS ? ended : CompletableFuture.anyOf(streams.marked(), ended)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException never) {
                throw never;
            }
            throw new IllegalStateException(e);
        }
        if (!ended.isDone()) {
            watchdog.letGo();
        }
        return ended.join();
    }

    private static final class TreeWatchdog extends ExecuteWatchdog {
        private final BooleanSupplier endTree;
        private Process process;
        private boolean expired;
        private boolean failed;
        private boolean letGo;

        @SuppressWarnings("deprecation") // the builder makes no subclass
        TreeWatchdog(Duration limit, BooleanSupplier endTree) {
            super(Math.max(1, limit.toMillis()));
            this.endTree = endTree;
        }

        @Override
        public synchronized void start(Process started) {
            process = started;
            super.start(started);
            if (letGo) {
                process.destroy();
            }
        }

        /** Whether the limit was over before the command ended; if so, the command was ended before this returns. */
        synchronized boolean expired() {
            return expired;
        }

        /** Whether the order to end the command could not be delivered. */
        synchronized boolean failed() {
            return failed;
        }

        /** Ends the process that was started here, and nothing else. */
        synchronized void letGo() {
            letGo = true;
            if (process != null) {
                process.destroy();
            }
        }

        @Override
        public synchronized void timeoutOccured(Watchdog watchdog) {
            try {
                if (isWatching()) {
                    expired = true;
                    failed = !endTree.getAsBoolean();
                }
            } finally {
                super.timeoutOccured(watchdog);
                // nsenter stops itself when its child is stopped, and then no gentler signal reaches it.
                process.destroyForcibly();
            }
        }
    }
}
