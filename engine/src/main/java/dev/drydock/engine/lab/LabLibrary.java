package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The labs of a folder: one folder for each lab, {@code tracks.yaml} with their order, and {@code glossary.yaml} with their terms. Starting one lab
 * reads only its file.
 */
public final class LabLibrary {
    private static final String LAB_FILE = "lab.yaml";
    private static final String TRACKS_FILE = "tracks.yaml";
    private static final String GLOSSARY_FILE = "glossary.yaml";

    /**
     * All labs that can be read, by track.
     *
     * @param problems of every file, also of labs that cannot be read
     */
    public record Catalogue(List<Shelf> shelves, List<Problem> problems) {
        public Catalogue {
            shelves = List.copyOf(shelves);
            problems = List.copyOf(problems);
        }

        public List<Lab> labs() {
            return shelves.stream().flatMap(shelf -> shelf.labs().stream()).toList();
        }
    }

    /** A track and those of its labs that can be read. */
    public record Shelf(Track track, List<Lab> labs) {
        public Shelf {
            labs = List.copyOf(labs);
        }
    }

    private final Path folder;

    public LabLibrary(Path folder) {
        this.folder = folder;
    }

    /** The ids of all labs in alphabetical order, without reading their files; none where the folder is missing or cannot be read. */
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(lab -> Files.exists(lab.resolve(LAB_FILE)))
                    .map(lab -> lab.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** The glossary's terms that can be read; none where there is no glossary. Problems of the file are in {@link #all()}. */
    public Glossary glossary() {
        return problemsOf(GLOSSARY_FILE, new ArrayList<>())
                .map(GlossaryReader::read)
                .orElse(new Glossary(List.of()));
    }

    /**
     * Collects the problems of a file of the library; empty where there is no file or it is not text.
     *
     * @param found gets the reason why the file is not text
     */
    private Optional<Problems> problemsOf(String name, List<Problem> found) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        FileText text = FileText.read(file);
        found.addAll(text.problems());
        return text.text().map(whole -> new Problems(new Source(file, whole)));
    }

    /** Reads every lab, the tracks and the glossary. Labs that no track names come last, in a track of their own. */
    public Catalogue all() {
        List<Problem> found = new ArrayList<>();
        Map<String, Lab> labs = new LinkedHashMap<>();
        List<String> ids = ids();
        for (String id : ids) {
            LabReader.Reading reading = LabReader.read(folder.resolve(id).resolve(LAB_FILE));
            found.addAll(reading.problems());
            reading.lab().ifPresent(lab -> labs.put(id, lab));
        }
        problemsOf(GLOSSARY_FILE, found).ifPresent(problems -> {
            GlossaryReader.check(problems, ids, labs);
            found.addAll(problems.sorted());
        });
        List<Shelf> shelves = new ArrayList<>();
        for (Track track : tracks(ids, labs, found)) {
            shelves.add(new Shelf(
                    track,
                    track.labs().stream()
                            .filter(labs::containsKey)
                            .map(labs::remove)
                            .toList()));
        }
        if (!labs.isEmpty()) {
            Track rest = new Track(
                    "other", Words.text(say("track.rest", "others", !shelves.isEmpty())), List.copyOf(labs.keySet()));
            shelves.add(new Shelf(rest, List.copyOf(labs.values())));
        }
        return new Catalogue(shelves, found);
    }

    private List<Track> tracks(List<String> ids, Map<String, Lab> labs, List<Problem> found) {
        Optional<Problems> ofTracks = problemsOf(TRACKS_FILE, found);
        if (ofTracks.isEmpty()) {
            return List.of();
        }
        Problems problems = ofTracks.get();
        TrackReader.Tracks read = TrackReader.read(problems);
        read.named().forEach((id, at) -> {
            if (!ids.contains(id)) {
                problems.error(at, say("lab.absent", "lab", Quote.of(id)), Suggestion.phrase(id, ids));
            }
        });
        for (Track track : read.tracks()) {
            for (String id : track.labs()) {
                Lab lab = labs.get(id);
                if (lab != null && !lab.track().equals(track.id())) {
                    problems.error(
                            read.named().get(id),
                            say("lab.other-track", "lab", Quote.of(id), "track", Quote.of(lab.track())),
                            say("lab.other-track.next", "track", track.id()));
                }
            }
        }
        found.addAll(problems.sorted());
        return read.tracks();
    }
}
