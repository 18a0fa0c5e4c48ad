package dev.drydock.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The stored snapshots of a world, and the commands that were typed since; stored as JSON, times in milliseconds since 1970. For one thread.
 *
 * <p>Only a snapshot that was read between two commands counts. One that was read during a command shows a part of its effect, and the rest would be
 * taken for the effect of the next command.
 */
final class SnapshotIndex {
    String world = "";
    String step = "";
    Kept start;
    Kept entered;
    /** The state before the first of {@code lines}; null when it is not known. */
    Kept before;
    /** The latest state after all of {@code lines}; null until there is one. */
    Kept latest;

    List<Typed> lines = new ArrayList<>();
    /** The last change that was seen, and the commands that made it; null when there is none. */
    Effect effect;

    /** A snapshot in a file of its own. */
    record Kept(String file, long began, long read) {}

    /** A command; {@code ended} is 0 while it runs. */
    record Typed(String line, long began, long ended) {
        /** The command with an end: one that was cut off, or runs in another shell, counts as ended when the next one begins. */
        Typed over(long at) {
            return ended == 0 ? new Typed(line, began, Math.max(at, began)) : this;
        }
    }

    /** Two snapshots, and the commands between them. */
    record Effect(Kept before, Kept after, List<String> lines) {}

    static SnapshotIndex of(String world, String step) {
        SnapshotIndex index = new SnapshotIndex();
        index.world = world;
        index.step = step;
        return index;
    }

    /** A command begins at this time. */
    void begins(String line, long at) {
        lines.replaceAll(typed -> typed.over(at));
        if (latest != null && latest.read() <= at) {
            settle(latest);
            before = latest;
            latest = null;
            lines.clear();
        }
        lines.add(new Typed(line, at, 0));
    }

    /** All commands have ended at this time at the latest. */
    void ended(long at) {
        lines.replaceAll(typed -> typed.over(at));
    }

    /** How many of {@code lines} had ended before the snapshot; empty when a command ran while it was read. */
    private Optional<Integer> cut(Kept taken) {
        int done = 0;
        while (done < lines.size()
                && lines.get(done).ended() != 0
                && lines.get(done).ended() <= taken.began()) {
            done++;
        }
        boolean rest = lines.stream().skip(done).allMatch(typed -> typed.began() >= taken.read());
        return rest ? Optional.of(done) : Optional.empty();
    }

    /**
     * Takes a snapshot into the index.
     *
     * @return false when it is not usable, so that its file need not be stored
     */
    boolean took(Kept taken) {
        Optional<Integer> cut = cut(taken);
        boolean outdated = latest != null && latest.began() > taken.began();
        if (cut.isEmpty() || outdated) {
            return false;
        }
        if (start == null && cut.get() == 0) {
            start = taken;
        }
        entered = entered == null ? taken : entered;
        if (cut.get() == lines.size()) {
            latest = taken;
            before = before == null && lines.isEmpty() ? taken : before;
        } else {
            List<Typed> done = lines.subList(0, cut.get());
            if (!done.isEmpty()) {
                remember(taken, done);
            }
            lines = new ArrayList<>(lines.subList(cut.get(), lines.size()));
            before = taken;
            latest = null;
        }
        return true;
    }

    private void settle(Kept taken) {
        if (!lines.isEmpty()) {
            remember(taken, lines);
        }
    }

    private void remember(Kept taken, List<Typed> done) {
        if (before != null && !before.file().equals(taken.file())) {
            effect = new Effect(before, taken, done.stream().map(Typed::line).toList());
        }
    }

    /** Makes this step the current one, if it is another than before. */
    void entered(String now) {
        if (!now.equals(step)) {
            step = now;
            entered = latest;
        }
    }

    /** Names of the files that must be kept. */
    Set<String> files() {
        Set<String> files = new TreeSet<>();
        Stream.of(start, entered, before, latest).filter(kept -> kept != null).forEach(kept -> files.add(kept.file()));
        if (effect != null) {
            files.add(effect.before().file());
            files.add(effect.after().file());
        }
        return files;
    }
}
