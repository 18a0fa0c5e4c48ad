package dev.drydock.shell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.RunRecord;
import dev.drydock.engine.session.RunRecord.Entry;
import dev.drydock.engine.session.RunRecord.StepRecord;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.shell.Golden;
import dev.drydock.shell.cli.CommandLineFixture.Outcome;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final Instant BEGAN = Instant.parse("2026-11-30T01:00:00Z");

    @TempDir
    Path folder;

    private CommandLineFixture lab;

    @BeforeEach
    void begin() throws IOException {
        lab = new CommandLineFixture(folder);
        lab.sessions.record = Optional.of(run("one"));
    }

    @Test
    void tells_a_run_as_markdown() {
        Outcome outcome = lab.run("report");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out())
                .contains("# Report: A lab named one", "$ ip netns add red", "exit status 1", "    # by solve")
                .contains("Done with hints. Hints used: 2. Time: 4 min.")
                .contains("answer <script>alert(1)</script>    # not right")
                .contains("````\n$ ip netns", "$ echo '```' ")
                .contains("bridge", "br0")
                .doesNotContain("\u001b");
        assertThat(lab.sessions.asked).containsExactly("record ");
    }

    @Test
    void tells_a_run_as_a_page_in_which_what_was_typed_is_text() {
        String page = lab.run("report", "one", "--format", "html").out();

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Report: A lab named one</h1>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("src=\"data:image/svg+xml;base64,", "The network after this step")
                .doesNotContain("<script", "\u001b", "http://", "https://", "prefers-color-scheme");
    }

    @Test
    void tells_a_run_to_programs() throws IOException {
        Golden.matches("json/report.json", lab.run("report", "--format", "json").out());
    }

    @Test
    void tells_what_was_typed_as_a_recording() {
        List<String> lines = lab.run("report", "--format", "cast").out().lines().toList();

        assertThat(header(lines.get(0)).get("version").getAsInt()).isEqualTo(2);
        assertThat(written(lines))
                .contains("$ ip netns add red\r\n", "> answer ")
                .doesNotContain("\u001b");
    }

    @Test
    void writes_it_to_a_file_and_says_so() throws IOException {
        Outcome outcome = lab.run("report", "--output", "report.md");

        assertThat(outcome.out()).isEqualTo("The report is in report.md.\n");
        assertThat(Files.readString(folder.resolve("report.md"))).startsWith("# Report: ");
    }

    @Test
    void says_that_nothing_was_begun_and_tells_of_a_lab_whose_file_is_gone() {
        lab.sessions.record = Optional.of(run("gone"));
        assertThat(lab.run("report", "gone").out()).startsWith("# Report: gone\n");
        lab.sessions.record = Optional.empty();
        Outcome none = lab.run("report", "two");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("two was not begun");
        assertThat(lab.run("report").err()).contains("No lab was begun");
    }

    @Test
    void tells_of_the_lab_whose_shell_it_is_typed_in() throws IOException {
        lab.sitIn("two");
        lab.run("report");
        assertThat(lab.sessions.asked).containsExactly("record two");
    }

    @Test
    void records_a_play_for_asciinema() throws IOException {
        lab.sessions.complete = true;
        lab.sessions.move = Move.AT_END;
        Outcome outcome = lab.run("play", "one", "--record", "one.cast");

        List<String> lines = Files.readAllLines(folder.resolve("one.cast"));
        JsonObject header = header(lines.get(0));
        assertThat(header.get("version").getAsInt()).isEqualTo(2);
        assertThat(header.get("width").getAsInt()).isEqualTo(80);
        assertThat(header.get("title").getAsString()).isEqualTo("A lab named one");
        assertThat(written(lines).replace("\r\n", "\n")).isEqualTo(outcome.out());
        double before = 0;
        for (String line : lines.subList(1, lines.size())) {
            JsonArray event = JsonParser.parseString(line).getAsJsonArray();
            assertThat(event.get(1).getAsString()).isEqualTo("o");
            assertThat(event.get(0).getAsDouble()).isGreaterThanOrEqualTo(before);
            before = event.get(0).getAsDouble();
        }
        assertThat(before).as("who watches has time to read").isGreaterThan(2.5);
    }

    private static JsonObject header(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private static String written(List<String> lines) {
        StringBuilder all = new StringBuilder();
        lines.subList(1, lines.size())
                .forEach(line -> all.append(
                        JsonParser.parseString(line).getAsJsonArray().get(2).getAsString()));
        return all.toString();
    }

    private static RunRecord run(String id) {
        return new RunRecord(
                id,
                id,
                BEGAN,
                BEGAN.plusSeconds(300),
                true,
                List.of(
                        new StepRecord(
                                "red",
                                Optional.of(DoneHow.HINTS),
                                false,
                                2,
                                Duration.ofMinutes(4),
                                List.of(
                                        entry(10, Entry.Kind.COMMAND, "ip netns add red", 0),
                                        entry(20, Entry.Kind.COMMAND, "echo '```' \u001b[31m; false", 1),
                                        entry(30, Entry.Kind.SOLUTION, "ip link add br0 type bridge", 0)),
                                Optional.of(facts(List.of())),
                                Optional.of(facts(List.of(bridge())))),
                        new StepRecord(
                                "what",
                                Optional.empty(),
                                true,
                                0,
                                Duration.ofSeconds(60),
                                List.of(entry(40, Entry.Kind.ANSWER, "<script>alert(1)</script>", 1)),
                                Optional.empty(),
                                Optional.empty())));
    }

    private static Entry entry(int after, Entry.Kind kind, String text, int exit) {
        return new Entry(BEGAN.plusSeconds(after), kind, text, exit == 0, kind == Entry.Kind.ANSWER ? 0 : exit);
    }

    private static Link bridge() {
        return new Link(
                2,
                "br0",
                "bridge",
                true,
                "UP",
                true,
                true,
                false,
                Optional.empty(),
                1500,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Layer.NONE,
                List.of());
    }

    private static Facts facts(List<Link> links) {
        Namespace host = new Namespace(
                1,
                Set.of(Scope.LAB_HOST),
                known(links),
                known(List.of()),
                known(RoutingRule.USUAL),
                known(List.of()),
                known(List.of()),
                known(List.of()),
                known(Map.of()),
                known(List.of()),
                known(Map.of()));
        HostFacts facts = new HostFacts(
                "labhost",
                known(List.of(host)),
                known(List.of()),
                known(List.of()),
                Map.of(),
                known(List.of()),
                Map.of());
        return new Facts("labhost", new TreeMap<>(Map.of("labhost", facts)));
    }

    private static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value, new Evidence("ip addr", ""));
    }
}
