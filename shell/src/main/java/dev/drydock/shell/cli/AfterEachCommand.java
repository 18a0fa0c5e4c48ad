package dev.drydock.shell.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the lab's shell tells after each command what it changed; a file that is there or not, so that every terminal sees it. */
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
