package dev.drydock.engine.session;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.probe.SweepRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The stored states of a world when each step of a run began and when it was done. They lie in a folder for each run, which stays after the run; the
 * last three runs of a lab are kept.
 *
 * <p>Each file is written in one step, before the event that the step is done, so that a killed process leaves no done step without its state. What
 * cannot be written or read counts as unknown; no method throws for it.
 */
final class StepStates {
    private static final Gson GSON = new Gson();
    /** Runs of one lab whose states are kept. */
    private static final int RUNS = 3;

    private final Path folder;
    private final Set<Path> written = new HashSet<>();

    StepStates(Path folder) {
        this.folder = folder;
    }

    /** The moments of a step. */
    enum Moment {
        BEGAN,
        DONE;

        private String suffix() {
            return this == BEGAN ? ".began.gz" : ".done.gz";
        }
    }

    private record Content(String defaultHost, Map<String, SweepRecord> hosts) {}

    /** Keeps a snapshot of that moment, unless there is one. */
    synchronized void keep(String run, String step, Moment moment, Snapshot snapshot) {
        Path file = file(run, step, moment);
        if (snapshot.records().isEmpty() || !written.add(file) || Files.exists(file)) {
            return;
        }
        try {
            if (!Files.isDirectory(file.getParent())) {
                Files.createDirectories(file.getParent());
                forgetOldRuns();
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (Writer out = new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(fresh)), StandardCharsets.UTF_8)) {
                GSON.toJson(new Content(snapshot.facts().defaultHost(), snapshot.records()), out);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notKept) {
            written.remove(file);
        }
    }

    /** The facts of that moment; empty where none were stored, or the file is damaged. */
    Optional<Facts> read(String run, String step, Moment moment) {
        try (Reader in = new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file(run, step, moment))), StandardCharsets.UTF_8)) {
            Content content = GSON.fromJson(in, Content.class);
            SortedMap<String, HostFacts> hosts = new TreeMap<>();
            content.hosts().forEach((name, record) -> hosts.put(name, record.facts(name)));
            return Optional.of(new Facts(content.defaultHost(), hosts));
        } catch (IOException | JsonParseException | NullPointerException damaged) {
            return Optional.empty();
        }
    }

    private Path file(String run, String step, Moment moment) {
        return folder.resolve(run).resolve(step + moment.suffix());
    }

    private void forgetOldRuns() throws IOException {
        try (Stream<Path> runs = Files.list(folder)) {
            List<Path> newestFirst = runs.sorted(
                            Comparator.comparing(StepStates::changed).reversed())
                    .toList();
            for (Path old : newestFirst.subList(Math.min(RUNS, newestFirst.size()), newestFirst.size())) {
                try (Stream<Path> files = Files.list(old)) {
                    for (Path file : files.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
                Files.deleteIfExists(old);
            }
        }
    }

    private static long changed(Path run) {
        try {
            return Files.getLastModifiedTime(run).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }
}
