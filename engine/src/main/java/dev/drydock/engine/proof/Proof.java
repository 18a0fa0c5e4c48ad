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

/** Proves labs: tries their solutions, mistakes and answers in new worlds. */
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

    /** As {@link #of(List, Worlds, Path)}, for one lab. */
    public static Proof of(Lab lab, Worlds worlds, Path state) {
        return of(List.of(lab), worlds, state);
    }

    /**
     * @param worlds build the worlds, all in their current place
     * @param state the state folder; {@link dev.drydock.engine.session.ScratchFolder#tidy} removes what a killed proof leaves there
     */
    public static Proof of(List<Lab> labs, Worlds worlds, Path state) {
        return new Proof(labs, worlds, state);
    }

    /**
     * Runs the proof. Every world that it built has ended when this returns or throws, also when the JVM is told to stop.
     *
     * @param parallel how many tasks with a world run at the same time, at least 1
     * @param onLab gets each lab's report, in the order of the labs, on the calling thread
     * @throws InterruptedException when the thread is interrupted or the JVM stops
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

    /** Waits for up to 30 seconds until nothing differs: the kernel removes namespaces and mounts a moment after their last process has ended. */
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
