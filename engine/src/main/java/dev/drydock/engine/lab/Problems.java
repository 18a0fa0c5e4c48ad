package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the problems of one file. A problem that is reported twice is kept once. */
final class Problems {
    /** Problems that are shown; of the others only the number. */
    private static final int SHOWN = 100;

    private static final Comparator<Found> BY_PLACE = Comparator.<Found>comparingInt(
                    found -> found.span().line())
            .thenComparingInt(found -> found.span().column());

    /** A problem before its source line is looked up, which may be as long as the file. */
    private record Found(Problem.Severity severity, SourceSpan span, Message message, Optional<Message> next) {}

    private final Source source;
    private final Set<Found> found = new LinkedHashSet<>();
    private int errors;

    Problems(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    /** The number of errors reported so far, repeated ones included. A reader compares it before and after to see whether an error was reported. */
    int errors() {
        return errors;
    }

    void error(SourceSpan span, Message message) {
        error(span, message, Optional.empty());
    }

    void error(SourceSpan span, Message message, Message next) {
        error(span, message, Optional.of(next));
    }

    /**
     * Reports an error.
     *
     * @param next what to do; empty where there is no advice
     */
    void error(SourceSpan span, Message message, Optional<Message> next) {
        errors++;
        found.add(new Found(Problem.Severity.ERROR, span, message, next));
    }

    /** Reports a warning, which does not make a lab unusable. */
    void warning(SourceSpan span, Message message, Message next) {
        found.add(new Found(Problem.Severity.WARNING, span, message, Optional.of(next)));
    }

    /**
     * The problems in the order of the file. When there are more than 100, errors are kept first, and the last entry tells how many were left out.
     */
    List<Problem> sorted() {
        List<Found> all = new ArrayList<>(found);
        all.sort(Comparator.comparing(Found::severity).thenComparing(BY_PLACE));
        List<Problem> shown = new ArrayList<>(all.stream()
                .limit(SHOWN)
                .sorted(BY_PLACE)
                .map(one -> source.problem(one.severity(), one.span(), one.message(), one.next()))
                .toList());
        if (all.size() > SHOWN) {
            shown.add(source.problem(
                    all.get(SHOWN).severity(),
                    SourceSpan.FILE,
                    say("lab.more-problems", "number", all.size() - SHOWN),
                    Optional.of(say("lab.more-problems.next"))));
        }
        return List.copyOf(shown);
    }
}
