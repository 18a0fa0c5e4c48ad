package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabLibraryTest {
    @TempDir
    Path folder;

    private LabLibrary library;

    @BeforeEach
    void write_three_labs_in_two_tracks() throws IOException {
        lab("bridge-basics", "docker");
        lab("outside-world", "docker");
        lab("bridge-by-hand", "by-hand");
        tracks(
                """
                tracks:
                  - {id: docker, title: Docker networks, labs: [outside-world, bridge-basics]}
                  - {id: by-hand, title: By hand, labs: [bridge-by-hand]}
                """);
        library = new LabLibrary(folder);
    }

    private void lab(String id, String track) throws IOException {
        Files.createDirectories(folder.resolve(id));
        Files.writeString(
                folder.resolve(id).resolve("lab.yaml"),
                """
                format: 1
                id: %s
                title: A lab
                track: %s
                level: beginner
                minutes: 5
                steps:
                  - {id: read, title: Read, read: true, say: Read this.}
                """
                        .formatted(id, track));
    }

    private void tracks(String text) throws IOException {
        Files.writeString(folder.resolve("tracks.yaml"), text);
    }

    private String problems() {
        return String.join(
                        "\n",
                        library.all().problems().stream().map(ShownProblem::of).toList())
                .replace(folder + "/", "");
    }

    @Test
    void lists_the_labs_in_the_order_of_the_tracks() {
        LabLibrary.Catalogue all = library.all();
        assertThat(all.problems()).isEmpty();
        assertThat(all.shelves())
                .extracting(shelf -> shelf.track().title())
                .containsExactly("Docker networks", "By hand");
        assertThat(all.labs()).extracting(Lab::id).containsExactly("outside-world", "bridge-basics", "bridge-by-hand");
    }

    @Test
    void puts_labs_that_no_track_names_last() throws IOException {
        lab("own", "docker");
        assertThat(library.all().labs()).extracting(Lab::id).endsWith("own");
        assertThat(library.all().shelves())
                .extracting(shelf -> shelf.track().title())
                .endsWith("Other labs");
    }

    @Test
    void lists_labs_without_tracks() throws IOException {
        Files.delete(folder.resolve("tracks.yaml"));
        assertThat(library.all().labs())
                .extracting(Lab::id)
                .containsExactly("bridge-basics", "bridge-by-hand", "outside-world");
        assertThat(library.all().problems()).isEmpty();
    }

    @Test
    void lists_the_others_when_one_lab_is_broken() throws IOException {
        Files.writeString(folder.resolve("outside-world/lab.yaml"), "format: 1\n\tid: x\n");
        assertThat(library.all().labs()).extracting(Lab::id).containsExactly("bridge-basics", "bridge-by-hand");
        assertThat(problems()).contains("outside-world/lab.yaml:2:1: error: a tab cannot indent a line");
    }

    @Test
    void reports_everything_that_is_wrong_with_the_tracks() throws IOException {
        tracks(
                """
                tracks:
                  - {id: docker, title: Docker networks, labs: [outside-wrld, bridge-by-hand, bridge-by-hand]}
                  - {id: docker, titel: By hand, labs: []}
                  - {id: by-hand, title: By hand, labs: [bridge-basics]}
                """);
        assertThat(problems().lines().filter(line -> line.contains("error:")))
                .containsExactly(
                        "tracks.yaml:2:49: error: there is no lab 'outside-wrld'",
                        "tracks.yaml:2:79: error: 'bridge-by-hand' is there twice",
                        "tracks.yaml:3:10: error: another track is called 'docker' already",
                        "tracks.yaml:3:18: error: unknown key 'titel' in an entry of 'tracks'",
                        "tracks.yaml:3:34: error: 'labs' is an empty list",
                        "tracks.yaml:4:42: error: 'bridge-basics' says that its track is 'docker'");
    }

    @Test
    void has_no_labs_where_there_is_no_folder() {
        LabLibrary nowhere = new LabLibrary(folder.resolve("nowhere"));
        assertThat(nowhere.ids()).isEmpty();
        assertThat(nowhere.all().shelves()).isEmpty();
    }
}
