package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chain as far as it was followed; nothing comes after a link that is broken. */
final class PathRecord {
    private final List<PathStep> stages = new ArrayList<>();
    private PathStep.Direction leg = PathStep.Direction.THERE;
    private Optional<Node> at = Optional.empty();
    private Disposition fate = Disposition.HELD;

    /** From now on it is this leg that is followed. */
    void follow(PathStep.Direction next) {
        leg = next;
    }

    /** From now on the links are about this namespace. */
    void isIn(Node node) {
        at = Optional.of(node);
    }

    /** This is what becomes of the packet; of its answer nothing is said. */
    void packetIs(Disposition fate) {
        if (leg == PathStep.Direction.THERE) {
            this.fate = fate;
        }
    }

    Disposition fate() {
        return fate;
    }

    void add(Message title, StepFinding finding) {
        stages.add(new PathStep(leg, at, title, finding));
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
