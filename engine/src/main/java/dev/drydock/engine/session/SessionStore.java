package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The runs of one user in one folder: {@code labs/ID/progress.jsonl} and {@code labs/ID/transcript.jsonl}. */
public final class SessionStore implements Sessions {
    private final Path labFolders;
    private final Function<Worlds, GoalChecker> examiners;
    private final List<Message> notices = new ArrayList<>();
    /** Labs whose progress could not be read when it was last tried; a notice has said so. */
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    private SessionStore(Path stateFolder, Function<Worlds, GoalChecker> examiners) {
        this.labFolders = stateFolder.resolve("labs");
        this.examiners = examiners;
    }

    /** @param stateFolder need not be there yet; see {@link dev.drydock.engine.host.UserFolders#state} */
    public static SessionStore open(Path stateFolder) {
        return new SessionStore(stateFolder, GoalChecker::of);
    }

    static SessionStore open(Path stateFolder, FactReader reader) {
        return new SessionStore(stateFolder, worlds -> new GoalChecker(reader, worlds));
    }

    @Override
    public Session start(Lab lab, Worlds worlds) {
        RunFiles files = files(lab.id());
        return files.exclusively(() -> {
            Optional<Progress.Run> open = Progress.of(files.read()).run();
            Optional<World> living = open.flatMap(Progress.Run::worldId).flatMap(worlds::find);
            boolean ready = open.isPresent() && open.get().ready();
            Worlds there = ready ? worlds.at(open.get().place()) : worlds;
            if (ready && living.isPresent()) {
                return used(lab, open.get(), living.get(), there, files);
            }
            if (ready) {
                notice(say("session.world-gone", "lab", lab.id()));
            }
            // What a start that was killed half-way has built so far.
            living.ifPresent(World::end);
            World fresh = LabOpening.open(lab, there, files.progress());
            fresh.notes().forEach(this::notice);
            return session(lab, fresh, there, files);
        });
    }

    @Override
    public Optional<Session> resume(Optional<String> labId, Function<String, Lab> labs, Worlds worlds) {
        Optional<Opened> wanted = opened().stream()
                .filter(opened -> labId.isEmpty() || labId.get().equals(opened.labId()))
                .findFirst();
        return wanted.map(opened -> start(labs.apply(opened.reference()), worlds));
    }

    @Override
    public Optional<Session> join(Lab lab, Worlds worlds) {
        RunFiles files = files(lab.id());
        return files.exclusively(() -> {
            Optional<Progress.Run> open = Progress.of(files.read()).run().filter(Progress.Run::ready);
            return open.flatMap(Progress.Run::worldId)
                    .flatMap(worlds::find)
                    .map(world ->
                            used(lab, open.get(), world, worlds.at(open.get().place()), files));
        });
    }

    private LabSession used(Lab lab, Progress.Run open, World world, Worlds there, RunFiles files) {
        files.progress().append(Progress.event(Progress.Kind.USED, open.id()));
        return session(lab, world, there, files);
    }

    @Override
    public void close(String labId, Optional<Lab> lab, Worlds worlds) {
        RunFiles files = files(labId);
        Optional<Progress.Run> open = files.exclusively(() -> {
            Optional<Progress.Run> run = Progress.of(files.read()).run();
            run.ifPresent(one -> {
                lab.stream()
                        .flatMap(known -> Progress.ofLastText(known, one).stream())
                        .forEach(files.progress()::append);
                files.progress().append(Progress.event(Progress.Kind.FINISHED, one.id()));
            });
            return run;
        });
        open.flatMap(Progress.Run::worldId).flatMap(worlds::find).ifPresent(World::end);
    }

    @Override
    public List<Open> open(Worlds worlds) {
        return opened().stream()
                .map(opened -> {
                    String worldId = opened.run().worldId().orElse("");
                    return new Open(
                            opened.labId(),
                            opened.reference(),
                            worldId,
                            opened.run().place(),
                            () -> worlds.find(worldId).isPresent(),
                            opened.run().stepId());
                })
                .toList();
    }

    @Override
    public Map<String, LabProgress> progress() {
        Map<String, LabProgress> all = new TreeMap<>();
        for (String id : labIds()) {
            readable(id)
                    .ifPresent(progress -> all.put(id, new LabProgress(progress.everDone(), progress.completedOnce())));
        }
        return all;
    }

    @Override
    public Optional<RunRecord> record(Optional<String> labId) {
        Optional<String> id = labIds().stream()
                .filter(one -> labId.isEmpty() || labId.get().equals(one))
                .max(Comparator.comparing(this::lastUsed));
        return id.flatMap(one -> {
            RunFiles files = files(one);
            return RunReader.last(one, files.read(), files.transcript().read().events(), files.states());
        });
    }

    private Instant lastUsed(String labId) {
        return readable(labId).map(Progress::lastUsed).orElse(Instant.EPOCH);
    }

    @Override
    public List<Message> notices() {
        synchronized (notices) {
            List<Message> said = List.copyOf(notices);
            notices.clear();
            return said;
        }
    }

    /**
     * An open run, whether or not its world lives.
     *
     * @param lastUsed when it last changed, a line was typed in it, or a command returned to it
     */
    private record Opened(String labId, Instant lastUsed, Progress.Run run) {
        /** The path while it is there, else the id: the folder may have moved since. */
        String reference() {
            return Files.exists(Path.of(run.reference())) ? run.reference() : labId;
        }
    }

    private List<Opened> opened() {
        List<Opened> opened = new ArrayList<>();
        for (String id : labIds()) {
            Optional<Progress> read = readable(id);
            if (read.isEmpty()) {
                continue;
            }
            Progress progress = read.get();
            Instant typed = files(id).transcript().changed();
            Instant lastUsed = typed.isAfter(progress.lastUsed()) ? typed : progress.lastUsed();
            progress.run().filter(Progress.Run::ready).ifPresent(run -> opened.add(new Opened(id, lastUsed, run)));
        }
        opened.sort(Comparator.comparing(Opened::lastUsed).reversed().thenComparing(Opened::labId));
        return opened;
    }

    /** The progress of one lab; empty when it cannot be read. A notice says so once, and other labs can still be used. */
    private Optional<Progress> readable(String id) {
        try {
            Progress progress = Progress.of(files(id).read());
            unread.remove(id);
            return Optional.of(progress);
        } catch (HostTrouble unreadable) {
            if (unread.add(id)) {
                notice(unreadable.said());
            }
            return Optional.empty();
        }
    }

    @Override
    public Set<String> unreadable() {
        opened();
        unread.retainAll(labIds());
        return Set.copyOf(unread);
    }

    private List<String> labIds() {
        if (!Files.isDirectory(labFolders)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(labFolders)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new HostTrouble(
                    say("state.not-readable", "folder", labFolders.toString(), "error", String.valueOf(e.getMessage())),
                    e);
        }
    }

    private LabSession session(Lab lab, World world, Worlds worlds, RunFiles files) {
        return new LabSession(lab, world, worlds, files, examiners.apply(worlds));
    }

    private RunFiles files(String labId) {
        return new RunFiles(labFolders.resolve(labId), this::notice);
    }

    private void notice(Message sentence) {
        synchronized (notices) {
            notices.add(sentence);
        }
    }
}
