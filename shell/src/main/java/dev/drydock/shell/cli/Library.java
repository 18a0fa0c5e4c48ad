package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Glossary;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabLibrary;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.lab.Problem;
import dev.drydock.engine.lab.Suggestion;
import dev.drydock.verify.words.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds labs: those of the library by their id, others by their file or folder. */
public final class Library {
    private static final String FILE = "lab.yaml";

    private final CliContext surroundings;
    private final LabLibrary labs;

    Library(CliContext surroundings) {
        this.surroundings = surroundings;
        this.labs = new LabLibrary(surroundings.labs());
    }

    /** The result of looking for a lab: either the lab, or the problems of its file, or a sentence that says why there is none. */
    record Found(Optional<Lab> lab, List<Problem> problems, Optional<Message> sentence) {}

    /**
     * Finds and reads a lab.
     *
     * @param reference an id of the library, or a lab's file or folder; text with a {@code /}, with a {@code .} at the beginning, or ending in
     *     {@code .yaml} or {@code .yml} is a path
     */
    Found find(String reference) {
        Path file = file(reference);
        if (!Files.exists(file)) {
            Message sentence = isPath(reference)
                    ? say("library.no-file", "file", surroundings.shown(file))
                    : say("library.no-lab", "lab", reference, "near", Suggestion.misspelt(reference, ids()));
            return new Found(Optional.empty(), List.of(), Optional.of(sentence));
        }
        LabReader.Reading reading = LabReader.read(file);
        return new Found(reading.lab(), reading.lab().isPresent() ? List.of() : reading.problems(), Optional.empty());
    }

    /** The file that a reference stands for; it need not exist. */
    Path file(String reference) {
        if (!isPath(reference)) {
            Path inLibrary = surroundings.labs().resolve(reference).resolve(FILE);
            if (Files.exists(inLibrary)) {
                return inLibrary;
            }
        }
        Path path = surroundings.resolve(reference);
        return isPath(reference) && !Files.isDirectory(path) ? path : path.resolve(FILE);
    }

    private static boolean isPath(String reference) {
        return reference.contains("/")
                || reference.startsWith(".")
                || reference.endsWith(".yaml")
                || reference.endsWith(".yml");
    }

    /** Ids of the library's labs, by name. */
    List<String> ids() {
        return labs.ids();
    }

    /** The glossary of the labs. */
    public Glossary glossary() {
        return labs.glossary();
    }

    LabLibrary.Catalogue all() {
        return labs.all();
    }

    /** The next lab in the order of the tracks; empty after the last one, and for a lab that is not in the library. */
    public Optional<Lab> after(Lab lab) {
        List<Lab> all = labs.all().labs();
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i).id().equals(lab.id())) {
                return Optional.of(all.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
