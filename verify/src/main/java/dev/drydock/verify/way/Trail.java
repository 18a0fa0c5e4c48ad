package dev.drydock.verify.way;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chain as far as it was followed; nothing comes after a link that is broken. */
final class Trail {
    private final List<Stage> stages = new ArrayList<>();
    private Stage.Leg leg = Stage.Leg.THERE;
    private Fate fate = Fate.HELD;

    /** From now on it is this leg that is followed. */
    void follow(Stage.Leg next) {
        leg = next;
    }

    /** This is what becomes of the packet; of its answer nothing is said. */
    void packetIs(Fate fate) {
        if (leg == Stage.Leg.THERE) {
            this.fate = fate;
        }
    }

    Fate fate() {
        return fate;
    }

    void add(String title, Finding finding) {
        stages.add(new Stage(leg, title, finding));
    }

    void holds(String title, String words) {
        add(title, new Finding.Holds(words));
    }

    void cannotTell(String title, String reason) {
        add(title, new Finding.CannotTell(reason));
    }

    Optional<Finding.Broken> broken() {
        return stages.stream()
                .flatMap(stage -> Finding.broken(stage.finding()).stream())
                .findFirst();
    }

    boolean unknown() {
        return stages.stream().anyMatch(stage -> stage.finding() instanceof Finding.CannotTell);
    }

    List<Stage> all() {
        return List.copyOf(stages);
    }
}
