package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In what the launcher starts the JVM, with a program in its place that tells. */
class LauncherTest {
    private static final Path SETUP = Path.of(System.getProperty("drydock.root", ".."))
            .resolve("setup/java.bash")
            .toAbsolutePath();

    @TempDir
    private Path folder;

    private Path java;

    @BeforeEach
    void write_the_program() throws Exception {
        java = folder.resolve("java");
        Files.writeString(
                java,
                "#!/bin/bash\nstreams=$(for one in 0 1 2; do readlink /proc/$$/fd/$one; done)\n"
                        + "echo \"$streams\"$'\\n'\"$PWD|$LC_ALL|$DRYDOCK_LC_ALL\" >'"
                        + folder.resolve("told") + "'\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String started(String how) throws Exception {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "set -u; source '" + SETUP + "'; find_java() { echo '" + java + "'; }; go() { start_java '"
                                + folder + "'; }; " + how)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return Files.readString(folder.resolve("told"));
    }

    @Test
    void gives_no_file_of_the_jvm_the_number_of_a_closed_stream() throws Exception {
        assertThat(started("go <&-")).startsWith("/dev/null\n");
        assertThat(started("go <&- >&- 2>&-")).startsWith("/dev/null\n/dev/null\n/dev/null\n");
        assertThat(started("go </dev/zero >/dev/full 2>&1")).startsWith("/dev/zero\n/dev/full\n/dev/full\n");
    }

    @Test
    void lets_the_jvm_spell_any_file_name_and_remembers_the_locale() throws Exception {
        assertThat(started("export LC_ALL=C; go")).endsWith("|C.UTF-8|C\n");
        assertThat(started("unset LC_ALL; LANG=C; go")).endsWith("|C.UTF-8|\n");
        assertThat(Main.environment(Map.of("LC_ALL", "C.UTF-8", "DRYDOCK_LC_ALL", "", "LANG", "C")))
                .isEqualTo(Map.of("LANG", "C"));
        assertThat(Main.environment(Map.of("LC_ALL", "C.UTF-8", "DRYDOCK_LC_ALL", "ko_KR.UTF-8")))
                .isEqualTo(Map.of("LC_ALL", "ko_KR.UTF-8"));
        assertThat(Main.environment(Map.of("LC_ALL", "C"))).isEqualTo(Map.of("LC_ALL", "C"));
    }

    @Test
    void starts_in_the_root_folder_where_its_own_is_gone() throws Exception {
        String gone = "mkdir '" + folder + "/gone'; cd '" + folder + "/gone'; rmdir '" + folder + "/gone'; ";
        assertThat(started(gone + "unset PWD; go")).contains("\n/|");
    }
}
