package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file of {@code good/} is a lab, without so much as a warning. */
class GoodLabsTest {
    static final Path FOLDER = Path.of("src/test/resources/good");

    static Lab lab(String name) throws IOException {
        LabReader.Reading reading = LabReader.read(FOLDER.resolve(name + ".yaml"));
        assertThat(reading.problems()).isEmpty();
        return reading.lab().orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> is_read_without_a_problem() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(1);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Lab lab = lab(file.getFileName().toString().replace(".yaml", ""));
                    assertThat(lab.steps()).isNotEmpty();
                }));
    }
}
