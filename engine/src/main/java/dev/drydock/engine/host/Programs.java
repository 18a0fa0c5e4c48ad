package dev.drydock.engine.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs along the {@code PATH} of a given environment; Java's {@code ProcessBuilder} would use the PATH of this JVM. */
final class Programs {
    private Programs() {}

    /**
     * The full path of the first executable file of this name; empty where there is none.
     *
     * @param environment without {@code PATH}, /usr/bin and /bin are searched
     */
    static Optional<String> find(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst();
    }
}
