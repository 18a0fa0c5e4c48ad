package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The labs as they lie in the source tree, and the order that {@code tracks.yaml} gives them. */
final class Shelf {
    private static final Path FOLDER = Path.of(System.getProperty("drydock.root"), "labs");

    private Shelf() {}

    record Track(String id, String title, List<String> labs) {}

    /** Every folder with a {@code lab.yaml}, by name; a shelf without any would let every test pass. */
    static List<Path> files() {
        try (Stream<Path> entries = Files.list(FOLDER)) {
            List<Path> files = entries.map(entry -> entry.resolve("lab.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
            assertThat(files).as("labs in " + FOLDER).isNotEmpty();
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Lab> labs() {
        return files().stream().map(Shelf::read).toList();
    }

    static Lab lab(String id) {
        return read(FOLDER.resolve(id).resolve("lab.yaml"));
    }

    private static Lab read(Path file) {
        LabReader.Reading reading = LabReader.read(file);
        return reading.lab().orElseThrow(() -> new AssertionError(file + " is no lab: " + reading.problems()));
    }

    static List<Track> tracks() {
        try (var reader = Files.newBufferedReader(FOLDER.resolve("tracks.yaml"))) {
            Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            List<Track> tracks = new ArrayList<>();
            for (Object entry : (List<?>) root.get("tracks")) {
                Map<?, ?> track = (Map<?, ?>) entry;
                tracks.add(new Track(
                        (String) track.get("id"),
                        (String) track.get("title"),
                        ((List<?>) track.get("labs"))
                                .stream().map(String.class::cast).toList()));
            }
            return tracks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
