package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.AsOrdinaryUser;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The terminal of an ordinary user is nobody's inside a lab host, and much of what mends a broken bash asks about terminals. */
@Tag("kernel")
class BrokenByOrdinaryUserTest {
    @TempDir
    Path folder;

    @Test
    void the_shell_goes_on_for_an_ordinary_user_as_well() throws Exception {
        // Another user's run of the whole battery proves what that user can have.
        if (System.getProperty("user.name").equals("root")) {
            assertThat(AsOrdinaryUser.said(folder, "yes", OrdinaryScriptCases.class))
                    .contains("as drydock-learner: ")
                    .contains(" 0 failed");
        }
    }
}
