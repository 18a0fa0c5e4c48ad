package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabReaderTest {
    private static final String LAB =
            """
            format: 1
            id: my-lab
            title: My lab
            track: own
            level: beginner
            minutes: 5
            steps:
              - {id: read, title: Read, read: true, say: Read this.}
            """;

    @TempDir
    Path folder;

    private static String only(LabReader.Reading reading) {
        assertThat(reading.lab()).isEmpty();
        assertThat(reading.problems()).hasSize(1);
        return ShownProblem.of(reading.problems().get(0));
    }

    private static LabReader.Reading read(String text) {
        return LabReader.read(text, Path.of("my-lab/lab.yaml"));
    }

    @Test
    void reads_a_lab_whose_folder_has_its_name() throws IOException {
        Path file = Files.createDirectory(folder.resolve("my-lab")).resolve("lab.yaml");
        Files.writeString(file, LAB);
        assertThat(LabReader.read(file).lab().orElseThrow().folder()).isEqualTo(file.getParent());
    }

    @Test
    void wants_the_folder_to_have_the_name_of_the_lab() throws IOException {
        Path file = Files.createDirectory(folder.resolve("your-lab")).resolve("lab.yaml");
        Files.writeString(file, LAB);
        assertThat(only(LabReader.read(file)))
                .endsWith(
                        """
                        :2:5: error: the id is 'my-lab', but the folder is called 'your-lab'
                        id: my-lab
                            ^^^^^^  give both the same name""");
    }

    @Test
    void reads_free_play_which_has_no_steps() {
        String free = LAB.substring(0, LAB.indexOf("steps:")) + "free: true\n";
        assertThat(read(free).lab().orElseThrow().free()).isTrue();
        assertThat(read(LAB).lab().orElseThrow().free()).isFalse();
        assertThat(only(read(LAB + "free: true\n"))).contains("free play has no steps");
        assertThat(only(read(free.replace("true", "false")))).contains("steps");
    }

    @Test
    void says_that_a_file_is_missing() {
        assertThat(only(LabReader.read(folder.resolve("lab.yaml")))).contains("error: there is no such file");
        assertThat(only(LabReader.read(folder.resolve("a/b/lab.yaml")))).contains("error: there is no such file");
    }

    @Test
    void says_that_a_folder_is_no_file() {
        assertThat(only(LabReader.read(folder)))
                .isEqualTo(folder + ": error: this is a folder\n  name the file: " + folder + "/lab.yaml");
    }

    @Test
    void says_that_a_device_or_a_pipe_is_no_file_instead_of_reading_it_for_ever() {
        assertThat(only(LabReader.read(Path.of("/dev/zero")))).contains("error: this is not a file of text");
    }

    @Test
    void says_that_a_link_leads_in_circles() throws IOException {
        Path link = folder.resolve("lab.yaml");
        Files.createSymbolicLink(link, link);
        assertThat(only(LabReader.read(link))).contains("lab.yaml: error: ");
    }

    @Test
    void refuses_a_file_beyond_the_bound_without_reading_it() throws IOException {
        Path file = folder.resolve("lab.yaml");
        Files.write(file, new byte[FileText.MOST_BYTES + 1]);
        assertThat(only(LabReader.read(file))).contains("error: this is larger than 256 KiB");
        assertThat(only(read(" ".repeat(FileText.MOST_BYTES + 1)))).contains("error: this is larger than 256 KiB");
    }

    @Test
    void counts_columns_in_characters_and_not_in_bytes_or_surrogates() {
        LabReader.Reading reading = read(LAB.replace("title: My lab", "title: \"\ud83d\ude00 빨강\" x"));
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(15);
        });
    }

    @Test
    void points_at_the_byte_that_is_not_utf_8() {
        byte[] bytes = "title: Gr\u00f6\u00dfe\nid: x\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FileText.decode(Path.of("lab.yaml"), bytes).problems())
                .singleElement()
                .satisfies(problem -> assertThat(ShownProblem.of(problem))
                        .startsWith("lab.yaml:1:10: error: the byte 0xF6 is not UTF-8\ntitle: Gr�"));
    }

    @Test
    void gives_the_lab_in_spite_of_warnings() {
        LabReader.Reading reading = read(
                LAB
                        + """
                          - {id: red, title: Make red, solve: ip netns add red, expect: [netns: {name: red}]}
                        """);
        assertThat(reading.lab()).isPresent();
        assertThat(reading.hasErrors()).isFalse();
        assertThat(reading.problems()).extracting(Problem::severity).containsExactly(Problem.Severity.WARNING);
    }

    @Test
    void reads_windows_line_ends_as_line_ends() {
        assertThat(read(LAB.replace("\n", "\r\n")).problems()).isEmpty();
    }
}
