package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Glossary;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabLibrary;
import dev.drydock.engine.lab.LabReader;
import java.nio.file.Path;
import java.util.List;

/** The labs as they lie in the source tree. */
final class Shelf {
    private static final Path FOLDER = Path.of(System.getProperty("drydock.root"), "labs");
    private static final LabLibrary LIBRARY = new LabLibrary(FOLDER);

    private Shelf() {}

    /** A shelf without any lab would let every test pass. */
    static List<String> ids() {
        assertThat(LIBRARY.ids()).isNotEmpty();
        return LIBRARY.ids();
    }

    static LabReader.Reading reading(String id) {
        return LabReader.read(FOLDER.resolve(id).resolve("lab.yaml"));
    }

    static Lab lab(String id) {
        LabReader.Reading reading = reading(id);
        return reading.lab().orElseThrow(() -> new AssertionError(id + " is no lab: " + reading.problems()));
    }

    static List<Lab> labs() {
        return ids().stream().map(Shelf::lab).toList();
    }

    static Glossary glossary() {
        return LIBRARY.glossary();
    }

    static LabLibrary.Catalogue catalogue() {
        return LIBRARY.all();
    }
}
