package dev.drydock.engine.session;

import com.google.gson.JsonObject;
import dev.drydock.engine.lab.Step;
import dev.drydock.verify.words.Words;
import java.time.Instant;

/** What was typed and seen in one lab, for whoever wants to read it later. */
final class Transcript {
    private final EventLog log;

    Transcript(EventLog log) {
        this.log = log;
    }

    void typed(Step step, String line, int exit) {
        JsonObject entry = entry("typed", step);
        entry.addProperty("line", line);
        entry.addProperty("exit", exit);
        log.append(entry);
    }

    void answered(Step step, String typed, boolean right) {
        JsonObject entry = entry("answered", step);
        entry.addProperty("answer", typed);
        entry.addProperty("right", right);
        log.append(entry);
    }

    void solved(Step step, int exit) {
        JsonObject entry = entry("solved", step);
        entry.addProperty("exit", exit);
        log.append(entry);
    }

    /** Writes down the verdicts that changed. */
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
