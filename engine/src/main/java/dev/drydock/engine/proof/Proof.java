package dev.drydock.engine.proof;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Proves labs in fresh worlds. */
public final class Proof {
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final List<Lab> labs;
    private final Worlds worlds;
    private final Path state;

    private Proof(List<Lab> labs, Worlds worlds, Path state) {
        this.labs = List.copyOf(labs);
        this.worlds = worlds;
        this.state = state;
    }

    public static Proof of(Lab lab, Worlds worlds, Path state) {
        return of(List.of(lab), worlds, state);
    }

    /** @param state the state folder; what a killed proof leaves there, {@link dev.drydock.engine.session.Scratch#tidy} finds */
    public static Proof of(List<Lab> labs, Worlds worlds, Path state) {
        return new Proof(labs, worlds, state);
    }

    /**
     * Holds the proof; every world it built is gone when this returns, also after an interrupt, which ends it early, and when
     * the virtual machine is told to stop.
     *
     * @param parallel how many worlds work at a time, at least 1
     * @param onLab receives each lab's report as soon as it and all before it are there, from one thread at a time
     */
    public ProofReport run(int parallel, Consumer<LabReport> onLab) throws InterruptedException {
        long began = System.nanoTime();
        MachineState before = MachineState.read();
        List<LabProof> proofs =
                labs.stream().map(lab -> new LabProof(lab, worlds, state)).toList();
        ExecutorService pool = Executors.newFixedThreadPool(parallel);
        AtomicBoolean stopped = new AtomicBoolean();
        Thread whenStopped = new Thread(
                () -> {
                    stopped.set(true);
                    proofs.forEach(LabProof::close);
                },
                "end of the proof's worlds");
        Runtime.getRuntime().addShutdownHook(whenStopped);
        List<LabReport> reports = new ArrayList<>();
        try {
            proofs.forEach(proof -> proof.submitTo(pool));
            for (LabProof proof : proofs) {
                LabReport report = proof.report();
                if (stopped.get()) {
                    throw new InterruptedException("the virtual machine is stopping");
                }
                reports.add(report);
                onLab.accept(report);
            }
        } finally {
            pool.shutdownNow();
            proofs.forEach(LabProof::close);
            forget(whenStopped);
        }
        return new ProofReport(reports, changesSince(before), Duration.ofNanos(System.nanoTime() - began));
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is stopping: the hook runs and does the same.
        }
    }

    /** The kernel takes namespaces and mounts down a moment after their last process ended. */
    private static List<String> changesSince(MachineState before) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        List<String> changes = MachineState.read().since(before);
        while (!changes.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
            changes = MachineState.read().since(before);
        }
        return changes;
    }
}
