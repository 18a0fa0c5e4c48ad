package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code broken/} says exactly what its {@code .expected} file says. After a change of words, rewrite those with
 * {@code -Dupdate} and read the difference.
 */
class BrokenLabsTest {
    static final Path FOLDER = Path.of("src/test/resources/broken");

    /** Stands in a {@code .expected} file for the names of all expectations. */
    private static final String ALL = "(every expectation)";

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void has_a_broken_file_for_every_way_to_go_wrong() throws IOException {
        assertThat(files()).hasSizeGreaterThan(60);
    }

    @TestFactory
    Stream<DynamicTest> says_what_is_wrong_and_where() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> says(file)));
    }

    private static void says(Path file) throws IOException {
        FileText text = FileText.read(file);
        Path name = file.getFileName();
        LabReader.Reading reading = LabReader.read(file);
        String said = reading.problems().stream()
                .map(ShownProblem::of)
                .collect(Collectors.joining("\n", "", "\n"))
                .replace(file.toString(), name.toString())
                .replace(String.join(", ", new GoalReader(new LabPlaces(List.of())).kinds()), ALL);
        Path expected = FOLDER.resolve(name.toString().replace(".yaml", ".expected"));
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
        assertThat(reading.hasErrors()).isNotEqualTo(reading.lab().isPresent());
        assertThat(text.text().isPresent() || reading.hasErrors()).isTrue();
    }
}
