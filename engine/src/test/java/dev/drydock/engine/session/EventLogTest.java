package dev.drydock.engine.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    Path folder;

    private Path file;
    private EventLog log;

    @BeforeEach
    void begin() {
        file = folder.resolve("lab/progress.jsonl");
        log = new EventLog(file);
    }

    @Test
    void gives_back_what_was_appended_in_order() {
        log.append(event("a"));
        log.append(event("b\n\"한국어\""));

        assertThat(names(log)).containsExactly("a", "b\n\"한국어\"");
    }

    @Test
    void ignores_a_last_line_that_its_writer_did_not_live_to_finish() throws IOException {
        log.append(event("a"));
        tear("{\"name\":\"b");

        assertThat(names(log)).containsExactly("a");
        assertThat(log.read().notice()).isEmpty();
    }

    @Test
    void does_not_glue_the_next_line_to_a_torn_one() throws IOException {
        for (String torn : List.of("{", "{\"name\":\"b", "{\"name\":\"b\"}")) {
            log.append(event("a"));
            tear(torn);
            log.append(event("c"));
        }

        assertThat(names(log)).containsExactly("a", "c", "a", "c", "a", "c");
        assertThat(log.read().notice()).isEmpty();
        assertThat(aside()).isEmpty();
    }

    @Test
    void moves_a_damaged_file_aside_says_so_once_and_keeps_what_can_be_read() throws IOException {
        log.append(event("a"));
        String damage = "\u0000\u0000 not ours\n";
        Files.writeString(file, damage, StandardOpenOption.APPEND);
        log.append(event("b"));
        String whole = Files.readString(file);

        EventLog.Content first = log.read();

        assertThat(first.notice()).hasValueSatisfying(notice -> assertThat(Words.text(notice))
                .contains("Line 2 of " + file, "progress.jsonl.damaged-1"));
        assertThat(Files.readString(aside().get(0))).isEqualTo(whole);
        assertThat(names(log)).containsExactly("a", "b");
        assertThat(log.read().notice()).isEmpty();
    }

    @Test
    void never_overwrites_a_file_that_was_moved_aside() throws IOException {
        for (int i = 0; i < 2; i++) {
            log.append(event("a"));
            Files.writeString(file, "nonsense " + i + "\n", StandardOpenOption.APPEND);
            assertThat(log.read().notice()).isPresent();
        }

        assertThat(aside()).hasSize(2);
        assertThat(Files.readString(aside().get(0))).contains("nonsense 0");
        assertThat(Files.readString(aside().get(1))).contains("nonsense 1");
    }

    @Test
    void two_processes_append_whole_lines() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (String name : List.of("x", "y")) {
            writers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:-UsePerfData",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file.toString(),
                            name)
                    .inheritIO()
                    .start());
        }
        for (int i = 0; i < 100; i++) {
            log.append(event("here"));
        }
        for (Process writer : writers) {
            assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(writer.exitValue()).isZero();
        }

        assertThat(names(log)).hasSize(300).filteredOn("x"::equals).hasSize(100);
        assertThat(log.read().notice()).isEmpty();
    }

    @Test
    void a_writer_killed_at_any_moment_leaves_a_readable_file() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        "x",
                        "1000000")
                .start();
        while (!Files.exists(file) || log.read().events().size() < 50) {
            Thread.onSpinWait();
        }
        writer.destroyForcibly().waitFor();
        int before = names(log).size();
        log.append(event("after"));

        assertThat(names(log)).hasSize(before + 1).endsWith("after");
        assertThat(log.read().notice()).isEmpty();
    }

    /** A process that appends. */
    static final class Writer {
        public static void main(String[] arguments) {
            EventLog log = new EventLog(Path.of(arguments[0]));
            int times = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
            for (int i = 0; i < times; i++) {
                log.append(event(arguments[1]));
            }
        }
    }

    private void tear(String text) throws IOException {
        Files.write(file, text.getBytes(UTF_8), StandardOpenOption.APPEND);
    }

    private List<Path> aside() throws IOException {
        try (var paths = Files.list(file.getParent())) {
            return paths.filter(path -> path.toString().contains("damaged"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(EventLog log) {
        return log.read().events().stream()
                .map(event -> event.get("name").getAsString())
                .toList();
    }

    private static JsonObject event(String name) {
        JsonObject event = new JsonObject();
        event.addProperty("name", name);
        return event;
    }
}
