package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a text file under {@code src/test/golden}; {@code -Dupdate} writes it anew. Escape characters are shown as ␛. */
public final class Golden {
    private static final Path FOLDER =
            Path.of(System.getProperty("drydock.root", ".."), "shell", "src", "test", "golden");

    private Golden() {}

    public static void matches(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        String visible = text.replace('\033', '␛');
        if ("true".equals(System.getProperty("update"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, visible);
        }
        assertThat(file).as("golden file; -Dupdate writes it").exists();
        assertThat(visible).as(name).isEqualTo(Files.readString(file));
    }
}
