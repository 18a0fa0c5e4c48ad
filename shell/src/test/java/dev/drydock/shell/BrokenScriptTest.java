package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Breakings.Breaking;
import dev.drydock.shell.Breakings.Kind;
import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** A script that breaks what it can, in a lab host of free play: the shell goes on, or says what happened and with which status. */
@Tag("kernel")
class BrokenScriptTest {
    /** Names of classes and methods of ours, and what a trace looks like. */
    static final String TRACE = "(?s).*(\\tat |Exception|OutOfMemoryError|dev\\.drydock\\.|stumbled over a mistake).*";

    @TempDir
    private static Path folder;

    private record Outcome(int status, String out, String err) {}

    static Stream<Breaking> breakings() {
        return Breakings.inTime().stream();
    }

    @BeforeAll
    static void build_a_host() {
        keep();
    }

    private static void keep() {
        assertThat(explore("echo kept-$((6*7)) >/root/kept").status()).isZero();
    }

    @AfterAll
    static void find_the_host_as_it_was_and_end_it() {
        assertThat(explore("cat /root/kept").out()).contains("kept-42");
        assertThat(lab("", "finish").status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("breakings")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void goes_on_or_says_why_not(Breaking breaking) {
        String back = breaking.kind() == Kind.ELSEWHERE ? "exec >/dev/tty\n" : "";
        Outcome outcome = explore("cat /root/kept\n" + breaking.lines() + "\n" + back + "echo alive-$((6*7))");
        assertThat(outcome.err()).as(breaking.toString()).doesNotMatch(TRACE);
        assertThat(outcome.out()).as(breaking.toString()).doesNotMatch(TRACE);
        assertThat(outcome.out()).as("the host that was found").contains("kept-42");
        if (breaking.kind() == Kind.HOST_GONE) {
            assertThat(outcome.status()).as(breaking + ": " + outcome).isEqualTo(3);
            assertThat(outcome.err()).contains("lab host").contains("lab reset");
            assertThat(lab("", "reset").status()).isZero();
            keep();
            return;
        }
        assertThat(outcome.status()).as(breaking + ": " + outcome).isZero();
        assertThat(outcome.out()).as(breaking.toString()).contains("alive-42");
        if (breaking.kind() == Kind.HOST_BROKEN) {
            assertThat(lab("", "reset").status()).isZero();
            keep();
        }
    }

    /** These are the shell's to hear: it leaves, and bash and its host stay as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"exit 5", "exit", "exit;", "logout", "logout 3"})
    void leaves_when_it_is_told_to(String line) {
        Outcome outcome = explore("cat /root/kept\n" + line + "\necho alive-$((6*7))");
        assertThat(outcome.status()).as(line + ": " + outcome).isZero();
        assertThat(outcome.out())
                .contains("kept-42")
                .contains("lab resume returns to it")
                .doesNotContain("alive-42")
                .doesNotContain("bash ended");
    }

    /** These are bash's: it says what it does not like, or ends, and a new one takes its place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 5 6",
                "exit nonsense",
                "exit; true",
                "builtin exit 5",
                "(exit 5)",
                "exit 5 | cat",
                "builtin logout"
            })
    void hears_that_bash_was_to_exit(String line) {
        Outcome outcome = explore(line + "\necho alive-$((6*7))");
        assertThat(outcome.status()).as(line + ": " + outcome).isZero();
        assertThat(outcome.out()).as(line).contains("alive-42");
    }

    private static Outcome explore(String lines) {
        return lab(lines + "\n", "explore", "--no-docker");
    }

    private static Outcome lab(String typed, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> environment = Map.of(
                "HOME",
                folder.toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString(),
                "PATH",
                System.getenv("PATH"),
                "LANG",
                "C.UTF-8");
        CliContext surroundings = new CliContext(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                environment,
                folder,
                folder,
                false,
                () -> DisplayOptions.plain(true),
                () -> DisplayOptions.plain(true));
        int status = new Cli(surroundings, new Wiring(surroundings)).run(List.of(arguments));
        return new Outcome(status, out.toString(), err.toString());
    }
}
