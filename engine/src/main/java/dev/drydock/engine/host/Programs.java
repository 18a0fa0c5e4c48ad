package dev.drydock.engine.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of this machine along the {@code PATH} of a given environment; Java itself would use the one that it was started with. */
final class Programs {
    private Programs() {}

    /** @param environment in which {@code PATH} is looked along; where it has none, the usual folders */
    static Optional<String> find(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst();
    }
}
