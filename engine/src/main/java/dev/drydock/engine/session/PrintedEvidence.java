package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Evidence as its commands print it: each is typed once, at the prompt of the lab host that it is for. What a probe has printed is not asked
 * for again. For one thread.
 */
public final class PrintedEvidence {
    private final World world;
    private final Map<String, ProbeOutput> outputs = new HashMap<>();

    public PrintedEvidence(World world) {
        this.world = Objects.requireNonNull(world);
    }

    /** The lines that its command really prints. */
    public Evidence of(Evidence evidence) {
        return evidence.origin() == Evidence.Origin.READ
                ? evidence.in(outputs.computeIfAbsent(
                        evidence.command(), typed -> TypedLine.of(world, typed).run(world)))
                : evidence;
    }

    /** Where nobody can tell, the reason says what could not be read; its command would fail again, or hang. */
    public Verdict of(Verdict verdict) {
        return verdict.showing(verdict.isCannotTell() ? PrintedEvidence::without : this::of);
    }

    private static Evidence without(Evidence evidence) {
        return evidence.origin() == Evidence.Origin.READ ? Evidence.printed(evidence.command(), "") : evidence;
    }
}
