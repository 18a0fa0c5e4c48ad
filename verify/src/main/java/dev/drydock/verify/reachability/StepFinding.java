package dev.drydock.verify.reachability;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The finding for one step of the packet's way. */
public sealed interface StepFinding {
    <T> T fold(
            Function<? super Holds, ? extends T> onHolds,
            Function<? super Broken, ? extends T> onBroken,
            Function<? super CannotTell, ? extends T> onCannotTell,
            Function<? super NotReached, ? extends T> onNotReached);

    /** @param words what was found, in short: {@code default via 172.17.0.1 dev eth0} */
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
     * The step is broken: the packet gets lost here.
     *
     * @param found what is wrong, as a sentence without a full stop
     * @param evidence a command and its output that show it; empty where there is none
     * @param mend the repair in words, never a command
     * @param command the repair as typed on the lab host; empty where no single command is known
     * @param where the interfaces whose state is to blame; empty where something else is, such as a rule or a route
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

        /** The finding with these interfaces to blame. */
        Broken at(Interface... ends) {
            return new Broken(cause, found, evidence, mend, command, List.of(ends));
        }

        Broken withoutCommand() {
            return new Broken(cause, found, evidence, mend, Optional.empty(), where);
        }

        /** The finding in other words. */
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

    /** @param reason why the step cannot be judged, as a sentence without a full stop */
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

    /** The step comes after the broken one. */
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
