package dev.drydock.engine.proof;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import java.util.List;
import java.util.function.Consumer;

/** Proves labs in fresh worlds. */
public final class Proof {
    private final List<Lab> labs;
    private final Worlds worlds;

    private Proof(List<Lab> labs, Worlds worlds) {
        this.labs = List.copyOf(labs);
        this.worlds = worlds;
    }

    public static Proof of(Lab lab, Worlds worlds) {
        return of(List.of(lab), worlds);
    }

    public static Proof of(List<Lab> labs, Worlds worlds) {
        return new Proof(labs, worlds);
    }

    /**
     * Holds the proof; every world it built is gone when this returns, also after an interrupt, which ends it early.
     *
     * @param parallel how many worlds work at a time, at least 1
     * @param onLab receives each lab's report as soon as it and all before it are there, from one thread at a time
     */
    public ProofReport run(int parallel, Consumer<LabReport> onLab) throws InterruptedException {
        throw new UnsupportedOperationException("to follow: " + labs + worlds);
    }
}
