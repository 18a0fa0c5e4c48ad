package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drydock.engine.host.Worlds.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines that refuse what a world is made of, for an ordinary user with subordinate ids. They are made in a user namespace with all ids, which has
 * its own limits and mounts; only root can make one, so that these are skipped, and counted as skipped, for an ordinary user.
 */
@Tag("kernel")
class RefusedNamespacesTest {
    private static final int LIMIT_SECONDS = 60;

    /** Waits for its ids, refuses what $1 says, and becomes an ordinary user. */
    private static final String REFUSING =
            """
            echo ready; read -r
            { cat /etc/passwd; echo learner:x:41234:41234::/:/bin/bash; } >"$2/passwd" && mount --bind "$2/passwd" /etc/passwd
            echo learner:100000:65536 >"$2/sub" && mount --bind "$2/sub" /etc/subuid && mount --bind "$2/sub" /etc/subgid
            eval "$1"
            exec setpriv --reuid 41234 --regid 41234 --clear-groups bash -c "${@:3}"
            """;

    private static final String NO_NAMESPACES = "echo 0 >/proc/sys/user/max_user_namespaces";
    /** As where AppArmor gives a user namespace without capabilities: it can be made, and nothing in it. */
    private static final String NOTHING_INSIDE = "echo 0 >/proc/sys/user/max_mnt_namespaces";

    private static final String HIDDEN_PROC = "mount --bind /dev/null /proc/version";

    private static final boolean CONTAINER =
            Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv"));

    @TempDir
    private Path folder;

    private record Said(int exit, String text) {}

    /** @param script and its arguments, run by bash as an ordinary user where something is refused */
    private Said where(String refused, Map<String, String> environment, String... script) throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "--user", "--mount", "--keep-caps"));
        command.addAll(List.of("bash", "-c", REFUSING, "refusing", refused, folder.toString()));
        command.addAll(List.of(script));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            int first = process.getInputStream().read();
            assertThat(first).isEqualTo('r');
            for (String file : List.of("uid_map", "gid_map")) {
                Files.writeString(Path.of("/proc", Long.toString(process.pid()), file), "0 0 4294967295\n");
            }
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> text(process));
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            // Until the end of the pipe, which anything left behind would hold open.
            String text = said.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), text.substring("eady\n".length()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Capability> capabilities(String refused) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Said said = where(
                refused,
                Map.of("APPARMOR_PROFILE", Scripts.read("drydock-world.apparmor")),
                Capabilities.SCRIPT,
                "capabilities");
        return Capabilities.parse(said.text().lines().toList()).stream()
                .collect(Collectors.toMap(Capability::name, Function.identity()));
    }

    private Said build(String refused) throws Exception {
        return where(
                refused,
                Map.of("WORLD_SH", "echo +ready"),
                Scripts.read("namespace.sh") + Scripts.read("build.sh"),
                "drydock-build",
                "0123456789abcdef",
                "1g",
                "4096",
                "no",
                "",
                "a-lab",
                "/nowhere",
                "labhost");
    }

    @BeforeEach
    void only_root_can_make_such_a_machine() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
    }

    @Test
    void a_start_ends_at_once_where_no_user_namespace_can_be_made() throws Exception {
        Said said = build(NO_NAMESPACES);
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.text()).contains("unshare");
    }

    @Test
    void a_start_ends_at_once_where_a_user_namespace_can_do_nothing() throws Exception {
        Said said = build(NOTHING_INSIDE);
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.text()).contains("unshare");
    }

    @Test
    void the_cause_is_told_once_with_its_remedy_and_nothing_that_depends_on_it_has_one() throws Exception {
        Map<String, Capability> all = capabilities(NO_NAMESPACES);
        assertThat(all.get("userns")).returns(false, Capability::present).returns(true, one -> one.detail()
                .startsWith("user.max_user_namespaces is 0"));
        // In a container it is for the machine around it.
        assertThat(all.get("userns").remedy())
                .isEqualTo(Optional.of("sudo sysctl -w user.max_user_namespaces=15000")
                        .filter(remedy -> !CONTAINER));
        for (String depending : List.of("netns", "proc", "veth", "bridge", "iptables", "overlay", "docker", "subuid")) {
            assertThat(all.get(depending))
                    .as(depending)
                    .returns(false, Capability::present)
                    .returns(true, one -> one.remedy().isEmpty());
        }
    }

    @Test
    void a_user_namespace_in_which_nothing_can_be_done_does_not_count() throws Exception {
        assertThat(capabilities(NOTHING_INSIDE).get("userns")).returns(false, Capability::present);
    }

    @Test
    void a_hidden_part_of_proc_is_found_before_a_lab_starts() throws Exception {
        Map<String, Capability> all = capabilities(HIDDEN_PROC);
        assertThat(all.get("userns")).returns(true, Capability::present);
        assertThat(all.get("subuid")).returns(true, Capability::present);
        assertThat(all.get("veth")).returns(true, Capability::present);
        assertThat(all.get("proc")).returns(false, Capability::present);
        assertThat(all.get("docker")).returns(false, Capability::present);
    }

    @Test
    void the_ordinary_user_of_these_tests_can_do_all_of_it_where_nothing_is_refused() throws Exception {
        Map<String, Capability> all = capabilities(":");
        for (String needed : List.of("userns", "subuid", "netns", "proc", "veth", "bridge", "iptables", "docker")) {
            assertThat(all.get(needed)).as(needed).returns(true, Capability::present);
        }
    }
}
