package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent;
import dev.drydock.verify.trace.TracedHeader;
import dev.drydock.verify.trace.Visit;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** A packet's way for programs; keys may be added, never renamed. */
final class TraceJson {
    private TraceJson() {}

    static void write(Trace trace, Writer out) throws IOException {
        JsonWriter json = JsonOutput.to(out);
        json.setSerializeNulls(false);
        json.beginObject();
        json.name("from").value(trace.from());
        json.name("to").value(trace.to());
        json.name("protocol").value(trace.packet().protocol());
        json.name("address").value(trace.packet().to().text());
        if (trace.packet().port().isPresent()) {
            json.name("port").value(trace.packet().port().getAsInt());
        }
        json.name("answered").value(trace.ending().answered());
        json.name("ending").value(word(trace.ending().kind()));
        json.name("sentence").value(trace.ending().sentence());
        visits(json, "request", trace.request());
        visits(json, "reply", trace.reply());
        JsonOutput.strings(json, "said", trace.said());
        JsonOutput.strings(json, "notes", trace.notes());
        json.endObject();
        JsonOutput.end(json, out);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void visits(JsonWriter json, String name, List<Visit> visits) throws IOException {
        json.name(name).beginArray();
        for (Visit visit : visits) {
            json.beginObject();
            json.name("host").value(visit.host());
            json.name("place").value(visit.place());
            json.name("namespace").value(visit.inode());
            json.name("steps").beginArray();
            for (TraceEvent step : visit.steps()) {
                json.beginObject();
                step(json, step);
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private static void step(JsonWriter json, TraceEvent step) throws IOException {
        if (step instanceof TraceEvent.Seen seen) {
            TracedHeader header = seen.header();
            json.name("seen").value(word(seen.point()));
            json.name("in").value(header.in().orElse(null));
            json.name("out").value(header.out().orElse(null));
            json.name("source").value(header.from());
            json.name("destination").value(header.to());
            json.name("ttl").value(header.ttl());
        } else if (step instanceof TraceEvent.Decided decided) {
            json.name("chain").value(decided.chain());
            if (decided.number().isPresent()) {
                json.name("number").value(decided.number().getAsInt());
            }
            json.name("rule").value(decided.rule());
            json.name("verdict").value(decided.verdict());
            JsonOutput.strings(json, "through", decided.through());
        } else if (step instanceof TraceEvent.Rewritten rewritten) {
            json.name("rewritten").value(rewritten.source() ? "source" : "destination");
            json.name("before").value(rewritten.before());
            json.name("after").value(rewritten.after());
        }
    }
}
