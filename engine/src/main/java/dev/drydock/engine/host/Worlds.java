package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds worlds in a place, finds those that still live, and removes what was left behind. */
public interface Worlds {
    /** How this machine is called in a sentence. */
    Message HERE = say("machine.this");

    /** The {@linkplain Place#name() name} of the place in which {@link #build} builds. */
    default String place() {
        return LocalPlace.NAME;
    }

    /** That place in a sentence: {@code this machine}, {@code user@host}. */
    default Message called() {
        return HERE;
    }

    /**
     * These worlds, built in another place.
     *
     * @param place {@code local}, {@code vagrant}, {@code vagrant:FOLDER}, {@code ssh:user@host}, or {@code machine:} before one of these, see
     *     {@link #onTheMachine}
     * @throws HostTrouble when there is no such place; whether it can be reached is not tried
     */
    default Worlds at(String place) {
        if (place.equals(place())) {
            return this;
        }
        throw new HostTrouble(say("machine.other-place", "place", place(), "wanted", place));
    }

    /**
     * Worlds that are the machine of this place itself: labs run on its own network and its own Docker, one at a time, and what they
     * changed is put back.
     */
    default Worlds onTheMachine() {
        throw new HostTrouble(say("machine.only-sandboxes"));
    }

    /** Why no lab can run on the machine of this place itself; empty where one can. */
    default Optional<Message> machineUnfit() {
        return Optional.of(say("machine.only-sandboxes.reason"));
    }

    /** Makes sure that the place can be reached, before a terminal comes up that hides what is asked or said on the way. */
    default void reach() {
        // This machine is here.
    }

    /** @throws HostTrouble naming the capability that is missing */
    World build(WorldRequest request);

    Optional<World> find(String id);

    /** Removes every world, process and record that Drydock left here under this state folder, except those to be kept. */
    Cleanup cleanup(Set<String> keep);

    /** The worlds on this machine that the caller may end, also those of other state folders; as root, of other users as well. */
    default List<Standing> standing() {
        return List.of();
    }

    /** Ends those of {@link #standing} that are named. */
    default Cleanup end(Set<String> ids) {
        return new Cleanup(List.of());
    }

    /**
     * What this place can run, one line a capability, for {@code needs}; what was found out before may be told again as long as the
     * machine looks the same.
     */
    List<Capability> capabilities();

    /** The same, asked of the kernel now, for {@code lab doctor}. */
    default List<Capability> capabilitiesNow() {
        return capabilities();
    }

    /**
     * @param removed one line each, for the learner
     * @param troubles a sentence for each place that could not be tidied
     */
    record Cleanup(List<Message> removed, List<Message> troubles) {
        public Cleanup {
            removed = List.copyOf(removed);
            troubles = List.copyOf(troubles);
        }

        public Cleanup(List<Message> removed) {
            this(removed, List.of());
        }
    }

    /**
     * @param remedy the exact command that mends it, where there is one
     */
    record Capability(String name, boolean present, String detail, Optional<String> remedy) {
        private static final Set<String> OF_THE_KERNEL =
                Set.of(("userns netns veth bridge macvlan ipvlan vxlan dummy vlan"
                                + " wireguard tun netem iptables iptables-legacy br_netfilter ipvs overlay")
                        .split(" "));

        /** Whether it is the kernel that has it or has it not, and no package or setting of the account. */
        public boolean ofTheKernel() {
            return OF_THE_KERNEL.contains(name);
        }

        private boolean mendedByPackage() {
            return remedy.filter(command -> command.startsWith("apt-get install "))
                    .isPresent();
        }

        /** {@code needs ipvlan, which this kernel lacks}. */
        public Message lacking() {
            return say(ofTheKernel()
                            ? "capability.not-in-kernel"
                            : !mendedByPackage() ? "capability.cannot-run" : "capability.not-installed")
                    .with("need", name);
        }
    }
}
