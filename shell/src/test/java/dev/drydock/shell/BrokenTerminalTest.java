package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Breakings.Breaking;
import dev.drydock.shell.Breakings.Kind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same breakings typed at a terminal, one after the other in one sitting: whatever a program does, the keys that end programs bring
 * the prompt back.
 */
@Tag("terminal")
class BrokenTerminalTest {
    /** What somebody presses who wants the prompt back, and what is tried when that did not bring it. */
    private static final String[][] WAYS_OUT = {
        {},
        {"C-c"},
        {"C-d"},
        {"q"},
        {"C-c", "C-d"},
        {"Escape", ":", "q", "!", "Enter"},
        {"C-c", "C-c", "C-c"},
        {"C-c"},
        {"C-c"}
    };

    private static final int TYPED = 159;

    @TempDir
    private static Path folder;

    private static Tmux terminal;
    private static int number;

    static Stream<Breaking> breakings() {
        // tmux itself dies of some random bytes.
        return Breakings.inTime().stream()
                .filter(one -> !one.lines().contains("urandom"))
                .limit(TYPED);
    }

    private static Tmux lab(Path home, String... arguments) throws Exception {
        String environment = "TERM=screen-256color HOME=" + home + " XDG_STATE_HOME=" + home.resolve("state");
        return Tmux.open(home, 100, 30, environment, "dev.drydock.shell.Main", arguments);
    }

    @BeforeAll
    static void sit_down() throws Exception {
        terminal = lab(folder, "explore", "--no-docker");
        terminal.await("labhost:~#");
        answers("echo kept-$((6*7)) >/root/kept");
    }

    @AfterAll
    static void find_the_host_as_it_was_and_end_it() throws Exception {
        terminal.line("cat /root/kept");
        terminal.await("kept-42");
        terminal.line("finish");
        terminal.await("left with 0");
        terminal.close();
    }

    @ParameterizedTest
    @MethodSource("breakings")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void gives_the_prompt_back(Breaking breaking) throws Exception {
        terminal.line("cat /root/kept");
        terminal.await("kept-42");
        terminal.clear();
        for (String line : breaking.lines().split("\n", -1)) {
            terminal.line(line);
        }
        switch (breaking.kind()) {
            case ANSWERS, HOST_BROKEN -> answers();
            case ELSEWHERE -> answers("exec >/dev/tty");
            case HOST_GONE -> terminal.await("lab reset");
        }
        assertThat(terminal.screen()).as(breaking.toString()).doesNotMatch(BrokenScriptTest.TRACE);
        if (breaking.kind() == Kind.HOST_GONE || breaking.kind() == Kind.HOST_BROKEN) {
            terminal.line("reset");
            answers("echo kept-$((6*7)) >/root/kept");
        } else {
            // What one breaking left behind is no part of the next.
            terminal.clear();
            for (int tries = 0;
                    tries < 5 && !terminal.sees(screen -> screen.contains("bash ended with status 137"), tries);
                    tries++) {
                // A trap that reads takes a line for itself, and a bash that does not answer is ended by Ctrl-C.
                terminal.line("kill -9 $$");
                if (tries > 1) {
                    terminal.keys("C-c");
                }
            }
            terminal.await("bash ended with status 137");
        }
    }

    /** Typed while somebody has a job in the background and a folder of his own. */
    @ParameterizedTest
    @ValueSource(strings = {"exit 5", "logout"})
    void leaves_when_it_is_told_to(String line, @TempDir Path other) throws Exception {
        try (Tmux first = lab(other, "explore", "--no-docker")) {
            first.await("labhost:~#");
            first.line("cd /run; sleep 1000 & echo kept-$((6*7)) >/root/kept");
            first.line(line);
            first.await("left with 0");
            assertThat(first.screen()).contains("lab resume").doesNotContain("bash ended");
        }
        try (Tmux again = lab(other, "resume")) {
            again.await("labhost:~#");
            again.line("cat /root/kept; pgrep -c sleep");
            again.await("kept-42\n1");
            again.line("finish");
            again.await("left with 0");
        }
    }

    private static void answers(String... before) throws Exception {
        number++;
        String sign = "alive-" + number + "-" + 42;
        for (String[] keys : WAYS_OUT) {
            // At the prompt Ctrl-D would leave.
            if (keys.length > 0 && !terminal.screen().stripTrailing().matches("(?s).*labhost:[^#]*#")) {
                terminal.keys(keys);
            }
            for (String line : before) {
                terminal.line(line);
            }
            terminal.line("echo alive-" + number + "-$((6*7))");
            if (terminal.sees(screen -> screen.contains(sign), 2)) {
                return;
            }
        }
        throw new AssertionError("no prompt comes back; the screen:\n" + terminal.screen());
    }
}
