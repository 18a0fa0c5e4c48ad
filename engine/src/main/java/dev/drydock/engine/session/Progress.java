package dev.drydock.engine.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of one lab, computed from all its events. Events of kinds that this version does not know are ignored.
 *
 * @param everDone the steps that were done in any run, by id, with how they were done; the best of several runs
 * @param completedOnce whether all steps were done in some run
 * @param run the open run, also when its world was never completely built; empty when no run is open
 * @param lastUsed time of the latest event; the epoch without events
 */
record Progress(Map<String, DoneHow> everDone, boolean completedOnce, Optional<Run> run, Instant lastUsed) {
    /** The place of a world whose event has none. */
    private static final String HERE = "local";

    /**
     * One run of a lab.
     *
     * @param reference the path that the lab was started from, or its id
     * @param place where its world stands, see {@link dev.drydock.engine.host.Worlds#at}
     * @param ready whether the world was built and set up; false after a start that was killed before that
     * @param stepId id of the current step; empty before {@code ready}
     * @param done how each step was done, by step id, in the order in which the steps were done
     * @param hints how many hints were given, by step id
     */
    record Run(
            String id,
            String reference,
            Optional<String> worldId,
            String place,
            boolean ready,
            String stepId,
            Map<String, DoneHow> done,
            Set<String> skipped,
            Map<String, Integer> hints) {
        /**
         * The index of the current step, from 0. When the lab has no step of that id any more, the first step that is not done, or else the last
         * step.
         */
        int index(Lab lab) {
            return lab.indexOf(stepId).orElseGet(() -> {
                List<String> ids = lab.steps().stream().map(Step::id).toList();
                return ids.stream()
                        .filter(id -> !done.containsKey(id))
                        .findFirst()
                        .map(ids::indexOf)
                        .orElse(ids.size() - 1);
            });
        }
    }

    /** The kinds of events. Their values stand in the progress file, so they must not change. */
    static final class Kind {
        static final String OPENING = "opening";
        static final String WORLD = "world";
        static final String OPENED = "opened";
        static final String AT = "at";
        static final String DONE = "done";
        static final String SKIPPED = "skipped";
        static final String HINT = "hint";
        /** The reference solution was run, or the answer shown. */
        static final String SOLVED = "solved";

        static final String USED = "used";
        static final String COMPLETED = "completed";
        static final String FINISHED = "finished";

        private Kind() {}
    }

    /**
     * A new event with the time of now.
     *
     * @param kind one of {@link Kind}
     * @param run id of the run
     */
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

    /** The events to append when a run is closed: a current step that is a text to read becomes done. Empty for any other run. */
    static List<JsonObject> ofLastText(Lab lab, Run run) {
        Step current = lab.steps().get(run.index(lab));
        if (!run.ready() || !current.read() || run.done().containsKey(current.id())) {
            return List.of();
        }
        JsonObject done = event(Kind.DONE, run.id(), "step", current.id());
        boolean more = lab.steps().stream()
                .anyMatch(step -> !step.id().equals(current.id()) && !run.done().containsKey(step.id()));
        return more ? List.of(done) : List.of(done, event(Kind.COMPLETED, run.id()));
    }

    /**
     * Computes the state.
     *
     * @param events oldest first
     */
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
        private final Map<String, DoneHow> everDone = new LinkedHashMap<>();
        private boolean completed;
        private Instant lastUsed = Instant.EPOCH;
        private String runId = "";
        private String reference = "";
        private Optional<String> worldId = Optional.empty();
        private String place = HERE;
        private boolean ready;
        private String stepId = "";
        private final Map<String, DoneHow> done = new LinkedHashMap<>();
        private final Set<String> skipped = new LinkedHashSet<>();
        private final Map<String, Integer> hints = new HashMap<>();
        private final Set<String> solved = new LinkedHashSet<>();

        void take(JsonObject event) {
            String kind = text(event, "event");
            String step = text(event, "step");
            noteTime(text(event, "at"));
            if (kind.equals(Kind.OPENING)) {
                begin(text(event, "run"), text(event, "lab"));
            } else if (kind.equals(Kind.COMPLETED)) {
                completed = true;
            }
            boolean ofTheRun = !runId.isEmpty() && text(event, "run").equals(runId);
            if (kind.equals(Kind.DONE)) {
                DoneHow how = ofTheRun ? DoneHow.of(hints.getOrDefault(step, 0), solved.contains(step)) : DoneHow.ALONE;
                everDone.merge(step, how, DoneHow::better);
                if (ofTheRun) {
                    done.putIfAbsent(step, how);
                }
            }
            if (!ofTheRun) {
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
                case Kind.DONE -> skipped.remove(step);
                case Kind.SKIPPED -> skipped.add(step);
                case Kind.HINT -> hints.merge(step, 1, Integer::sum);
                case Kind.SOLVED -> solved.add(step);
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
            solved.clear();
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
                            Collections.unmodifiableMap(new LinkedHashMap<>(done)),
                            Collections.unmodifiableSet(new LinkedHashSet<>(skipped)),
                            Map.copyOf(hints)));
            return new Progress(Collections.unmodifiableMap(new LinkedHashMap<>(everDone)), completed, run, lastUsed);
        }
    }
}
