package dev.drydock.engine.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a program is started from this machine, wherever it will run.
 *
 * @param command of this machine; for another place, the one that reaches it
 * @param environment all of what that command finds in its environment
 */
public record Invocation(List<String> command, Map<String, String> environment) {
    public Invocation {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Where everything is started: the folder that Drydock was started in may be gone, or not be the caller's to enter. */
    static final Path FOLDER = Path.of("/");

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
