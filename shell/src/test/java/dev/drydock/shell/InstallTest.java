package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher installs on each system. The systems that are not this one are known by lists of names with their source, in
 * {@code src/test/resources/packages}; that their tools install these is not tried here.
 */
class InstallTest {
    private static final Path ROOT =
            Path.of(System.getProperty("drydock.root", "..")).toAbsolutePath().normalize();
    private static final Path LISTS = ROOT.resolve("shell/src/test/resources/packages");

    /** Makes the functions answer as on a system of a list: the tool, the versions that the tool would install, its lists being there or not. */
    private static final String AS_ON =
            """
            set -u
            drydock_root=$1 list=$2 lists=$3
            source "$drydock_root/setup/functions.bash"
            source "$drydock_root/setup/java.bash"
            tool=$(sed -n 's/^# tool: //p' "$list")
            installable() { awk -v name="$1" '$1 == name { print $2 }' "$list"; }
            sudo() { :; }
            has_lists() { [[ $lists == yes ]]; }
            source() { IFS=- read -r ID VERSION_CODENAME < <(sed -n 's/^# release: //p' "$list"); }
            """;

    private record Said(int exit, String text) {}

    private static Said bash(Path folder, String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(Arrays.asList(arguments));
        Process bash = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(bash.waitFor(), text);
    }

    private static String on(String system, boolean lists, String script) throws Exception {
        Said said = bash(
                ROOT,
                AS_ON + script,
                ROOT.toString(),
                LISTS.resolve(system + ".txt").toString(),
                lists ? "yes" : "no");
        assertThat(said.exit()).as(said.text()).isZero();
        return said.text();
    }

    private static List<String> packages(String system, String kinds, boolean lists) throws Exception {
        return on(system, lists, "wanted_packages \"$(needed_commands " + kinds + ")\" | cut -f1")
                .lines()
                .toList();
    }

    private static Stream<String> known(String system) throws IOException {
        return Files.readAllLines(LISTS.resolve(system + ".txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ")[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian-12",
                "debian-13",
                "debian-unstable",
                "ubuntu-22.04",
                "ubuntu-24.04",
                "fedora",
                "arch",
                "opensuse"
            })
    void every_system_has_what_running_and_building_need(String system) throws Exception {
        List<String> names = packages(system, "run build", true);
        assertThat(names).hasSizeGreaterThan(18).doesNotHaveDuplicates().doesNotContain("-");
        assertThat(known(system).toList())
                .containsAll(names.stream()
                        .flatMap(name -> Arrays.stream(name.split(" ")))
                        .toList());
        assertThat(packages(system, "run build", false))
                .as("what is guessed before the tool knows any package")
                .containsExactlyElementsOf(names);
        Golden.matches("packages/" + system + ".txt", on(system, true, "install_command " + String.join(" ", names)));
    }

    @Test
    void a_command_without_a_package_on_that_system_is_named() throws Exception {
        assertThat(on("fedora", true, "wanted_packages \"$(needed_commands test)\""))
                .contains("-\tlintian\n")
                .contains("tmux\t");
    }

    @Test
    void java_is_the_first_that_is_new_enough_and_the_docker_command_comes_from_where_it_is() throws Exception {
        Map<String, String> java = Map.of(
                "debian-12", "default-jdk-headless",
                "debian-13", "default-jdk-headless",
                "ubuntu-22.04", "openjdk-21-jdk-headless",
                "ubuntu-24.04", "default-jdk-headless");
        for (Map.Entry<String, String> expected : java.entrySet()) {
            assertThat(packages(expected.getKey(), "run", true).get(0)).isEqualTo(expected.getValue());
        }
        assertThat(packages("debian-12", "run", true)).contains("docker.io").doesNotContain("docker-cli");
        assertThat(packages("debian-13", "run", true)).contains("docker.io", "docker-cli");
    }

    /** The functions with a table of their own, of which nothing can be installed. */
    private static Said mending(Path root, String verbs) throws Exception {
        return bash(
                root,
                """
                set -u
                source "$2/setup/functions.bash"
                source "$2/setup/java.bash"
                drydock_root=$1 drydock_app=$1/.drydock
                install_packages() { say "would install $*"; return 3; }
                package_tool() { echo apt-get; }
                fetch_lists() { :; }
                sudo() { :; }
                """
                        + verbs,
                root.toString(),
                ROOT.toString());
    }

    @Test
    void a_start_of_a_lab_says_which_command_has_gone_and_what_brings_it(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("setup"));
        Files.createDirectories(root.resolve(".drydock"));
        Path table = root.resolve("setup/packages");
        Files.writeString(table, "run ls coreutils lists\nbuild no-such-compiler gone compiles\n");
        assertThat(mending(root, "mend_missing start")).isEqualTo(new Said(0, ""));

        Files.writeString(table, "run ls coreutils lists\nrun no-such-command its-package answers\n");
        assertThat(mending(root, "mend_missing --version; mend_missing doctor; mend_missing list"))
                .isEqualTo(new Said(0, ""));
        Said first = mending(root, "mend_missing start");
        assertThat(first.exit()).isZero();
        assertThat(first.text())
                .startsWith("Drydock needs a package that this machine lacks:\n  its-package ")
                .containsAnyOf(
                        "would install its-package",
                        "sudo apt-get update && sudo apt-get install -y --no-install-recommends its-package\n");
        // Root's failed installation is not tried again, an ordinary user is told at each start.
        assertThat(mending(root, "mend_missing start").text())
                .containsAnyOf("no-such-command, which labs run; installing it failed before", first.text());
    }
}
