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

/** A regular expression by an author. Matching may need too much time (backtracking) or stack (nesting), so it is bounded in steps and in time. */
public final class Regex {
    /** The limit of character accesses for one match: more than a tenth of a second. */
    public static final int STEPS = 20_000_000;

    /** The time limit, since some expressions loop without accessing a character. */
    private static final long SECONDS = 5;

    private static final long STACK = 8L << 20;

    private final Pattern pattern;
    private final int steps;

    private Regex(Pattern pattern, int steps) {
        this.pattern = pattern;
        this.steps = steps;
    }

    /** The result of matching. */
    public enum Found {
        YES,
        NO,
        /** Matching was given up at a limit, so the result is not known. */
        TOO_LONG
    }

    /**
     * Compiles an expression.
     *
     * @param flags those of {@link Pattern}
     * @throws PatternSyntaxException when the expression is malformed or nested too deep
     */
    public static Regex of(String expression, int flags) {
        try {
            return new Regex(onOwnStack(() -> Pattern.compile(expression, flags)), STEPS);
        } catch (TimeoutException | StackOverflowError deep) {
            throw new PatternSyntaxException(Words.text(say("regex.too-deep")), expression, -1);
        }
    }

    /** The expression with another limit than {@link #STEPS}. */
    public Regex within(int most) {
        return new Regex(pattern, most);
    }

    /** Whether a part of the text matches. */
    public Found find(CharSequence text) {
        return bounded(text, Matcher::find);
    }

    /** Whether the whole text matches. */
    public Found matches(CharSequence text) {
        return bounded(text, Matcher::matches);
    }

    /** The first text for which {@link #find} would be given up; empty where there is none. */
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

    /** Computes on a thread with a fixed stack size. A thread that is given up goes on as a daemon. */
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

    /** Text with a limited number of character accesses. Read by one thread; another thread may set {@code left} to 0 to stop it. */
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
