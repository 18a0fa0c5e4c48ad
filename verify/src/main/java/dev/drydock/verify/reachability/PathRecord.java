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
    private Optional<Interface> outside = Optional.empty();
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

    /** Records that the packet leaves the lab hosts by this interface. Ignored while the answer is followed. */
    void leaves(Interface out) {
        if (leg == PathStep.Direction.THERE) {
            outside = Optional.of(out);
        }
    }

    /** The interface by which the packet leaves the lab hosts; empty where it does not. */
    Optional<Interface> outside() {
        return outside;
    }

    /** All interfaces that frames passed, in both directions, each once. */
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
