package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the commands that {@code --fix-hint} promises mend, typed at the prompt one after the other: after that of the only fault the place
 * is reached; after that of the first of two the second one is named, and reached after that one's. Where none is promised, the {@code mend} of
 * the catalogue is typed instead, if there is one.
 */
record MendTrial(World world, boolean docker, BrokenNetwork network) {
    /** @return a sentence for each command that does not mend; none where all do */
    List<String> faults(Broken first) throws Exception {
        List<String> faults = new ArrayList<>();
        Optional<Reachability> after = mended(first, network.mend(), faults);
        if (after.isEmpty()) {
            if (!network.then().isEmpty() && faults.isEmpty()) {
                faults.add("no command mends the first fault, so the catalogue needs a 'mend'");
            }
            return faults;
        }
        if (network.then().isEmpty()) {
            faults.addAll(unreached(first, after.get()));
            return faults;
        }
        Optional<Broken> second = after.get().why();
        boolean named = second.filter(one -> one.cause().id().equals(network.then())
                        && Words.text(one.found()).contains(network.thenSays()))
                .isPresent();
        if (!named) {
            faults.add("after '" + first.command().orElse(network.mend()) + "' it is not " + network.then()
                    + " that is named: " + told(after.get()));
            return faults;
        }
        mended(second.get(), network.thenMend(), faults)
                .ifPresent(last -> faults.addAll(unreached(second.get(), last)));
        return faults;
    }

    /** What is told after the command; empty where there is none to be typed, or it failed. */
    private Optional<Reachability> mended(Broken broken, String otherwise, List<String> faults) throws Exception {
        String command = broken.command().orElse(otherwise);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        ProbeOutput output = TypedLine.of(world, command).run(world);
        if (output.exit() != 0) {
            faults.add("what should mend it, '" + command + "', ends with status " + output.exit() + ": "
                    + output.err().strip());
            return Optional.empty();
        }
        return Optional.of(network.ask(world, docker));
    }

    private static List<String> unreached(Broken mended, Reachability after) {
        return after.verdict() == Reachability.Verdict.REACHES
                ? List.of()
                : List.of("'" + mended.command().orElse("the catalogue's mend") + "' does not mend it: " + told(after));
    }

    private static String told(Reachability reach) {
        return reach.verdict() + " "
                + reach.broken()
                        .map(broken -> broken.cause().id() + ": " + Words.text(broken.found()))
                        .orElse("")
                + " (probe " + reach.probe().kind() + " " + reach.probe().line() + ")";
    }
}
