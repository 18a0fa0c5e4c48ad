package dev.drydock.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of dependencies is what the build really uses; {@code -Dupdate} writes it anew, and a library without a known licence fails. */
class DependenciesTest {
    private static final Path ROOT = Path.of(System.getProperty("drydock.root"));
    private static final Path BILL = ROOT.resolve("docs/DEPENDENCIES.md");
    private static final Pattern JAR = Pattern.compile(".*/repository/(.+)/([^/]+)/([^/]+)/[^/]+\\.jar");

    /** By the project's own words: the licence element of its pom, or of that of its parent. */
    private static final Map<String, String> LICENCES = Map.ofEntries(
            Map.entry("com.google.code.gson:gson", "Apache-2.0"),
            Map.entry("com.google.errorprone:error_prone_annotations", "Apache-2.0"),
            Map.entry("info.picocli:picocli", "Apache-2.0"),
            Map.entry("org.apache.commons:commons-exec", "Apache-2.0"),
            Map.entry("org.commonmark:commonmark", "BSD-2-Clause"),
            Map.entry("org.commonmark:commonmark-ext-gfm-tables", "BSD-2-Clause"),
            Map.entry("org.jline:jline", "BSD-3-Clause"),
            Map.entry("org.yaml:snakeyaml", "Apache-2.0"),
            Map.entry("com.tngtech.archunit:archunit", "Apache-2.0 and BSD"),
            Map.entry("com.tngtech.archunit:archunit-junit5", "Apache-2.0"),
            Map.entry("com.tngtech.archunit:archunit-junit5-api", "Apache-2.0"),
            Map.entry("com.tngtech.archunit:archunit-junit5-engine", "Apache-2.0"),
            Map.entry("com.tngtech.archunit:archunit-junit5-engine-api", "Apache-2.0"),
            Map.entry("net.bytebuddy:byte-buddy", "Apache-2.0"),
            Map.entry("org.apiguardian:apiguardian-api", "Apache-2.0"),
            Map.entry("org.assertj:assertj-core", "Apache-2.0"),
            Map.entry("org.junit.jupiter:junit-jupiter", "EPL-2.0"),
            Map.entry("org.junit.jupiter:junit-jupiter-api", "EPL-2.0"),
            Map.entry("org.junit.jupiter:junit-jupiter-engine", "EPL-2.0"),
            Map.entry("org.junit.jupiter:junit-jupiter-params", "EPL-2.0"),
            Map.entry("org.junit.platform:junit-platform-commons", "EPL-2.0"),
            Map.entry("org.junit.platform:junit-platform-engine", "EPL-2.0"),
            Map.entry("org.junit.platform:junit-platform-launcher", "EPL-2.0"),
            Map.entry("org.opentest4j:opentest4j", "Apache-2.0"),
            Map.entry("org.slf4j:slf4j-api", "MIT"));

    private static final Pattern TEST_ONLY = Pattern.compile(
            "(com\\.tngtech|net\\.bytebuddy|org\\.apiguardian|org\\.assertj|org\\.junit|org\\.opentest4j|org\\.slf4j).*");

    /** Artifact to version, of every library on this test's class path, which has all that the program itself uses. */
    private static Map<String, String> used() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Map<String, String> used = new TreeMap<>();
        Stream.of(path.split(File.pathSeparator))
                .map(JAR::matcher)
                .filter(Matcher::matches)
                .filter(jar -> !jar.group(1).startsWith("dev/drydock"))
                .forEach(jar -> used.put(jar.group(1).replace('/', '.') + ":" + jar.group(2), jar.group(3)));
        return used;
    }

    private static String table(Map<String, String> used, boolean tests) {
        return used.entrySet().stream()
                .filter(one -> TEST_ONLY.matcher(one.getKey()).matches() == tests)
                .map(one -> "| `" + one.getKey() + "` | " + one.getValue() + " | " + LICENCES.get(one.getKey()) + " |")
                .collect(Collectors.joining("\n", "| library | version | licence |\n|---|---|---|\n", "\n"));
    }

    @Test
    void are_all_on_the_bill_with_their_licences() throws IOException {
        Map<String, String> used = used();
        assertThat(used).containsKeys("org.jline:jline", "org.junit.jupiter:junit-jupiter-api");
        assertThat(LICENCES.keySet()).containsExactlyInAnyOrderElementsOf(used.keySet());
        String bill =
                """
                # Dependencies

                Written by `DependenciesTest` from what the build uses. Drydock itself is under [Apache-2.0](../LICENSE).

                ## In the program

                """
                        + table(used, false)
                        + """

                ## In the tests only

                """
                        + table(used, true)
                        + """

                Programs that labs run (Docker, iproute2, iptables, nginx and others) are the system's own packages and come with none of these; see
                `setup/packages`.
                """;
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(BILL, bill);
        }
        assertThat(bill).isEqualTo(Files.readString(BILL));
    }

    @Test
    void of_the_program_are_in_the_copyright_file_of_the_package() throws IOException {
        String copyright = Files.readString(ROOT.resolve("deb/src/main/package/copyright"));
        assertThat(new TreeSet<>(used().keySet()))
                .filteredOn(library -> !TEST_ONLY.matcher(library).matches())
                .allSatisfy(library -> assertThat(copyright)
                        .contains("/"
                                + library.substring(library.indexOf(':') + 1).replaceFirst("-ext-gfm-tables$", "")
                                + "-*"));
    }
}
