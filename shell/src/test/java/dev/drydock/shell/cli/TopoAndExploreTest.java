package dev.drydock.shell.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.Golden;
import dev.drydock.shell.cli.CommandLineFixture.Outcome;
import dev.drydock.shell.screen.ColorMode;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.SampleNetworks;
import dev.drydock.verify.facts.Facts;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopoAndExploreTest {
    @TempDir
    private Path folder;

    private CommandLineFixture lab;

    @BeforeEach
    void lay_a_library() throws IOException {
        lab = new CommandLineFixture(folder);
        lab.sessions.swept = SampleNetworks::broken;
    }

    // --- topo ---

    @Test
    void draws_the_open_lab_with_one_sweep_and_judges_nothing() {
        lab.open("one");
        Outcome outcome = lab.run("topo");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("docker0", "═══", "! eth0 in down is down");
        assertThat(lab.sessions.asked).containsExactly("resume one", "sweep");
    }

    @Test
    void means_the_lab_whose_shell_it_is_typed_in_whatever_was_used_last() {
        lab.open("two");
        lab.open("one");
        lab.sitIn("one");
        assertThat(lab.run("topo").status()).isZero();
        assertThat(lab.sessions.asked).as("on the session that is open there").containsExactly("sweep");
    }

    @Test
    void a_step_with_open_goals_is_skipped_by_somebody_who_insists() throws IOException {
        lab.lab("steps", CommandLineFixture.LAB + "  - {id: end, title: The end, say: Read., read: true}\n");
        lab.sitIn("steps");
        Outcome warned = lab.run("skip");
        assertThat(warned.status()).isEqualTo(1);
        assertThat(lab.sessions.asked).doesNotContain("skip");
        assertThat(warned.out()).contains("Without it they miss:").contains("○").contains("`solve` does this step");
        assertThat(lab.run("skip").out()).doesNotContain("miss");
        assertThat(lab.sessions.asked).containsExactly("skip");
    }

    @Test
    void a_shell_opens_no_other_and_ends_the_lab_that_is_named() {
        lab.open("one");
        lab.open("two");
        lab.sitIn("one");
        for (String line : List.of("start two", "resume two", "explore")) {
            Outcome refused = lab.run(line.split(" "));
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.out().replaceAll("\\s+", " "))
                    .isEqualTo("This shell belongs to one; leave it with exit, then lab " + line + ". ");
        }
        assertThat(lab.sessions.asked).isEmpty();
        assertThat(lab.run("finish", "two").status()).isZero();
        assertThat(lab.sessions.asked).containsExactly("close two");
        assertThat(lab.run("finish", "one").status()).isZero();
        assertThat(lab.sessions.asked).endsWith("finish");
        assertThat(lab.next).isEqualTo(OwnShell.Next.END);
    }

    @Test
    void the_command_has_no_verb_that_only_a_shell_has() {
        lab.open("one");
        for (String verb : List.of("lesson", "on")) {
            assertThat(lab.run(verb).err()).contains("lab has no verb '" + verb + "'");
        }
        lab.sitIn("one");
        assertThat(lab.run("lesson").status()).isZero();
        assertThat(lab.next).isEqualTo(OwnShell.Next.STEP);
        assertThat(lab.run("on", "beta ls  -l").status()).isZero();
        assertThat(lab.typedElsewhere).isEqualTo("beta ls  -l");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void says_that_there_is_no_room_for_another_process(boolean wrapped) {
        lab.open("one");
        lab.sessions.swept = () -> {
            OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
            if (wrapped) {
                throw new IllegalStateException(none);
            }
            throw none;
        };
        Outcome outcome = lab.run("topo");
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err()).contains("no more memory").doesNotContain("OutOfMemory");
    }

    @Test
    void says_that_no_lab_is_open() {
        assertThat(lab.run("topo").status()).isEqualTo(2);
    }

    @Test
    void tells_programs_all_of_it() throws IOException {
        lab.open("one");
        Outcome outcome = lab.run("topo", "--format", "json");
        Golden.matches("topology/broken.json", outcome.out());
        JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
        assertThat(json.getAsJsonArray("faults")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "svg"})
    void has_other_formats(String format) {
        lab.open("one");
        Outcome outcome = lab.run("topo", "--format", format);
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("vethgone").endsWith("\n");
        assertThat(lab.run("topo", "--format", format).out()).isEqualTo(outcome.out());
    }

    @Test
    void refuses_a_format_that_it_does_not_know_and_one_that_cannot_be_watched() {
        lab.open("one");
        assertThat(lab.run("topo", "--format", "png").status()).isEqualTo(2);
        assertThat(lab.run("topo", "--watch", "--format", "svg").status()).isEqualTo(2);
    }

    /** Sees these networks one after the other, then Ctrl-C. */
    private Outcome watch(ColorMode ink, Facts... seen) {
        Iterator<Facts> next = List.of(seen).iterator();
        lab.look = new DisplayOptions(80, 24, ink, true);
        lab.open("one");
        lab.sessions.swept = () -> {
            Facts facts = next.next();
            if (!next.hasNext()) {
                Thread.currentThread().interrupt();
            }
            return facts;
        };
        return lab.run("topo", "--watch");
    }

    @Test
    void draws_anew_only_when_the_picture_is_another_and_leaves_by_ctrl_c() {
        Facts empty = SampleNetworks.quiet();
        Outcome outcome = watch(ColorMode.NONE, empty, empty, SampleNetworks.broken(), SampleNetworks.broken());
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out().split("internet ", -1)).hasSize(3);
        assertThat(outcome.out()).doesNotContain("\033");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void never_clears_the_screen_between_two_pictures_and_leaves_the_last_one_behind() {
        Outcome outcome =
                watch(ColorMode.COLOUR, SampleNetworks.quiet(), SampleNetworks.broken(), SampleNetworks.broken());
        assertThat(outcome.out().split("\033\\[2J", -1)).hasSize(2);
        assertThat(outcome.out()).startsWith("\033[?1049h").contains("\033[?25l", "\033[H");
        String after = outcome.out().substring(outcome.out().indexOf("\033[?1049l"));
        assertThat(after).contains("vethgone").doesNotContain("\033[H");
    }

    @Test
    void draws_anew_in_a_window_of_another_size_without_asking_again() {
        DisplayOptions small = new DisplayOptions(60, 10, ColorMode.COLOUR, true);
        lab.writeTo(new StringWriter() {
            @Override
            public void write(String text) {
                super.write(text);
                if (text.contains("internet")) {
                    lab.look = small;
                }
            }

            @Override
            public void write(char[] text, int offset, int length) {
                write(new String(text, offset, length));
            }
        });
        watch(ColorMode.COLOUR, SampleNetworks.broken(), SampleNetworks.quiet());
        assertThat(lab.sessions.asked).containsExactly("resume one", "sweep", "sweep");
        String[] pages = lab.written().split("\033\\[H", -1);
        assertThat(pages).hasSize(3);
        assertThat(pages[1].lines()).hasSizeGreaterThan(10);
        assertThat(pages[2].substring(0, pages[2].indexOf("\033[J")).lines())
                .hasSize(10)
                .last(as(InstanceOfAssertFactories.STRING))
                .contains("more lines; a taller window shows them.");
    }

    // --- explore ---

    private Lab explored() {
        Session session = lab.conversed.orElseThrow();
        return session.lab();
    }

    @Test
    void begins_a_world_without_a_lesson() {
        assertThat(lab.run("explore", "--hosts", "alpha,beta", "--images", "httpd")
                        .status())
                .isZero();
        assertThat(explored().free()).isTrue();
        assertThat(explored().hosts()).containsExactly("alpha", "beta");
        assertThat(explored().images()).containsExactly("httpd");
        assertThat(explored().needs()).contains("docker");
    }

    @Test
    void leaves_docker_out() {
        assertThat(lab.run("explore", "--no-docker").status()).isZero();
        assertThat(explored().needs()).doesNotContain("docker");
        assertThat(explored().images()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"internet", "Alpha", "a b", "x'] \nsteps: [", "alpha,alpha"})
    void refuses_hosts_that_cannot_be(String hosts) {
        Outcome outcome = lab.run("explore", "--hosts", hosts);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).isNotBlank().doesNotContain("lab.yaml");
        assertThat(folder.resolve("home/.local/state/drydock/explore")).doesNotExist();
    }

    @Test
    void keeps_an_open_one_from_other_options() throws IOException {
        lab.run("explore", "--no-docker");
        Path file = folder.resolve("home/.local/state/drydock/explore/lab.yaml");
        String written = Files.readString(file);
        lab.sessions.open.add(new Sessions.Open("explore", file.toString(), "w1", "local", () -> true, "free-play"));
        assertThat(lab.run("explore").status()).isEqualTo(2);
        assertThat(Files.readString(file)).isEqualTo(written);
        assertThat(lab.run("explore", "--no-docker").status()).isZero();
    }

    @Test
    void says_to_verbs_of_a_lesson_that_there_is_none() {
        lab.run("explore", "--no-docker");
        Path file = folder.resolve("home/.local/state/drydock/explore/lab.yaml");
        lab.sessions.open.add(new Sessions.Open("explore", file.toString(), "w1", "local", () -> true, "free-play"));
        for (List<String> verb : List.of(
                List.of("check"),
                List.of("hint"),
                List.of("answer", "red"),
                List.of("solve"),
                List.of("next"),
                List.of("skip"))) {
            Outcome outcome = lab.run(verb.toArray(String[]::new));
            assertThat(outcome.status()).isEqualTo(2);
            assertThat(outcome.err()).contains("there is no lesson");
        }
        assertThat(lab.run("test", file.toString()).status()).isEqualTo(2);
        assertThat(lab.run("play", file.toString()).status()).isEqualTo(2);
        assertThat(lab.run("status").out()).contains("free play");
        assertThat(lab.run("lint", file.toString()).status()).isZero();
        assertThat(lab.run("finish").out()).contains("nothing of it is kept");
    }
}
