package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the steps of the packet's way, and what else is known about it, while the packet is followed. */
final class PathRecord {
    private final List<PathStep> stages = new ArrayList<>();
    private PathStep.Direction leg = PathStep.Direction.THERE;
    private Optional<Node> at = Optional.empty();
    private Disposition fate = Disposition.HELD;
    private final Set<Interface> ends = new LinkedHashSet<>();
    private Optional<Departure> departure = Optional.empty();
    private final FlowForks forks;

    /** @param forks selects the next hops of multipath routes */
    PathRecord(FlowForks forks) {
        this.forks = forks;
    }

    FlowForks forks() {
        return forks;
    }

    /** Sets the direction of the following steps. */
    void follow(PathStep.Direction next) {
        leg = next;
    }

    /** Sets the namespace of the following steps. */
    void isIn(Node node) {
        at = Optional.of(node);
    }

    /** Sets what happened to the packet. Ignored while the answer is followed. */
    void packetIs(Disposition fate) {
        if (leg == PathStep.Direction.THERE) {
            this.fate = fate;
        }
    }

    /** Records the path of a frame, of the packet or of the answer. */
    void led(FramePath path) {
        path.spots().forEach(spot -> ends.add(spot.end()));
    }

    /**
     * The packet leaves a namespace by this interface; of its answer nothing is recorded.
     *
     * @param outside whether it leaves the lab hosts as well
     */
    void leaves(Interface out, boolean outside) {
        if (leg == PathStep.Direction.THERE) {
            departure = Optional.of(new Departure(out, outside));
        }
    }

    /** Where the packet left the last namespace that sent it on, or tried to; empty where none did. */
    Optional<Departure> departure() {
        return departure;
    }

    /** @param outside whether the packet leaves the lab hosts by the interface */
    record Departure(Interface out, boolean outside) {}

    /** The interfaces by which frames got on, there and back, each once. */
    List<Interface> ends() {
        return List.copyOf(ends);
    }

    Disposition fate() {
        return fate;
    }

    void add(Message title, StepFinding finding) {
        stages.add(new PathStep(leg, at, title, finding));
    }

    /**
     * Adds a step for a frame that passed tunnels. Where the outer packet is lost, its steps replace this step.
     *
     * @param outer the steps of the outer packets
     */
    void add(Message title, StepFinding finding, List<PathStep> outer) {
        boolean lost = outer.stream().anyMatch(step -> step.finding() instanceof StepFinding.Broken);
        if (!lost) {
            add(title, finding);
        }
        outer.forEach(step -> stages.add(new PathStep(
                leg, step.finding() instanceof StepFinding.Broken ? at : step.at(), step.title(), step.finding())));
    }

    void holds(Message title, Message words) {
        add(title, new StepFinding.Holds(words));
    }

    void cannotTell(Message title, Message reason) {
        add(title, new StepFinding.CannotTell(reason));
    }

    Optional<StepFinding.Broken> broken() {
        return stages.stream()
                .flatMap(stage -> StepFinding.broken(stage.finding()).stream())
                .findFirst();
    }

    boolean unknown() {
        return stages.stream().anyMatch(stage -> stage.finding() instanceof StepFinding.CannotTell);
    }

    List<PathStep> all() {
        return List.copyOf(stages);
    }
}
