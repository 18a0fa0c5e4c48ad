package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.lab.Step;
import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a script uses it, on the real kernel: everything but the process and its standard streams. */
@Tag("kernel")
class WholeLabTest {
    private static final Path LABS = Path.of(System.getProperty("drydock.root", ".."), "labs")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    private record Outcome(int status, String out, String err) {}

    private Outcome lab(String typed, String... arguments) {
        StringWriter out = new StringWriter();
        return lab(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out, arguments);
    }

    private Outcome lab(InputStream in, StringWriter out, String... arguments) {
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
                in,
                out,
                err,
                environment,
                folder,
                LABS,
                false,
                () -> DisplayOptions.plain(true),
                () -> DisplayOptions.plain(true));
        int status = new Cli(surroundings, new Wiring(surroundings)).run(List.of(arguments));
        return new Outcome(status, out.toString(), err.toString());
    }

    /** The reference solutions as a student would type them, line by line. */
    private static String solutions(Lab lab) {
        StringBuilder typed = new StringBuilder();
        for (Step step : lab.steps()) {
            typed.append(step.question().isPresent() ? "solve\n" : step.solve().orElse(""))
                    .append("\nnext\n");
        }
        return typed.toString();
    }

    private static Lab byHand() {
        return LabReader.read(LABS.resolve("bridge-by-hand").resolve("lab.yaml"))
                .lab()
                .orElseThrow();
    }

    /** Not by cleanup, which ends every world of this user, also those of another test. */
    @AfterEach
    void leave_nothing_behind() throws IOException {
        lab("", "finish");
        assertThat(worlds()).isEmpty();
    }

    private List<Path> worlds() throws IOException {
        Path records = folder.resolve("state/drydock/worlds");
        if (!Files.exists(records)) {
            return List.of();
        }
        try (var all = Files.list(records)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void a_script_completes_a_lab_by_typing() {
        Outcome outcome = lab(solutions(byHand()), "start", "bridge-by-hand");
        assertThat(outcome.status()).as(outcome.toString()).isZero();
        int steps = byHand().steps().size();
        assertThat(outcome.out())
                .contains(
                        "step 1 of " + steps,
                        "step " + steps + " of " + steps,
                        "● br0 is up",
                        steps + " of " + steps + " steps done");
    }

    @Test
    void a_question_means_the_lab_whose_shell_it_is_typed_in() throws Exception {
        lab("exit\n", "start", "bridge-by-hand");
        StringWriter screen = new StringWriter();
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(keyboard)) {
            CompletableFuture<Outcome> playing =
                    CompletableFuture.supplyAsync(() -> lab(in, screen, "explore", "--hosts", "alpha,beta"));
            type("echo ready-$((40 + 2))\n", keyboard);
            await("ready-42", screen);
            lab("exit\n", "resume", "bridge-by-hand");
            type("why alpha beta\nfinish\n", keyboard);
            Outcome played = playing.get(1, TimeUnit.MINUTES);
            assertThat(played.out()).contains("alpha → beta   yes");
        }
    }

    private static void type(String typed, OutputStream keyboard) throws IOException {
        keyboard.write(typed.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private static void await(String text, StringWriter screen) throws InterruptedException {
        for (int tries = 0; tries < 600 && !screen.toString().contains(text); tries++) {
            Thread.sleep(100);
        }
        assertThat(screen.toString()).contains(text);
    }

    @Test
    void other_terminals_see_and_move_the_open_lab() {
        Outcome left = lab("ip netns add red\nexit\n", "start", "bridge-by-hand");
        assertThat(left.status()).as(left.toString()).isEqualTo(1);
        Outcome check = lab("", "check");
        assertThat(check.status()).as(check.toString()).isEqualTo(1);
        assertThat(check.out()).contains("● ", "○ ", "expected", "blue");
        assertThat(lab("", "next").status()).isEqualTo(1);
        assertThat(lab("", "solve").status()).isZero();
        assertThat(lab("", "next").out()).contains("step 2 of");
        JsonObject status =
                JsonParser.parseString(lab("", "status", "--json").out()).getAsJsonObject();
        assertThat(status.get("number").getAsInt()).isEqualTo(2);
        assertThat(lab("", "list").out()).contains("step 2/", "lab resume");
        assertThat(lab("ip netns list\n", "resume").out()).contains("step 2 of", "red", "blue");
        assertThat(lab("", "reset").status()).isZero();
        assertThat(lab("ip netns list\n", "resume").out()).contains("step 1 of").doesNotContain("\nblue");
        assertThat(lab("", "finish").status()).isZero();
        assertThat(lab("", "check").status()).isEqualTo(2);
    }

    @Test
    void a_lab_plays_itself_beside_the_students_own_run() throws IOException {
        assertThat(lab("exit\n", "start", "bridge-by-hand").status()).isEqualTo(1);
        Outcome played = lab("", "play", "bridge-by-hand");
        assertThat(played.status()).as(played.toString()).isZero();
        assertThat(played.out()).contains("$ ip netns add red", "● br0 is up", "steps done");
        assertThat(lab("", "status").out()).contains("step 1 of");
        assertThat(worlds()).as("the student's own").hasSize(1);
    }
}
