package dev.drydock.engine.host;

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

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
