package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.reachability.FlowForks.Taken;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outcomes for the flows that a multipath route distributes over several next hops, or for the addresses of a name.
 *
 * @param words the possible next hops or addresses, and the outcome for each
 * @param differ whether the packet gets through by some of them and not by others
 * @param ofName whether they are addresses of a name
 */
public record FlowBranches(Message words, boolean differ, boolean ofName) {
    /** The limit of ways to follow. */
    private static final int MOST_WALKS = 16;

    /** The limit of ways to list. */
    private static final int MOST_TOLD = 6;

    public FlowBranches {
        Objects.requireNonNull(words);
    }

    /** One combination of next hops, followed to its end. */
    record Walk(List<Taken> taken, Reachability reach) {
        Walk {
            taken = List.copyOf(taken);
        }

        private Message told(PathWording words) {
            return say("branch.way")
                    .with("ways", taken.stream().map(one -> told(one, words)).toList())
                    .with("passes", reach.holds())
                    .with("found", reach.broken().map(StepFinding.Broken::found));
        }

        private static Message told(Taken one, PathWording words) {
            return one.way()
                    .map(way -> say("branch.hop", "route", way.words(), "place", words.place(one.at())))
                    .orElseGet(
                            () -> say("branch.address", "address", one.address().orElseThrow()));
        }

        private boolean isOfName() {
            return taken.stream().anyMatch(one -> one.address().isPresent());
        }

        /** Whether a ping that says to which address of the name it was sent means another way than this. */
        private boolean isNotPinged() {
            Optional<IpAddress> pinged = reach.probe().pinged();
            return taken.stream()
                    .flatMap(one -> one.address().stream())
                    .anyMatch(address -> pinged.isPresent() && !pinged.get().equals(address));
        }
    }

    /**
     * Follows all combinations of next hops, and adds a summary of them to one of the results.
     *
     * @param follow follows the packet with one combination
     */
    static Reachability of(PathWording words, Function<FlowForks, Reachability> follow) {
        List<Walk> walks = new ArrayList<>();
        Optional<FlowForks> forks = Optional.of(FlowForks.first());
        while (forks.isPresent() && walks.size() < MOST_WALKS) {
            Reachability reach = follow.apply(forks.get());
            walks.add(new Walk(forks.get().taken(), reach));
            forks = forks.get().next();
        }
        return walks.size() == 1 ? walks.get(0).reach() : of(words, walks);
    }

    /**
     * The result to show, with the summary: one that agrees with the real probe, else the first one that does not contradict it.
     *
     * @param walks one for each combination, at least two
     */
    private static Reachability of(PathWording words, List<Walk> walks) {
        boolean some = walks.stream().anyMatch(walk -> walk.reach().holds());
        boolean fails = walks.stream().anyMatch(walk -> walk.reach().broken().isPresent());
        List<Message> told = walks.stream()
                .map(walk -> walk.told(words))
                .distinct()
                .limit(MOST_TOLD)
                .toList();
        boolean ofName = walks.get(0).isOfName();
        FlowBranches branches = new FlowBranches(
                say(ofName ? "branch.addresses" : "branch.all")
                        .with("ways", told)
                        .with("differ", some && fails)
                        .with("passes", some)
                        .with("ping", walks.get(0).reach().isPinged()),
                some && fails,
                ofName);
        List<Walk> meant = walks.stream().filter(walk -> !walk.isNotPinged()).toList();
        List<Reachability> seen =
                (meant.isEmpty() ? walks : meant).stream().map(Walk::reach).toList();
        Reachability shown = seen.stream()
                .filter(reach -> reach.probe().answered() == reach.holds())
                .filter(reach -> !reach.disagree())
                .findFirst()
                .or(() -> seen.stream().filter(reach -> !reach.disagree()).findFirst())
                .orElse(seen.get(0));
        long mends = seen.stream()
                .flatMap(reach -> reach.broken().stream())
                .map(StepFinding.Broken::command)
                .distinct()
                .count();
        // what mends one way mends the place only where no other way is broken otherwise
        return (mends > 1 ? shown.withoutCommand() : shown).branching(branches);
    }
}
