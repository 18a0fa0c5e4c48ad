package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing gets out of a sandbox, whoever started it: {@link EscapeCases} in a JVM that has a session keyring of its own, as a login has it.
 */
@Tag("kernel")
class EscapeTest {
    @TempDir
    Path folder;

    @Test
    void out_of_a_world_that_this_account_began() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "keyctl",
                        "session",
                        "-",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RunsTests.class.getName(),
                        EscapeCases.class.getName()))
                .redirectErrorStream(true);
        Process run = builder.start();
        run.getOutputStream().close();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        assertThat(said).contains(" 0 failed");
    }

    @Test
    void out_of_a_world_of_an_ordinary_user_whose_control_group_is_his() throws Exception {
        ordinary("yes");
    }

    @Test
    void out_of_a_world_of_a_user_without_subordinate_ids() throws Exception {
        ordinary("no");
    }

    private void ordinary(String range) throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            assertThat(AsOrdinaryUser.said(folder, range, EscapeCases.class))
                    .contains("as drydock-learner: ")
                    .contains(" 0 failed");
        }
    }
}
