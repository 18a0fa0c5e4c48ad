package dev.drydock.engine.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to be started on this machine, which may lead to another machine (ssh).
 *
 * @param command program and arguments on this machine
 * @param environment the complete environment of that program
 */
public record Invocation(List<String> command, Map<String, String> environment) {
    public Invocation {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The working directory of everything that is started: Drydock's own may have been removed, or may not be accessible. */
    static final Path FOLDER = Path.of("/");

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
