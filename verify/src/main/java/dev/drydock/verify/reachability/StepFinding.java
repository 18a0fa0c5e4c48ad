package dev.drydock.verify.reachability;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What became of one link of the chain. */
public sealed interface StepFinding {
    <T> T fold(
            Function<? super Holds, ? extends T> onHolds,
            Function<? super Broken, ? extends T> onBroken,
            Function<? super CannotTell, ? extends T> onCannotTell,
            Function<? super NotReached, ? extends T> onNotReached);

    /** @param words what was seen, short: {@code default via 172.17.0.1 dev eth0} */
    record Holds(Message words) implements StepFinding {
        public Holds {
            Objects.requireNonNull(words);
        }

        @Override
        public <T> T fold(
                Function<? super Holds, ? extends T> onHolds,
                Function<? super Broken, ? extends T> onBroken,
                Function<? super CannotTell, ? extends T> onCannotTell,
                Function<? super NotReached, ? extends T> onNotReached) {
            return onHolds.apply(this);
        }
    }

    /**
     * The link that breaks the chain.
     *
     * @param found what is wrong, as a sentence without a full stop
     * @param mend what would mend it, in words, never a command
     * @param command what would mend it, as typed on the lab host, where one command does
     * @param where the interfaces whose own state is to blame; empty where it is something else, such as a rule or a route
     */
    record Broken(
            Cause cause,
            Message found,
            Optional<Evidence> evidence,
            Message mend,
            Optional<String> command,
            List<Interface> where)
            implements StepFinding {
        public Broken {
            Objects.requireNonNull(cause);
            Objects.requireNonNull(found);
            Objects.requireNonNull(evidence);
            Objects.requireNonNull(mend);
            Objects.requireNonNull(command);
            where = List.copyOf(where);
        }

        public Broken(Cause cause, Message found, Optional<Evidence> evidence, Message mend, Optional<String> command) {
            this(cause, found, evidence, mend, command, List.of());
        }

        public Broken(Cause cause, Message found, Evidence evidence, Message mend, String command) {
            this(cause, found, Optional.of(evidence), mend, Optional.of(command));
        }

        public Broken(Cause cause, Message found, Evidence evidence, Message mend) {
            this(cause, found, Optional.of(evidence), mend, Optional.empty());
        }

        /** The same, blamed on these interfaces. */
        Broken at(Interface... ends) {
            return new Broken(cause, found, evidence, mend, command, List.of(ends));
        }

        Broken withoutCommand() {
            return new Broken(cause, found, evidence, mend, Optional.empty(), where);
        }

        /** The same, found in other words. */
        Broken saying(UnaryOperator<Message> words) {
            return new Broken(cause, words.apply(found), evidence, mend, command, where);
        }

        Broken withEvidence(UnaryOperator<Evidence> shown) {
            return new Broken(cause, found, evidence.map(shown), mend, command, where);
        }

        @Override
        public <T> T fold(
                Function<? super Holds, ? extends T> onHolds,
                Function<? super Broken, ? extends T> onBroken,
                Function<? super CannotTell, ? extends T> onCannotTell,
                Function<? super NotReached, ? extends T> onNotReached) {
            return onBroken.apply(this);
        }
    }

    /** @param reason why nobody can tell, as a sentence without a full stop */
    record CannotTell(Message reason) implements StepFinding {
        public CannotTell {
            Objects.requireNonNull(reason);
        }

        @Override
        public <T> T fold(
                Function<? super Holds, ? extends T> onHolds,
                Function<? super Broken, ? extends T> onBroken,
                Function<? super CannotTell, ? extends T> onCannotTell,
                Function<? super NotReached, ? extends T> onNotReached) {
            return onCannotTell.apply(this);
        }
    }

    /** Behind the link that is broken. */
    record NotReached() implements StepFinding {
        @Override
        public <T> T fold(
                Function<? super Holds, ? extends T> onHolds,
                Function<? super Broken, ? extends T> onBroken,
                Function<? super CannotTell, ? extends T> onCannotTell,
                Function<? super NotReached, ? extends T> onNotReached) {
            return onNotReached.apply(this);
        }
    }

    static Optional<Broken> broken(StepFinding finding) {
        return finding.fold(
                holds -> Optional.empty(),
                Optional::of,
                cannotTell -> Optional.empty(),
                notReached -> Optional.empty());
    }
}
