package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Replaces the short evidence of verdicts by what its commands print now. Each command runs once, on its lab host. The output that a probe has
 * printed is used as it is. For one thread.
 */
public final class PrintedEvidence {
    private final World world;
    private final Map<String, ProbeOutput> outputs = new HashMap<>();

    public PrintedEvidence(World world) {
        this.world = Objects.requireNonNull(world);
    }

    /**
     * The evidence with the output of its command; unchanged where a probe printed it.
     *
     * @throws dev.drydock.engine.host.HostTrouble when the lab host is gone
     */
    public Evidence of(Evidence evidence) {
        return evidence.origin() == Evidence.Origin.READ
                ? evidence.in(outputs.computeIfAbsent(
                        evidence.command(), typed -> TypedLine.of(world, typed).run(world)))
                : evidence;
    }

    /**
     * The verdict with such evidence. For a verdict that is "cannot tell" no command is run, because it would fail again or hang; the reason of the
     * verdict says what could not be read.
     */
    public Verdict of(Verdict verdict) {
        return verdict.showing(verdict.isCannotTell() ? PrintedEvidence::without : this::of);
    }

    private static Evidence without(Evidence evidence) {
        return evidence.origin() == Evidence.Origin.READ ? Evidence.printed(evidence.command(), "") : evidence;
    }
}
