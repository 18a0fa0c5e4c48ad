package dev.drydock.shell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SolveSignTest {
    @TempDir
    private Path folder;

    /** The look after the last command waits until there is a sign of it. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shows_a_sign_of_life_while_the_goals_are_looked_at_after_the_last_command() throws Exception {
        CommandLineFixture lab = new CommandLineFixture(folder);
        lab.terminal = true;
        lab.writeTo(new StringWriter());
        lab.open("one");
        lab.sessions.lastCheck = () -> {
            while (!lab.written().contains("Looking at the lab")) {
                Thread.onSpinWait();
            }
        };
        lab.run("solve");
        assertThat(lab.written()).containsSubsequence("ip netns add red", "Looking at the lab");
    }
}
