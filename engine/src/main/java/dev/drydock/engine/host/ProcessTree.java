package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Ends every process that one run started in a lab host, also those with a session of their own and those that lost their parent: they are found by a
 * mark in their environment, and their descendants by their parents.
 */
final class ProcessTree {
    /** Environment variable that holds the id of a run. */
    static final String MARK = "DRYDOCK_RUN";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String SCRIPT = Scripts.read("end-tree.sh");

    private ProcessTree() {}

    /**
     * Ends the processes of the run with SIGKILL, and waits until they are gone.
     *
     * @param enter turns a command into one that runs in the lab host
     * @param mark the value of {@link #MARK} of the run
     * @return false when the lab host could not be reached, or the limit was over
     * @throws HostTrouble when the command cannot be started
     */
    static boolean end(Function<List<String>, Invocation> enter, String mark, Slowness pace) {
        ProcessBuilder builder = enter.apply(List.of("bash", "-c", SCRIPT, "end-tree", MARK + "=" + mark))
                .builder();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor(pace.scale(LIMIT).toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() != ScriptRun.NO_CONNECTION;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            throw new HostTrouble(say("host.command-not-ended", "error", String.valueOf(e.getMessage())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
