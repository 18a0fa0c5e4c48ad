package dev.drydock.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * With {@code -Dtests.minutes=…} the tests have about so many minutes, and with {@code -Dtests.until=…}, in seconds since 1970, no test of the kernel
 * or at a terminal begins later than that. What is cut short is printed, a line {@code [LEFT OUT]} each, which {@code ./test} repeats at its end. Without the
 * properties every test runs. Used by several threads.
 */
public final class TimeLimit implements ExecutionCondition {
    private static final Optional<Instant> UNTIL =
            Optional.ofNullable(Long.getLong("tests.until")).map(Instant::ofEpochSecond);

    private static final Set<String> LONG = Set.of("kernel", "terminal");

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    /** How long all tests may take; empty where they may take as long as they want. */
    public static Optional<Duration> whole() {
        return Optional.ofNullable(Long.getLong("tests.minutes")).map(Duration::ofMinutes);
    }

    /** Tells whoever runs the tests. */
    public static void leftOut(String what) {
        System.out.println("[LEFT OUT] " + what + ", for want of time");
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (UNTIL.filter(until -> Instant.now().isAfter(until)).isEmpty()
                || Collections.disjoint(context.getTags(), LONG)) {
            return ConditionEvaluationResult.enabled("there is time");
        }
        String name = context.getRequiredTestClass().getName();
        if (TOLD.add(name)) {
            leftOut(name + ", or the rest of it");
        }
        return ConditionEvaluationResult.disabled("there is no time left");
    }
}
