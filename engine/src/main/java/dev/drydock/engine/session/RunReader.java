package dev.drydock.engine.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.engine.session.RunRecord.Entry;
import dev.drydock.engine.session.RunRecord.StepRecord;
import dev.drydock.engine.session.StepStates.Moment;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the record of a lab's last run from its progress, its transcript and the states of its steps. */
final class RunReader {
    /** A longer gap between two events counts only as this long: the learner was away. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final String labId;
    private final StepStates states;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private String run = "";
    private String reference = "";
    private String current = "";
    private Instant began = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private boolean finished;

    private RunReader(String labId, StepStates states) {
        this.labId = labId;
        this.states = states;
    }

    /** The values of one step, changed as the events are read. */
    private static final class Step {
        private int hints;
        private boolean solved;
        private boolean skipped;
        private Optional<DoneHow> how = Optional.empty();
        private Duration time = Duration.ZERO;
        private final List<Entry> entries = new ArrayList<>();
    }

    /**
     * The record of the open run, or else of the last one.
     *
     * @param progress events, oldest first
     * @param transcript entries, oldest first
     * @return empty where no run ever had its world ready
     */
    static Optional<RunRecord> last(
            String labId, List<JsonObject> progress, List<JsonObject> transcript, StepStates states) {
        RunReader reader = new RunReader(labId, states);
        List<JsonObject> events = new ArrayList<>(ofLastRun(progress));
        if (events.isEmpty()) {
            return Optional.empty();
        }
        Instant from = at(events.get(0));
        Instant to = isFinished(events) ? at(events.get(events.size() - 1)) : Instant.MAX;
        transcript.stream()
                .filter(entry -> !at(entry).isBefore(from) && !at(entry).isAfter(to))
                .forEach(events::add);
        // The sort is stable: what both files tell of one moment stays in its order.
        events.sort((one, other) -> at(one).compareTo(at(other)));
        events.forEach(reader::take);
        return reader.steps.isEmpty() ? Optional.empty() : Optional.of(reader.record());
    }

    /** The events of the last run whose world was ready; a start that failed is none. */
    private static List<JsonObject> ofLastRun(List<JsonObject> progress) {
        String ready = "";
        for (JsonObject event : progress) {
            if (text(event, "event").equals(Progress.Kind.OPENED)) {
                ready = text(event, "run");
            }
        }
        String wanted = ready;
        return progress.stream()
                .filter(event -> !wanted.isEmpty() && text(event, "run").equals(wanted))
                .toList();
    }

    private static boolean isFinished(List<JsonObject> events) {
        return text(events.get(events.size() - 1), "event").equals(Progress.Kind.FINISHED);
    }

    private void take(JsonObject event) {
        String step = text(event, "step");
        Instant at = at(event);
        pass(at);
        switch (text(event, "event")) {
            case Progress.Kind.OPENING -> {
                run = text(event, "run");
                reference = text(event, "lab");
                began = at;
            }
            case Progress.Kind.OPENED, Progress.Kind.AT -> {
                current = step;
                step(step);
            }
            case Progress.Kind.HINT -> step(step).hints++;
            case Progress.Kind.SOLVED -> step(step).solved = true;
            case Progress.Kind.SKIPPED -> step(step).skipped = true;
            case Progress.Kind.DONE -> {
                Step done = step(step);
                done.skipped = false;
                done.how = done.how.or(() -> Optional.of(DoneHow.of(done.hints, done.solved)));
            }
            case Progress.Kind.FINISHED -> finished = true;
            case Transcript.TYPED -> command(event, Entry.Kind.COMMAND);
            case Transcript.SOLVING -> command(event, Entry.Kind.SOLUTION);
            case Transcript.ANSWERED -> {
                boolean right = event.has("right") && event.get("right").getAsBoolean();
                step(step).entries.add(new Entry(at, Entry.Kind.ANSWER, text(event, "answer"), right, 0));
            }
            default -> {
                // Of no weight here.
            }
        }
    }

    private void command(JsonObject event, Entry.Kind kind) {
        int exit = event.has("exit") ? event.get("exit").getAsInt() : 0;
        step(text(event, "step")).entries.add(new Entry(at(event), kind, text(event, "line"), exit == 0, exit));
    }

    /** Time goes by, in the current step. */
    private void pass(Instant at) {
        Duration since = Duration.between(last, at);
        if (!current.isEmpty() && !since.isNegative()) {
            Step step = step(current);
            step.time = step.time.plus(since.compareTo(PAUSE) > 0 ? PAUSE : since);
        }
        last = at;
    }

    private Step step(String id) {
        return steps.computeIfAbsent(id, none -> new Step());
    }

    private RunRecord record() {
        List<String> ids = List.copyOf(steps.keySet());
        List<StepRecord> all = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Optional<String> next = i + 1 < ids.size() ? Optional.of(ids.get(i + 1)) : Optional.empty();
            Optional<Facts> after = states.read(run, id, Moment.DONE)
                    .or(() -> next.flatMap(following -> states.read(run, following, Moment.BEGAN)));
            Step step = steps.get(id);
            all.add(new StepRecord(
                    id,
                    step.how,
                    step.skipped,
                    step.hints,
                    step.time,
                    step.entries,
                    states.read(run, id, Moment.BEGAN),
                    after));
        }
        return new RunRecord(labId, reference, began, last, finished, all);
    }

    private static Instant at(JsonObject event) {
        try {
            return Instant.parse(text(event, "at"));
        } catch (DateTimeParseException none) {
            return Instant.EPOCH;
        }
    }

    private static String text(JsonObject event, String key) {
        JsonElement value = event.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
