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
 * The labs of a folder: one folder each, {@code tracks.yaml} that puts them in order, and {@code glossary.yaml} with their terms. Starting one lab reads one file.
 */
public final class LabLibrary {
    private static final String LAB_FILE = "lab.yaml";
    private static final String TRACKS_FILE = "tracks.yaml";
    private static final String GLOSSARY_FILE = "glossary.yaml";

    /**
     * All labs that can be read, track by track.
     *
     * @param problems of every file, those of labs that cannot be read among them
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

    /** The ids of all labs, without reading them, in alphabetical order. */
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

    /** The terms of the glossary that can be read; none where there is no glossary. */
    public Glossary glossary() {
        return problemsOf(GLOSSARY_FILE, new ArrayList<>())
                .map(GlossaryReader::read)
                .orElse(new Glossary(List.of()));
    }

    /** Where the problems of a file of the library are collected, if it can be read. @param found what keeps it from being read */
    private Optional<Problems> problemsOf(String name, List<Problem> found) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        FileText text = FileText.read(file);
        found.addAll(text.problems());
        return text.text().map(whole -> new Problems(new Source(file, whole)));
    }

    /** Reads every lab, in the order of the tracks; labs that no track names come last. */
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
