package dev.drydock.engine.session;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The runs of this user, kept under the XDG state directory; several labs may be open, the one used last is "the open lab". */
public interface Sessions {
    /**
     * Opens a lab: a fresh world and the first step, or, when it is open already and its world lives, where it stood. A lab that is
     * open stays in its place.
     */
    Session start(Lab lab, Worlds worlds);

    /**
     * Returns to an open lab, the one used last when no id is given. A world that died (a reboot) is rebuilt, and the
     * reference solutions of the steps done are not replayed: the run goes back to the first step, and says so.
     *
     * @param labs finds a lab by id or by the path it was started from
     */
    Optional<Session> resume(Optional<String> labId, Function<String, Lab> labs, Worlds worlds);

    /** Returns to an open lab as {@link #resume} does, if its world lives; builds none. */
    default Optional<Session> join(Lab lab, Worlds worlds) {
        return open(worlds).stream()
                .filter(open -> open.labId().equals(lab.id()))
                .filter(Open::worldAlive)
                .findFirst()
                .flatMap(open -> resume(Optional.of(lab.id()), reference -> lab, worlds));
    }

    /**
     * Ends an open run and what lives of its world; nothing when it is not open.
     *
     * @param lab what the lab's file says, where it can still be read: a text to read that is the current step was read
     */
    void close(String labId, Optional<Lab> lab, Worlds worlds);

    /** Open labs, the one used last first. */
    List<Open> open(Worlds worlds);

    /** The labs whose progress cannot be read, so that nobody knows whether they are open; {@link #notices} says why. */
    Set<String> unreadable();

    /** Sentences for the learner that came up since the last call: a damaged record moved aside, a world built anew. */
    List<Message> notices();

    /**
     * What the open run of a lab was so far, or else its last one.
     *
     * @param labId without it the lab that was used last
     * @return empty where there was no run
     */
    Optional<RunRecord> record(Optional<String> labId);

    /** By lab id, for {@code lab list}. */
    Map<String, LabProgress> progress();

    /**
     * @param labReference the id, or the path that it was started from
     * @param place where its world stands, see {@link Worlds#at}
     * @param alive asks there whether the world lives
     */
    record Open(String labId, String labReference, String worldId, String place, BooleanSupplier alive, String stepId) {
        /** Whether the world lives, asked now. */
        public boolean worldAlive() {
            return alive.getAsBoolean();
        }
    }

    /** @param everDone the steps that were done in any run, by id, and how */
    record LabProgress(Map<String, DoneHow> everDone, boolean completedOnce) {
        public LabProgress {
            everDone = Map.copyOf(everDone);
        }
    }
}
