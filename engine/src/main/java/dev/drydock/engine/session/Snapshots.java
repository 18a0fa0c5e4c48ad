package dev.drydock.engine.session;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.drydock.engine.host.FileMutex;
import dev.drydock.engine.session.Difference.Since;
import dev.drydock.engine.session.SnapshotIndex.Kept;
import dev.drydock.verify.change.Changes;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The stored states of a world: at the start, when the step began, and before the last command. They are files, so that another terminal, and a later
 * shell, find them.
 *
 * <p>One background thread writes them, in the order of the calls. A file is replaced in one step, so that after a kill at most an older state is
 * found. What cannot be written or read counts as unknown; no method throws for it. Safe for use by several threads and processes.
 */
final class Snapshots {
    private static final Gson GSON = new Gson();
    private static final String INDEX = "index.json";

    private final Path folder;
    private final Map<String, Facts> parsed = new HashMap<>();
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "snapshots");
                thread.setDaemon(true);
                return thread;
            });

    Snapshots(Path folder) {
        this.folder = folder;
        writer.allowCoreThreadTimeOut(true);
    }

    /**
     * Stores a snapshot. Returns before it is written.
     *
     * @param world id of the world
     * @param step id of the step that was the current one
     */
    void took(String world, String step, Snapshot snapshot) {
        if (!snapshot.records().isEmpty()) {
            later(() -> keep(world, step, snapshot));
        }
    }

    /** A command begins now. */
    void begins(String world, String step, String line) {
        long now = Instant.now().toEpochMilli();
        later(() -> change(world, step, index -> index.begins(line, now)));
    }

    /** The command has ended now. */
    void ended(String world, String step) {
        long now = Instant.now().toEpochMilli();
        later(() -> change(world, step, index -> index.ended(now)));
    }

    /** Another step is the current one. */
    void entered(String world, String step) {
        later(() -> change(world, step, index -> {}));
    }

    /** What has changed up to {@code now}. Waits until all earlier calls are written. */
    Difference difference(String world, String step, Since since, Facts now) {
        return later(() -> locked(() -> {
                    SnapshotIndex index = index(world, step);
                    index.entered(step);
                    return compared(index, since, now);
                }))
                .exceptionally(trouble -> Difference.unknown(since))
                .join();
    }

    /** Removes all stored states. Waits until all earlier calls are written. */
    void forget() {
        later(() -> {
                    if (Files.isDirectory(folder)) {
                        locked(() -> {
                            Files.deleteIfExists(folder.resolve(INDEX));
                            sweep(Set.of());
                            return null;
                        });
                    }
                    return null;
                })
                .exceptionally(trouble -> null)
                .join();
    }

    /** Work with files. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> CompletableFuture<T> later(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException | JsonParseException trouble) {
                        throw new NotKept(trouble);
                    }
                },
                writer);
    }

    private static final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotKept(Exception cause) {
            super(cause);
        }
    }

    private Void change(String world, String step, Consumer<SnapshotIndex> change) throws IOException {
        return locked(() -> {
            SnapshotIndex index = index(world, step);
            index.entered(step);
            change.accept(index);
            write(index);
            return null;
        });
    }

    private Void keep(String world, String step, Snapshot snapshot) throws IOException {
        return locked(() -> {
            SnapshotIndex index = index(world, step);
            // What was there and back is as it was before, and nothing that a command did.
            Optional<Kept> same = Stream.of(Optional.ofNullable(index.latest), Optional.ofNullable(index.before))
                    .flatMap(Optional::stream)
                    .filter(kept -> isSame(kept, snapshot.facts()))
                    .findFirst();
            String file = same.map(Kept::file).orElseGet(() -> UUID.randomUUID() + ".gz");
            Kept kept = new Kept(
                    file, snapshot.began().toEpochMilli(), snapshot.read().toEpochMilli());
            if (index.took(kept)) {
                if (same.isEmpty()) {
                    store(file, snapshot);
                }
                write(index);
            }
            return null;
        });
    }

    private boolean isSame(Kept kept, Facts facts) {
        Changes changes =
                facts(kept).map(before -> Changes.between(before, facts)).orElse(null);
        return changes != null && changes.isEmpty() && changes.unread().isEmpty();
    }

    private Difference compared(SnapshotIndex index, Since since, Facts now) {
        Kept kept =
                switch (since) {
                    case COMMAND -> index.before;
                    case STEP -> index.entered;
                    case START -> index.start;
                };
        Optional<Changes> changes =
                Optional.ofNullable(kept).flatMap(this::facts).map(before -> Changes.between(before, now));
        if (since != Since.COMMAND) {
            return new Difference(since, List.of(), false, changes, Optional.empty());
        }
        List<String> lines = index.lines.stream().map(SnapshotIndex.Typed::line).toList();
        boolean running = !lines.isEmpty() && index.lines.get(lines.size() - 1).ended() == 0;
        Optional<Difference> earlier = changes.filter(Changes::isEmpty).flatMap(nothing -> effect(index));
        return new Difference(since, lines, running, changes, earlier);
    }

    private Optional<Difference> effect(SnapshotIndex index) {
        return Optional.ofNullable(index.effect)
                .flatMap(effect -> facts(effect.before()).flatMap(before -> facts(effect.after())
                        .map(after -> new Difference(
                                Since.COMMAND,
                                effect.lines(),
                                false,
                                Optional.of(Changes.between(before, after)),
                                Optional.empty()))));
    }

    private SnapshotIndex index(String world, String step) throws IOException {
        Path file = folder.resolve(INDEX);
        if (Files.exists(file)) {
            SnapshotIndex index = read(file);
            if (index != null && index.world.equals(world)) {
                return index;
            }
        }
        return SnapshotIndex.of(world, step);
    }

    /** @return null for a damaged file, which counts as no file */
    private static SnapshotIndex read(Path file) throws IOException {
        try {
            return GSON.fromJson(Files.readString(file), SnapshotIndex.class);
        } catch (JsonParseException damaged) {
            return null;
        }
    }

    private void write(SnapshotIndex index) throws IOException {
        Path fresh = folder.resolve(INDEX + ".new");
        Files.writeString(fresh, GSON.toJson(index));
        Files.move(fresh, folder.resolve(INDEX), StandardCopyOption.ATOMIC_MOVE);
        sweep(index.files());
    }

    /** Removes the snapshot files that are not wanted. */
    private void sweep(Set<String> wanted) throws IOException {
        parsed.keySet().retainAll(wanted);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".gz") && !wanted.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What a file holds: the default host, and each host's sweep. */
    private record Content(String defaultHost, Map<String, SweepRecord> hosts) {}

    private void store(String file, Snapshot snapshot) throws IOException {
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(file))), StandardCharsets.UTF_8)) {
            GSON.toJson(new Content(snapshot.facts().defaultHost(), snapshot.records()), out);
        }
        parsed.put(file, snapshot.facts());
    }

    private Optional<Facts> facts(Kept kept) {
        Facts known = parsed.get(kept.file());
        if (known != null) {
            return Optional.of(known);
        }
        try (Reader in = new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(kept.file()))), StandardCharsets.UTF_8)) {
            Content content = GSON.fromJson(in, Content.class);
            SortedMap<String, HostFacts> hosts = new TreeMap<>();
            content.hosts().forEach((name, record) -> hosts.put(name, record.facts(name)));
            Facts facts = new Facts(content.defaultHost(), hosts);
            parsed.put(kept.file(), facts);
            return Optional.of(facts);
        } catch (IOException | JsonParseException | NullPointerException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Does the work while no other process and no other session of this process uses the folder. The kernel releases the lock of a killed process.
     */
    private <T> T locked(Work<T> work) throws IOException {
        return FileMutex.hold(folder.resolve("lock"), work::run);
    }
}
