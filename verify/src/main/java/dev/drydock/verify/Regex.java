package dev.drydock.verify;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Words;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that an author wrote. Backtracking may take longer than anybody waits, and deep nesting more stack than there
 * is; so matching is bounded in steps and in time, and says when it was given up.
 */
public final class Regex {
    /** Characters that one match may look at: more than a tenth of a second. */
    public static final int STEPS = 20_000_000;

    /** Some expressions loop without looking at any character. */
    private static final long SECONDS = 5;

    private static final long STACK = 8L << 20;

    private final Pattern pattern;
    private final int steps;

    private Regex(Pattern pattern, int steps) {
        this.pattern = pattern;
        this.steps = steps;
    }

    /** What matching came to. */
    public enum Found {
        YES,
        NO,
        /** It was given up, so nobody knows. */
        TOO_LONG
    }

    /**
     * Compiles it.
     *
     * @param flags those of {@link Pattern}
     * @throws PatternSyntaxException when it is malformed or nested too deep
     */
    public static Regex of(String expression, int flags) {
        try {
            return new Regex(onOwnStack(() -> Pattern.compile(expression, flags)), STEPS);
        } catch (TimeoutException | StackOverflowError deep) {
            throw new PatternSyntaxException(Words.text(say("regex.too-deep")), expression, -1);
        }
    }

    /** The same with another bound than {@link #STEPS}. */
    public Regex within(int most) {
        return new Regex(pattern, most);
    }

    /** Whether some part of the text matches. */
    public Found find(CharSequence text) {
        return bounded(text, Matcher::find);
    }

    /** Whether the whole text matches. */
    public Found matches(CharSequence text) {
        return bounded(text, Matcher::matches);
    }

    /** The first of these texts on which {@link #find} is given up; empty where it ends on all of them. */
    public Optional<String> firstTooLong(Collection<String> texts) {
        AtomicReference<String> current = new AtomicReference<>();
        try {
            onOwnStack(() -> {
                for (String text : texts) {
                    current.set(text);
                    pattern.matcher(new Counted(text, steps)).find();
                }
                return true;
            });
            return Optional.empty();
        } catch (TimeoutException | TooManySteps | StackOverflowError given) {
            return Optional.of(current.get());
        }
    }

    private Found bounded(CharSequence text, Predicate<Matcher> question) {
        Counted counted = new Counted(text, steps);
        try {
            return onOwnStack(() -> question.test(pattern.matcher(counted))) ? Found.YES : Found.NO;
        } catch (TimeoutException | TooManySteps | StackOverflowError given) {
            counted.left = 0;
            return Found.TOO_LONG;
        }
    }

    /** What was computed on a thread whose stack has a known size. A thread that is given up is a daemon. */
    private static <T> T onOwnStack(java.util.concurrent.Callable<T> work) throws TimeoutException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "regular expression", STACK);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (true) {
                try {
                    return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    // Matching is short; whoever interrupted is told afterwards.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** Text that lets itself be looked at a certain number of times. Read by one thread; {@code left} may be set to 0 by another. */
    private static final class Counted implements CharSequence {
        private final CharSequence text;
        private int left;

        Counted(CharSequence text, int left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- <= 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
