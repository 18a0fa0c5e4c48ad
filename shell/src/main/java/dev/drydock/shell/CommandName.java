package dev.drydock.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What to type to call Drydock again: {@code lab} where the shell finds that, else the path of the launcher in the clone. */
final class CommandName {
    private static final String INSTALLED = "lab";

    private CommandName() {}

    /**
     * @param app the folder of the jars, which a clone has below {@code .drydock}; empty where it is unknown
     * @param folder the working directory
     * @param search the value of PATH
     */
    static String of(Optional<Path> app, Path folder, String search) {
        Optional<Path> launcher = app.map(Path::toAbsolutePath)
                .map(Path::normalize)
                .map(Path::getParent)
                .filter(parent -> parent.endsWith(".drydock"))
                .map(parent -> parent.resolveSibling(INSTALLED))
                .filter(Files::isExecutable);
        if (launcher.isEmpty()) {
            return INSTALLED;
        }
        for (String place : search.split(File.pathSeparator)) {
            if (!place.isEmpty() && same(Path.of(place).resolve(INSTALLED), launcher.get())) {
                return INSTALLED;
            }
        }
        Path root = launcher.get().getParent();
        if (folder.equals(root)) {
            return "./" + INSTALLED;
        }
        return folder.startsWith(root)
                ? folder.relativize(launcher.get()).toString()
                : launcher.get().toString();
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isExecutable(one) && Files.isSameFile(one, other);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
