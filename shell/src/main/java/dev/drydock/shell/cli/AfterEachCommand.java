package dev.drydock.shell.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The setting whether the lab's shell tells what each command changed. It is a file of the state folder that exists or does not, so that it holds in every terminal. */
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
