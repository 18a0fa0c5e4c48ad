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
     * Opens a lab with a new world at its first step. When the lab is open already and its world lives, returns to its current step. When the world
     * has ended, for example at a reboot, a new run begins, in the place of the old world, and {@link #notices} says so.
     *
     * @param worlds build the world of a lab that is not open, in their current place
     * @throws dev.drydock.engine.host.HostTrouble when the world cannot be built, its place cannot be asked, or the stored progress cannot be read
     * @throws LabSetup.SetupFailed when the lab's setup fails; nothing is left of the new world then
     */
    Session start(Lab lab, Worlds worlds);

    /**
     * Returns to an open lab as {@link #start} does; builds a new world where the old one has ended.
     *
     * @param labId empty for the lab that was used last
     * @param labs finds a lab by the path that it was started from, or by its id
     * @return empty when this lab is not open, or no lab is
     */
    Optional<Session> resume(Optional<String> labId, Function<String, Lab> labs, Worlds worlds);

    /**
     * Returns to an open lab whose world lives; never builds a world.
     *
     * @return empty when the lab is not open or its world has ended
     * @throws dev.drydock.engine.host.HostTrouble when the place of the world cannot be asked
     */
    default Optional<Session> join(Lab lab, Worlds worlds) {
        return open(worlds).stream()
                .filter(open -> open.labId().equals(lab.id()))
                .filter(Open::worldAlive)
                .findFirst()
                .flatMap(open -> resume(Optional.of(lab.id()), reference -> lab, worlds));
    }

    /**
     * Closes an open run and ends its world. Does nothing when the lab is not open.
     *
     * @param lab the lab, where its file can still be read: if the current step is a text to read, that step becomes done
     * @throws dev.drydock.engine.host.HostTrouble when the world cannot be ended; the run is closed all the same
     */
    void close(String labId, Optional<Lab> lab, Worlds worlds);

    /** Open labs, the one used last first. */
    List<Open> open(Worlds worlds);

    /** Ids of the labs whose progress cannot be read, so that it is not known whether they are open; {@link #notices} says why. */
    Set<String> unreadable();

    /** Sentences for the learner that came up since the last call: a damaged record moved aside, a world built anew. */
    List<Message> notices();

    /**
     * What happened in the open run of a lab, or else in its last one.
     *
     * @param labId empty for the lab that was used last
     * @return empty when no run of the lab ever had its world ready
     */
    Optional<RunRecord> record(Optional<String> labId);

    /** The progress of each lab that was ever started, by lab id. */
    Map<String, LabProgress> progress();

    /**
     * An open lab.
     *
     * @param labReference the path that the lab was started from, or its id
     * @param worldId empty where no world was recorded
     * @param place where its world stands, see {@link Worlds#at}
     * @param alive asks the place whether the world lives
     * @param stepId id of the current step
     */
    record Open(String labId, String labReference, String worldId, String place, BooleanSupplier alive, String stepId) {
        /**
         * Whether the world lives. Asks its place on each call.
         *
         * @throws dev.drydock.engine.host.HostTrouble when the place cannot be asked
         */
        public boolean worldAlive() {
            return alive.getAsBoolean();
        }
    }

    /**
     * @param everDone the steps that were done in any run, by id, with how they were done
     * @param completedOnce whether all steps were done in one run
     */
    record LabProgress(Map<String, DoneHow> everDone, boolean completedOnce) {
        public LabProgress {
            everDone = Map.copyOf(everDone);
        }
    }
}
