package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Ends everything that one run started inside a lab host, children that made a session of their own or lost their parent
 * included: they are known by a mark in their environment, and their descendants by their parents.
 */
final class ProcessTree {
    /** Name of the environment variable that tells the processes of one run from those of another. */
    static final String MARK = "DRYDOCK_RUN";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String SCRIPT = Scripts.read("end-tree.sh");

    private ProcessTree() {}

    /**
     * @param enter makes a command run inside the lab host
     * @return whether the lab host could be told
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
