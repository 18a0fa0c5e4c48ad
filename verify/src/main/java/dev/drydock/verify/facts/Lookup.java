package dev.drydock.verify.facts;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The result of a search: found, known to be absent, or unknown. */
public sealed interface Lookup<T> {

    /** Where it was looked for: the command, with the lines worth quoting. */
    Evidence source();

    <R> R fold(
            Function<? super Found<T>, ? extends R> onFound,
            Function<? super Absent<T>, ? extends R> onAbsent,
            Function<? super Unknown<T>, ? extends R> onUnknown);

    /** What was found; empty where it is absent or unknown. */
    default Optional<T> toOptional() {
        return fold(found -> Optional.of(found.value()), absent -> Optional.empty(), unknown -> Optional.empty());
    }

    /** Continues the search inside what was found; absent and unknown pass through unchanged. */
    default <U> Lookup<U> then(Function<? super T, Lookup<U>> next) {
        return fold(
                found -> next.apply(found.value()),
                absent -> new Absent<>(absent.reason(), absent.source()),
                unknown -> new Unknown<>(unknown.reason(), unknown.source()));
    }

    /** Searches in a reading; the result is unknown where the reading is. */
    static <T, U> Lookup<U> in(Reading<T> reading, BiFunction<? super T, Evidence, Lookup<U>> search) {
        return reading.fold(
                known -> search.apply(known.value(), known.source()),
                unknown -> new Unknown<>(unknown.reason(), unknown.source()));
    }

    /** It exists. */
    record Found<T>(T value, Evidence source) implements Lookup<T> {
        @Override
        public <R> R fold(
                Function<? super Found<T>, ? extends R> onFound,
                Function<? super Absent<T>, ? extends R> onAbsent,
                Function<? super Unknown<T>, ? extends R> onUnknown) {
            return onFound.apply(this);
        }
    }

    /**
     * It was looked for and does not exist.
     *
     * @param reason what is missing, as a sentence without a full stop: {@code there is no namespace red}
     */
    record Absent<T>(Message reason, Evidence source) implements Lookup<T> {
        @Override
        public <R> R fold(
                Function<? super Found<T>, ? extends R> onFound,
                Function<? super Absent<T>, ? extends R> onAbsent,
                Function<? super Unknown<T>, ? extends R> onUnknown) {
            return onAbsent.apply(this);
        }
    }

    /**
     * The facts in which to look could not be read.
     *
     * @param reason what could not be read and why, as a sentence without a full stop
     */
    record Unknown<T>(Message reason, Evidence source) implements Lookup<T> {
        @Override
        public <R> R fold(
                Function<? super Found<T>, ? extends R> onFound,
                Function<? super Absent<T>, ? extends R> onAbsent,
                Function<? super Unknown<T>, ? extends R> onUnknown) {
            return onUnknown.apply(this);
        }
    }
}
