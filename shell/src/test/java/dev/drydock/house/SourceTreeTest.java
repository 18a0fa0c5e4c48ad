package dev.drydock.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiler does not see: files small enough to hold in the head, and packages that say what they must not know. */
class SourceTreeTest {
    private static final int LONGEST_FILE = 450;
    private static final Path ROOT = Path.of(System.getProperty("drydock.root"));

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Stream.of("verify", "engine", "shell", "deb")
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .flatMap(SourceTreeTest::walk)) {
            return all.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void no_file_is_too_long_to_hold_in_the_head() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(100).allSatisfy(source -> assertThat(Files.readAllLines(source))
                .as(source.toString())
                .hasSizeLessThanOrEqualTo(LONGEST_FILE));
    }

    @Test
    void every_package_says_what_it_knows_and_must_not_know() throws IOException {
        List<Path> packages = sources().stream().map(Path::getParent).distinct().toList();
        assertThat(packages).hasSizeGreaterThan(8).allSatisfy(folder -> {
            Path info = folder.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).contains("Knows").containsIgnoringCase("must not know");
        });
    }

    @Test
    void no_class_has_the_name_of_one_in_another_package() throws IOException {
        Map<String, Long> count = sources().stream()
                .map(source -> source.getFileName().toString().replace(".java", ""))
                .filter(name -> !name.equals("package-info"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        assertThat(count.entrySet().stream().filter(one -> one.getValue() > 1).map(Map.Entry::getKey))
                .isEmpty();
    }
}
