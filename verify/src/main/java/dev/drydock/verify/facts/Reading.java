package dev.drydock.verify.facts;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.function.Function;

/** Facts that were read, or the reason why they could not be. So unreadable is never taken for absent. */
public sealed interface Reading<T> {
    /** The command that was used, as a learner would type it, with the lines worth quoting. */
    Evidence source();

    <R> R fold(Function<? super Known<T>, ? extends R> onKnown, Function<? super Unknown<T>, ? extends R> onUnknown);

    /** What was read; empty where it could not be, for when the reason does not matter. */
    default Optional<T> toOptional() {
        return fold(known -> Optional.of(known.value()), unknown -> Optional.empty());
    }

    /** What was read, or {@code other} where it could not be. */
    default T orElse(T other) {
        return fold(Known::value, unknown -> other);
    }

    /** The reading with its value mapped; unknown stays unknown. */
    default <U> Reading<U> map(Function<? super T, ? extends U> view) {
        return fold(
                known -> new Known<>(view.apply(known.value()), known.source()),
                unknown -> new Unknown<>(unknown.reason(), unknown.source()));
    }

    record Known<T>(T value, Evidence source) implements Reading<T> {
        @Override
        public <R> R fold(
                Function<? super Known<T>, ? extends R> onKnown, Function<? super Unknown<T>, ? extends R> onUnknown) {
            return onKnown.apply(this);
        }
    }

    /** @param reason what could not be read and why, as a sentence without a full stop */
    record Unknown<T>(Message reason, Evidence source) implements Reading<T> {
        @Override
        public <R> R fold(
                Function<? super Known<T>, ? extends R> onKnown, Function<? super Unknown<T>, ? extends R> onUnknown) {
            return onUnknown.apply(this);
        }
    }
}
