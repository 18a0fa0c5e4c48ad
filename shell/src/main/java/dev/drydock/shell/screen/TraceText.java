package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Rewritten;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.trace.TracedHeader;
import dev.drydock.verify.trace.Visit;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path of a packet: the namespaces on the left, and beside each what happened to the packet there, in order of time. */
public final class TraceText {
    private static final String INDENT = "  ";
    private static final int LONGEST_PLACE = 14;
    private static final int WHAT = 21;

    private final DisplayOptions look;
    private final int places;
    private final List<Line> lines = new ArrayList<>();

    private TraceText(DisplayOptions look, int places) {
        this.look = look;
        this.places = places;
    }

    public static List<Line> of(Trace trace, DisplayOptions look) {
        int places = 6;
        for (List<Visit> way : List.of(trace.request(), trace.reply())) {
            for (Visit visit : way) {
                places = Math.max(places, Math.min(LONGEST_PLACE, Columns.of(visit.place())));
            }
        }
        TraceText text = new TraceText(look, places);
        text.draw(trace);
        return text.lines;
    }

    private void draw(Trace trace) {
        String ends = trace.request().isEmpty()
                ? trace.from() + " → " + trace.packet().to()
                : ends(trace.request().get(0).entered());
        head(Message.verbatim(trace.packet().protocol()), ends);
        trace.request().forEach(this::visit);
        if (!trace.reply().isEmpty() && !trace.request().isEmpty()) {
            Visit last = trace.request().get(trace.request().size() - 1);
            // what a namespace here answers has not been beyond
            boolean made = trace.reply().get(0).at(Point.MADE).isPresent();
            if (!made
                    && last.at(Point.DELIVERED).isEmpty()
                    && last.drop().isEmpty()
                    && last.left().isPresent()) {
                lines.addAll(Goals.hanging(
                        Line.of(INDENT).plus(Style.FAINT, say("trace.beyond")).padTo(INDENT.length() + places + 2, 2),
                        Style.FAINT,
                        say("trace.beyond-lab-hosts"),
                        look));
            }
        }
        if (!trace.reply().isEmpty()) {
            TracedHeader first = trace.reply().get(0).entered();
            Optional<String> error = first.icmpType().filter(type -> !type.startsWith("echo-"));
            head(
                    error.isPresent()
                            ? say("trace.error")
                            : first.sourcePort().isPresent() && first.reset() ? say("trace.reset") : say("trace.reply"),
                    ends(first)
                            + error.map(type -> "   " + first.icmpCode().orElse(""))
                                    .orElse(""));
            trace.reply().forEach(this::visit);
        }
        Ending ending = trace.ending();
        boolean good = ending.answered();
        String sentence = Words.text(ending.sentence());
        lines.addAll(Goals.hanging(
                Line.of(good ? Style.MET : Style.NOT_MET, good ? look.pass() : look.fail())
                        .plus(" "),
                Style.PLAIN,
                capital(sentence) + ".",
                look));
        for (Message note : trace.notes()) {
            lines.addAll(
                    Goals.hanging(Line.of(INDENT), Style.FAINT, Words.text(say("trace.note", "note", note)), look));
        }
    }

    /** Begins the sentence with a capital letter, unless it begins with a place or an address. */
    private static String capital(String sentence) {
        return sentence.matches("(?s)(?:the|it|in|no) .*")
                ? Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)
                : sentence;
    }

    private static String ends(TracedHeader header) {
        return header.from() + " → " + header.to() + "   ttl " + header.ttl();
    }

    private void head(Message kind, String ends) {
        lines.add(Line.of(Style.STRONG, kind)
                .padTo(INDENT.length() + places + 2, 2)
                .plus(look.spell(ends)));
    }

    private void visit(Visit visit) {
        List<TraceEvent> steps = shown(visit.steps());
        String place = look.spell(visit.place());
        Line first = Line.of(INDENT).plus(Style.STRONG, place).padTo(INDENT.length() + places + 2, 2);
        boolean begun = false;
        for (TraceEvent step : steps) {
            Line head = begun ? Line.of(" ".repeat(INDENT.length() + places + 2)) : first;
            step(step, head);
            begun = true;
        }
        if (!begun) {
            lines.add(first);
        }
    }

    /** Leaves out events that repeat others: where a bridge forwarded the packet, the events of the IP layer on the bridge itself. */
    private static List<TraceEvent> shown(List<TraceEvent> steps) {
        boolean switched = steps.stream().anyMatch(step -> is(step, Point.SWITCHED));
        List<TraceEvent> shown = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            TraceEvent step = steps.get(i);
            boolean told = (is(step, Point.MADE) && i + 1 < steps.size())
                    || (switched && (is(step, Point.IN) || is(step, Point.ROUTED) || is(step, Point.OUT)));
            if (!told) {
                shown.add(step);
            }
        }
        return shown;
    }

    private static boolean is(TraceEvent step, Point point) {
        return step instanceof Seen seen && seen.point() == point;
    }

    private void step(TraceEvent step, Line head) {
        if (step instanceof Seen seen) {
            seen(seen, head);
        } else if (step instanceof Decided decided) {
            decided(decided, head);
        } else if (step instanceof Rewritten rewritten) {
            Line words = Line.of(Style.EMPHASIS, rewritten.source() ? "source" : "destination")
                    .plus(look.spell(" " + rewritten.before() + " → " + rewritten.after()));
            lines.add(head.padTo(head.columns() + WHAT, 0).plus(words));
        }
    }

    private void seen(Seen seen, Line head) {
        TracedHeader header = seen.header();
        String in = header.in().orElse("");
        String out = header.out().orElse("");
        switch (seen.point()) {
            case MADE -> row(head, out, say("trace.row.made-here"));
            case PORT_IN -> row(head, Words.text(say("trace.row.in", "interface", in)), say("trace.row.bridge-port"));
            case IN -> row(head, Words.text(say("trace.row.in", "interface", in)), Message.NONE);
            case SWITCHED -> row(head, "bridge", say("trace.row.switched", "in", in, "out", out));
            case ROUTED -> row(head, "route", say("trace.row.routed", "out", out, "ttl", header.ttl()));
            case DELIVERED ->
                row(head, Words.text(say("trace.row.delivered")), say("trace.row.local", "address", header.to()));
            case OUT -> row(head, Words.text(say("trace.row.out", "interface", out)), Message.NONE);
            case PORT_OUT ->
                row(head, Words.text(say("trace.row.out", "interface", out)), say("trace.row.bridge-port"));
        }
    }

    private void row(Line head, String what, Message more) {
        String detail = Words.text(more);
        Line line = head.plus(look.spell(what));
        lines.addAll(
                detail.isEmpty()
                        ? List.of(line)
                        : Goals.hanging(
                                line.padTo(head.columns() + WHAT, 2), Style.FAINT, detail, look.tableMeasure(), look));
    }

    private void decided(Decided decided, Line head) {
        List<Span> words = new ArrayList<>();
        if (decided.policy()) {
            words.add(new Span(decided.drops() ? Style.NOT_MET : Style.PLAIN, decided.rule()));
        } else {
            String number = decided.number().isPresent()
                    ? Words.text(say("trace.rule", "number", decided.number().getAsInt())) + "  "
                    : "";
            words.add(new Span(decided.drops() ? Style.NOT_MET : Style.PLAIN, number));
            words.add(new Span(Style.CODE, look.spell(decided.rule())));
            if (!decided.through().isEmpty()) {
                words.add(new Span(
                        Style.FAINT, look.spell("  " + Words.text(say("trace.through", "chains", decided.through())))));
            }
        }
        if (decided.drops()) {
            words.add(new Span(
                    Style.NOT_MET,
                    look.spell("  " + look.fail() + " "
                            + Words.text(say("trace.dropped", "rejected", decided.rejects())))));
        }
        Line chain = head.plus(look.spell(decided.chain()));
        if (chain.columns() > head.columns() + WHAT - 2) {
            lines.add(chain);
            chain = Line.EMPTY;
        }
        lines.addAll(Goals.hanging(chain.padTo(head.columns() + WHAT, 2), words, look.tableMeasure()));
    }
}
