package dev.drydock.engine.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.engine.host.World;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the events of one lab add up to. Events of a kind that this version does not know change nothing.
 *
 * @param everDone ids of steps that were done in any run
 * @param run the run that is open, also when its world was never finished being built
 * @param lastUsed the time of the latest event
 */
record Progress(Set<String> everDone, boolean completedOnce, Optional<Run> run, Instant lastUsed) {
    /** Where the worlds stand of which nothing else was written down. */
    private static final String HERE = "local";

    /**
     * @param reference the path that the lab was started from, or its id
     * @param place where its world stands, see {@link dev.drydock.engine.host.Worlds#at}
     * @param ready whether the world was built and set up; false after a start that was killed half-way
     * @param hints how many hints were given, by step id
     */
    record Run(
            String id,
            String reference,
            Optional<String> worldId,
            String place,
            boolean ready,
            String stepId,
            Set<String> done,
            Set<String> skipped,
            Map<String, Integer> hints) {}

    /** The kinds of event; the names are the file's format. */
    static final class Kind {
        static final String OPENING = "opening";
        static final String WORLD = "world";
        static final String OPENED = "opened";
        static final String AT = "at";
        static final String DONE = "done";
        static final String SKIPPED = "skipped";
        static final String HINT = "hint";
        static final String USED = "used";
        static final String COMPLETED = "completed";
        static final String FINISHED = "finished";

        private Kind() {}
    }

    static JsonObject event(String kind, String run) {
        JsonObject event = new JsonObject();
        event.addProperty("at", Instant.now().toString());
        event.addProperty("event", kind);
        event.addProperty("run", run);
        return event;
    }

    static JsonObject event(String kind, String run, String key, String value) {
        JsonObject event = event(kind, run);
        event.addProperty(key, value);
        return event;
    }

    /** A world was built for a run. */
    static JsonObject standing(String run, World world) {
        JsonObject event = event(Kind.WORLD, run, "world", world.id());
        event.addProperty("place", world.place());
        return event;
    }

    static Progress of(List<JsonObject> events) {
        Folding folding = new Folding();
        events.forEach(folding::take);
        return folding.progress();
    }

    private static String text(JsonObject event, String key) {
        JsonElement value = event.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static final class Folding {
        private final Set<String> everDone = new LinkedHashSet<>();
        private boolean completed;
        private Instant lastUsed = Instant.EPOCH;
        private String runId = "";
        private String reference = "";
        private Optional<String> worldId = Optional.empty();
        private String place = HERE;
        private boolean ready;
        private String stepId = "";
        private final Set<String> done = new LinkedHashSet<>();
        private final Set<String> skipped = new LinkedHashSet<>();
        private final Map<String, Integer> hints = new HashMap<>();

        void take(JsonObject event) {
            String kind = text(event, "event");
            String step = text(event, "step");
            noteTime(text(event, "at"));
            if (kind.equals(Kind.OPENING)) {
                begin(text(event, "run"), text(event, "lab"));
            } else if (kind.equals(Kind.COMPLETED)) {
                completed = true;
            } else if (kind.equals(Kind.DONE)) {
                everDone.add(step);
            }
            if (runId.isEmpty() || !text(event, "run").equals(runId)) {
                return;
            }
            switch (kind) {
                case Kind.WORLD -> {
                    worldId = Optional.of(text(event, "world"));
                    place = text(event, "place").isEmpty() ? HERE : text(event, "place");
                }
                case Kind.OPENED -> {
                    ready = true;
                    stepId = step;
                }
                case Kind.AT -> stepId = step;
                case Kind.DONE -> {
                    done.add(step);
                    skipped.remove(step);
                }
                case Kind.SKIPPED -> skipped.add(step);
                case Kind.HINT -> hints.merge(step, 1, Integer::sum);
                case Kind.FINISHED -> begin("", "");
                default -> {
                    // Written by a later version, or of no weight here.
                }
            }
        }

        private void begin(String run, String lab) {
            runId = run;
            reference = lab;
            worldId = Optional.empty();
            place = HERE;
            ready = false;
            stepId = "";
            done.clear();
            skipped.clear();
            hints.clear();
        }

        private void noteTime(String at) {
            try {
                Instant time = Instant.parse(at);
                lastUsed = time.isAfter(lastUsed) ? time : lastUsed;
            } catch (DateTimeParseException e) {
                // A line without a time still counts for what it says.
            }
        }

        Progress progress() {
            Optional<Run> run = runId.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Run(
                            runId,
                            reference,
                            worldId,
                            place,
                            ready,
                            stepId,
                            Collections.unmodifiableSet(new LinkedHashSet<>(done)),
                            Collections.unmodifiableSet(new LinkedHashSet<>(skipped)),
                            Map.copyOf(hints)));
            return new Progress(Collections.unmodifiableSet(new LinkedHashSet<>(everDone)), completed, run, lastUsed);
        }
    }
}
