package dev.drydock.engine.session;

import com.google.gson.JsonObject;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.verify.words.Words;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Writes what was typed and judged in one lab, for a later reader. Each entry is in the file before a method returns. */
final class Transcript {
    static final String TYPED = "typed";
    static final String ANSWERED = "answered";
    /** A command of the reference solution. */
    static final String SOLVING = "solving";

    private final EventLog log;

    Transcript(EventLog log) {
        this.log = log;
    }

    void typed(Step step, String line, int exit) {
        JsonObject entry = entry(TYPED, step);
        entry.addProperty("line", line);
        entry.addProperty("exit", exit);
        log.append(entry);
    }

    void answered(Step step, String typed, boolean right) {
        JsonObject entry = entry(ANSWERED, step);
        entry.addProperty("answer", typed);
        entry.addProperty("right", right);
        log.append(entry);
    }

    /** A listener that writes each command of the solution when it has ended, and passes every event to {@code listener}. */
    Consumer<SolveEvent> solving(Step step, Consumer<SolveEvent> listener) {
        Deque<String> running = new ArrayDeque<>();
        return event -> {
            if (event instanceof SolveEvent.Command command) {
                running.push(command.host().map(host -> "on " + host + " ").orElse("") + command.text());
            } else if (event instanceof SolveEvent.Ended ended && !running.isEmpty()) {
                JsonObject entry = entry(SOLVING, step);
                entry.addProperty("line", running.pop());
                entry.addProperty("exit", ended.exit());
                log.append(entry);
            }
            listener.accept(event);
        };
    }

    void solved(Step step, int exit) {
        JsonObject entry = entry("solved", step);
        entry.addProperty("exit", exit);
        log.append(entry);
    }

    /** Writes the verdicts whose kind has changed since the check before. */
    void judged(Check check) {
        for (Check.Judged judged : check.goals()) {
            if (judged.changed()) {
                JsonObject entry = entry("verdict", check.step());
                entry.addProperty("goal", Words.text(judged.goal().line()));
                entry.addProperty("verdict", judged.verdict().kind().word());
                judged.verdict()
                        .fold(
                                met -> "",
                                notMet -> Words.text(notMet.found()),
                                cannotTell -> Words.text(cannotTell.reason()))
                        .lines()
                        .findFirst()
                        .ifPresent(found -> entry.addProperty("found", found));
                log.append(entry);
            }
        }
    }

    private static JsonObject entry(String event, Step step) {
        JsonObject entry = new JsonObject();
        entry.addProperty("at", Instant.now().toString());
        entry.addProperty("event", event);
        entry.addProperty("step", step.id());
        return entry;
    }
}
