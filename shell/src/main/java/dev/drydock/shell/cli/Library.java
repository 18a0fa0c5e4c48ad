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

/** The labs that can be named: those of the library by their id, any other by its file or folder. */
public final class Library {
    private static final String FILE = "lab.yaml";

    private final CliContext surroundings;
    private final LabLibrary labs;

    Library(CliContext surroundings) {
        this.surroundings = surroundings;
        this.labs = new LabLibrary(surroundings.labs());
    }

    /** What became of the wish for a lab: exactly one of a lab, the problems of its file, and a sentence on why there is none. */
    record Found(Optional<Lab> lab, List<Problem> problems, Optional<Message> sentence) {}

    /** @param reference an id of the library, a lab's file or its folder; whatever holds a {@code /} or ends in {@code .yaml} is a path */
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

    /** The file that a reference means, whether or not anything is there. */
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

    /** The terms that the labs use. */
    public Glossary glossary() {
        return labs.glossary();
    }

    LabLibrary.Catalogue all() {
        return labs.all();
    }

    /** The lab that comes after one in its track. */
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
