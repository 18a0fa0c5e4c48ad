package dev.drydock.verify;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The result of judging one expectation: met, not met, or not known. */
public sealed interface Verdict {

    /** The evidence for the verdict, in the order in which a reader should see it. */
    List<Evidence> evidence();

    /** Calls exactly one of the functions. A new kind of verdict would break the compilation of every caller. */
    <T> T fold(
            Function<? super Met, ? extends T> onMet,
            Function<? super NotMet, ? extends T> onNotMet,
            Function<? super CannotTell, ? extends T> onCannotTell);

    static Met met(Evidence... evidence) {
        return new Met(List.of(evidence));
    }

    /** Without a known cause; {@link NotMet#causedBy(Optional)} adds one. */
    static NotMet notMet(Message expected, Message found, Evidence... evidence) {
        return new NotMet(expected, found, List.of(evidence), Optional.empty());
    }

    static CannotTell cannotTell(Message reason, Evidence... evidence) {
        return new CannotTell(reason, List.of(evidence));
    }

    /** The verdict with each evidence replaced. */
    default Verdict showing(UnaryOperator<Evidence> shown) {
        List<Evidence> all = evidence().stream().map(shown).toList();
        return fold(
                met -> new Met(all),
                notMet -> new NotMet(notMet.expected(), notMet.found(), all, notMet.cause()),
                cannotTell -> new CannotTell(cannotTell.reason(), all));
    }

    default Kind kind() {
        return fold(met -> Kind.MET, notMet -> Kind.NOT_MET, cannotTell -> Kind.CANNOT_TELL);
    }

    default boolean isMet() {
        return kind() == Kind.MET;
    }

    default boolean isNotMet() {
        return kind() == Kind.NOT_MET;
    }

    default boolean isCannotTell() {
        return kind() == Kind.CANNOT_TELL;
    }

    /** The kinds of verdict. */
    enum Kind {
        MET("met"),
        NOT_MET("not met"),
        CANNOT_TELL("cannot tell");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in transcripts and proofs: {@code not met}. */
        public String word() {
            return word;
        }
    }

    /** The state is as expected. */
    record Met(List<Evidence> evidence) implements Verdict {
        public Met {
            evidence = List.copyOf(evidence);
        }

        @Override
        public <T> T fold(
                Function<? super Met, ? extends T> onMet,
                Function<? super NotMet, ? extends T> onNotMet,
                Function<? super CannotTell, ? extends T> onCannotTell) {
            return onMet.apply(this);
        }
    }

    /**
     * The state was read and is not as expected.
     *
     * @param expected what was expected, for example {@code network mode bridge}
     * @param found what is there instead, in the same sentence structure: {@code network mode host}
     * @param cause why, where that is known; never a guess
     */
    record NotMet(Message expected, Message found, List<Evidence> evidence, Optional<Message> cause)
            implements Verdict {
        public NotMet {
            Objects.requireNonNull(expected);
            Objects.requireNonNull(found);
            evidence = List.copyOf(evidence);
            Objects.requireNonNull(cause);
        }

        /** The verdict with this cause; unchanged where it is empty. */
        public NotMet causedBy(Optional<Message> known) {
            return known.isEmpty() ? this : new NotMet(expected, found, evidence, known);
        }

        @Override
        public <T> T fold(
                Function<? super Met, ? extends T> onMet,
                Function<? super NotMet, ? extends T> onNotMet,
                Function<? super CannotTell, ? extends T> onCannotTell) {
            return onNotMet.apply(this);
        }
    }

    /**
     * A probe did not run, or its output could not be read; neither pass nor fail.
     *
     * @param reason what could not be read and why, as a sentence without a full stop
     */
    record CannotTell(Message reason, List<Evidence> evidence) implements Verdict {
        public CannotTell {
            Objects.requireNonNull(reason);
            evidence = List.copyOf(evidence);
        }

        @Override
        public <T> T fold(
                Function<? super Met, ? extends T> onMet,
                Function<? super NotMet, ? extends T> onNotMet,
                Function<? super CannotTell, ? extends T> onCannotTell) {
            return onCannotTell.apply(this);
        }
    }
}
