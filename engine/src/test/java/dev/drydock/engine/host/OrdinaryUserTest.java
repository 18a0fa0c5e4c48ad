package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
        assertThat(AsOrdinaryUser.said(folder, range, classes))
                .contains("as drydock-learner: ")
                .contains(" 0 failed");
    }
}
