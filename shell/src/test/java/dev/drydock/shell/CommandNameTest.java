package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandNameTest {
    @TempDir
    private Path folder;

    private Path root;
    private Optional<Path> app;

    @BeforeEach
    void clone_it() throws IOException {
        root = Files.createDirectories(folder.resolve("drydock"));
        app = Optional.of(Files.createDirectories(root.resolve(".drydock/app-1")));
        Files.createFile(
                root.resolve("lab"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Test
    void is_the_way_to_the_launcher_of_a_clone() {
        assertThat(CommandName.of(app, root, "/usr/bin")).isEqualTo("./lab");
        assertThat(CommandName.of(app, root.resolve("labs/mine"), "/usr/bin")).isEqualTo("../../lab");
        assertThat(CommandName.of(app, folder, "/usr/bin"))
                .isEqualTo(root.resolve("lab").toString());
    }

    @Test
    void is_lab_where_the_shell_finds_that_or_the_package_installed_it() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("lab"), root.resolve("lab"));
        assertThat(CommandName.of(app, root, "/usr/bin:" + bin)).isEqualTo("lab");
        assertThat(CommandName.of(Optional.of(Path.of("/usr/share/drydock/jars")), root, "/usr/bin"))
                .isEqualTo("lab");
        assertThat(CommandName.of(Optional.empty(), root, "/usr/bin")).isEqualTo("lab");
    }
}
