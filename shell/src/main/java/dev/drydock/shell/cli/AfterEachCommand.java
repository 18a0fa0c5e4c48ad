package dev.drydock.shell.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The setting whether the lab's shell tells after each command what that command changed. The setting is on while a file exists in the state
 * folder, so it holds in every terminal.
 */
public final class AfterEachCommand {
    private final Path file;

    public AfterEachCommand(Path state) {
        this.file = state.resolve("changes-after-each-command");
    }

    public boolean isOn() {
        return Files.exists(file);
    }

    void set(boolean on) throws IOException {
        if (on) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        } else {
            Files.deleteIfExists(file);
        }
    }
}
