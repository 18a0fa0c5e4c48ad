package dev.drydock.engine.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong with one file, each thing once, in the order of the file. */
final class Problems {
    /** More than this nobody reads; the rest is counted. */
    private static final int SHOWN = 100;

    private final Source source;
    private final Set<Problem> found = new LinkedHashSet<>();
    private int errors;

    Problems(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    /** How many errors were reported so far, repeated ones included: a reader compares before and after. */
    int errors() {
        return errors;
    }

    void error(Span span, String message) {
        error(span, message, Optional.empty());
    }

    void error(Span span, String message, String next) {
        error(span, message, Optional.of(next));
    }

    void error(Span span, String message, Optional<String> next) {
        errors++;
        found.add(source.problem(Problem.Severity.ERROR, span, message, next));
    }

    void warning(Span span, String message, String next) {
        found.add(source.problem(Problem.Severity.WARNING, span, message, Optional.of(next)));
    }

    List<Problem> sorted() {
        List<Problem> all = new ArrayList<>(found);
        all.sort(Comparator.comparing(Problem::severity)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        List<Problem> shown = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
        shown.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (all.size() > SHOWN) {
            shown.add(source.problem(
                    all.get(SHOWN).severity(),
                    Span.FILE,
                    (all.size() - SHOWN) + " more problems are not shown",
                    Optional.of("mend the first ones and look again")));
        }
        return List.copyOf(shown);
    }
}
