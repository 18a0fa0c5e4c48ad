package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.reachability.FlowForks.Taken;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outcomes for the flows that a multipath route distributes over several next hops.
 *
 * @param words the possible next hops, and the outcome for each
 * @param differ whether the packet gets through by some next hops and not by others
 */
public record FlowBranches(Message words, boolean differ) {
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
                    .with(
                            "ways",
                            taken.stream()
                                    .map(one -> say(
                                            "branch.hop", "route", one.way().words(), "place", words.place(one.at())))
                                    .toList())
                    .with("passes", reach.holds())
                    .with("found", reach.broken().map(StepFinding.Broken::found));
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
        FlowBranches branches = new FlowBranches(
                say("branch.all", "ways", told, "differ", some && fails, "passes", some), some && fails);
        List<Reachability> seen = walks.stream().map(Walk::reach).toList();
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
