package dev.drydock.shell.cli;

import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Rewritten;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.trace.Visit;

/** The path of a packet as JSON. */
final class TraceJson {
    private TraceJson() {}

    static JsonForm of(Trace trace) {
        return new JsonForm()
                .with("from", trace.from())
                .with("to", trace.to())
                .with("protocol", trace.packet().protocol())
                .with("address", trace.packet().to().text())
                .withAny("port", trace.packet().port())
                .with("answered", trace.ending().answered())
                .with("ending", trace.ending().kind())
                .with("sentence", trace.ending().sentence())
                .with("request", trace.request(), TraceJson::visit)
                .with("reply", trace.reply(), TraceJson::visit)
                .with("said", trace.said())
                .withAll("notes", trace.notes());
    }

    private static JsonForm visit(Visit visit) {
        return new JsonForm()
                .with("host", visit.host())
                .with("place", visit.place())
                .with("namespace", visit.inode())
                .with("steps", visit.steps(), TraceJson::step);
    }

    private static JsonForm step(TraceEvent step) {
        if (step instanceof Decided rule) {
            return new JsonForm()
                    .with("chain", rule.chain())
                    .withAny("number", rule.number())
                    .with("rule", rule.rule())
                    .with("verdict", rule.verdict())
                    .with("through", rule.through());
        }
        if (step instanceof Rewritten address) {
            return new JsonForm()
                    .with("rewritten", address.source() ? "source" : "destination")
                    .with("before", address.before())
                    .with("after", address.after());
        }
        Seen seen = (Seen) step;
        return new JsonForm()
                .with("seen", seen.point())
                .withAny("in", seen.header().in())
                .withAny("out", seen.header().out())
                .with("source", seen.header().from())
                .with("destination", seen.header().to())
                .with("ttl", seen.header().ttl());
    }
}
