package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever builds as root runs all of the sandbox's tests a second time without being it. */
@Tag("kernel")
class OrdinaryUserTest {
    @TempDir
    Path folder;

    @Test
    void everything_holds_for_an_ordinary_user_as_well() throws Exception {
        runs("yes", SandboxTest.class, DockerTest.class, TerminalProgramTest.class, LeftoversTest.class);
    }

    @Test
    void without_subordinate_ids_worlds_can_be_built_by_hand_and_docker_is_refused_with_the_reason() throws Exception {
        runs("no", OneIdCases.class);
    }

    private void runs(String range, Class<?>... classes) throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            // Then the other test classes of this run prove what this user can have.
            return;
        }
        assertThat(said(folder, range, classes))
                .contains("as drydock-learner: ")
                .contains(" 0 failed");
    }

    /** Runs test classes as a user of that name in a session keyring and a control group of his own. @param range whether he has subordinate ids */
    static String said(Path folder, String range, Class<?>... classes) throws Exception {
        String script = new String(
                Objects.requireNonNull(OrdinaryUserTest.class.getResourceAsStream("as-ordinary-user.sh"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "bash", "-c", script, "as-ordinary-user"));
        command.add(folder.toString());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(RunsTests.class.getName());
        for (Class<?> tests : classes) {
            command.add(tests.getName());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RANGE", range);
        Process run = builder.start();
        run.getOutputStream().close();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        return said;
    }
}
