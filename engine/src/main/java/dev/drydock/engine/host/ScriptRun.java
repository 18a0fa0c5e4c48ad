package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.Watchdog;

/** One run of one command under Commons Exec, with a watchdog that ends what the command started, not only the command. */
final class ScriptRun {
    private static final int KILLED = 137;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Runnable endTree;

    /** @param endTree ends the processes that the command started, itself included, where they cannot be seen from here */
    ScriptRun(List<String> command, Map<String, String> environment, Runnable endTree) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.endTree = endTree;
    }

    /** @param mark what the command writes to both streams when it is done, see {@link OutputStreams} */
    ProbeOutput execute(String mark, InputStream input, Duration limit, Consumer<String> out, Consumer<String> err) {
        CommandLine line = new CommandLine(command.get(0));
        command.stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        OutputStreams streams = new OutputStreams(mark, input, out, err);
        TreeWatchdog watchdog = new TreeWatchdog(limit, endTree);
        DefaultExecutor executor =
                DefaultExecutor.builder().setExecuteStreamHandler(streams).get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        long began = System.nanoTime();
        int exit;
        try {
            exit = executor.execute(line, environment);
        } catch (ExecuteException e) {
            exit = e.getExitValue();
        } catch (IOException e) {
            throw new HostTrouble(command.get(0) + " cannot be run: " + e.getMessage(), e);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        boolean timedOut = watchdog.killedProcess();
        return new ProbeOutput(timedOut ? KILLED : exit, streams.out(), streams.err(), elapsed, timedOut);
    }

    private static final class TreeWatchdog extends ExecuteWatchdog {
        private final Runnable endTree;
        private Process process;

        @SuppressWarnings("deprecation") // the builder makes no subclass
        TreeWatchdog(Duration limit, Runnable endTree) {
            super(Math.max(1, limit.toMillis()));
            this.endTree = endTree;
        }

        @Override
        public synchronized void start(Process started) {
            process = started;
            super.start(started);
        }

        @Override
        public synchronized void timeoutOccured(Watchdog watchdog) {
            try {
                if (isWatching()) {
                    endTree.run();
                }
            } finally {
                super.timeoutOccured(watchdog);
                // nsenter stops itself when its child is stopped, and then no gentler signal reaches it.
                process.destroyForcibly();
            }
        }
    }
}
