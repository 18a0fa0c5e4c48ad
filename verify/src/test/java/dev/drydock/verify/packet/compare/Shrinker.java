package dev.drydock.verify.packet.compare;

import java.util.List;
import java.util.Optional;

/** Takes lines out of a ruleset for as long as the model still disagrees with the kernel about one packet. */
record Shrinker(Comparison comparison) {
    private static final int MOST_TRIES = 300;

    /** The shortest ruleset that was found, with what came of the packet there; what the kernel refuses is no ruleset. */
    Shrunk shrink(Setup setup, Compared bad) {
        Shrunk best = new Shrunk(setup, bad);
        int tries = 0;
        for (int size = Math.max(1, setup.size() / 2); size >= 1; size /= 2) {
            int at = 0;
            while (at < best.setup().size() && tries++ < MOST_TRIES) {
                Setup shorter = best.setup().without(at, size);
                Optional<Compared> still = still(shorter, bad);
                if (still.isPresent()) {
                    best = new Shrunk(shorter, still.get());
                } else {
                    at += size;
                }
            }
        }
        return best;
    }

    private Optional<Compared> still(Setup setup, Compared bad) {
        return comparison
                .of(setup, List.of(bad.packet()))
                .map(all -> all.get(0))
                .filter(compared -> compared.kind() == bad.kind());
    }

    /** What is left of the ruleset, and the disagreement about it. */
    record Shrunk(Setup setup, Compared compared) {}
}
