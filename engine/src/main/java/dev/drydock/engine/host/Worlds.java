package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Builds worlds in a place, finds those that still live, and removes what was left behind. */
public interface Worlds {
    /** What sentences for the learner call this machine. */
    Message HERE = say("machine.this");

    /** The {@linkplain Place#name() name} of the place in which {@link #build} builds, after {@code machine:} for {@link #onTheMachine}. */
    default String place() {
        return LocalPlace.NAME;
    }

    /** What sentences for the learner call that place: {@code this machine}, {@code user@host}. */
    default Message called() {
        return HERE;
    }

    /**
     * The worlds of the same state folder, with another place to build in.
     *
     * @param place {@code local}, {@code vagrant}, {@code vagrant:FOLDER}, {@code ssh:user@host}, or {@code machine:} before one of these, see
     *     {@link #onTheMachine}
     * @throws HostTrouble when there is no such place; nothing is connected yet
     */
    default Worlds at(String place) {
        if (place.equals(place())) {
            return this;
        }
        throw new HostTrouble(say("machine.other-place", "place", place(), "wanted", place));
    }

    /**
     * The worlds of the same state folder, with labs that run on the machine of this place itself: on its own network and its own Docker, one lab at
     * a time. Ending a lab restores the machine.
     *
     * @throws HostTrouble when these worlds build sandboxes only
     */
    default Worlds onTheMachine() {
        throw new HostTrouble(say("machine.only-sandboxes"));
    }

    /** Why no lab can run on the machine of this place itself; empty where one can. */
    default Optional<Message> machineUnfit() {
        return Optional.of(say("machine.only-sandboxes.reason"));
    }

    /**
     * As {@link Place#reach()}, for the place in which {@link #build} builds.
     *
     * @throws HostTrouble when the place cannot be reached
     */
    default void reach() {
        // This machine is here.
    }

    /**
     * Builds a world and returns when all its lab hosts are ready. When it throws, or this process is killed, no world is left.
     *
     * @throws MissingCapability naming what the place lacks of {@link WorldRequest#needs()}
     * @throws HostTrouble when the world cannot be built for another reason
     * @throws IllegalArgumentException when a lab host has a name that is not allowed
     */
    World build(WorldRequest request);

    /**
     * The living world of this id; empty when the world has ended, or has no readable record in this state folder.
     *
     * @throws HostTrouble when the place of the world cannot be asked
     */
    Optional<World> find(String id);

    /**
     * Removes every world, process and record that Drydock left here under this state folder.
     *
     * @param keep ids of the worlds to spare
     * @throws HostTrouble when this place cannot be asked
     */
    Cleanup cleanup(Set<String> keep);

    /** The worlds on this machine that the caller may end, also those of other state folders; as root, of other users as well. */
    default List<Standing> standing() {
        return List.of();
    }

    /** Ends the worlds of {@link #standing} with these ids; other ids are ignored. */
    default Cleanup end(Set<String> ids) {
        return new Cleanup(List.of());
    }

    /**
     * What labs can demand with {@code needs}, each with whether this place has it. A result that was stored for the machine is used again as long as
     * the machine looks the same.
     *
     * @throws HostTrouble when the place cannot be asked
     */
    List<Capability> capabilities();

    /**
     * As {@link #capabilities()}, always measured anew, for {@code lab doctor}. Where nothing forbids it, a lab host is built and ended again, with a
     * Docker Engine where there is one: this tells more, and takes some seconds.
     */
    default List<Capability> capabilitiesNow() {
        return capabilities();
    }

    /**
     * The versions of what labs are made of in this place, each with what it is of: {@code kernel}, {@code iproute2} …; nothing personal.
     *
     * @throws HostTrouble when the place cannot be asked
     */
    default Map<String, String> versions() {
        return Map.of();
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
     * Something that labs can need of a machine.
     *
     * @param name the word in a lab's {@code needs}, for example {@code ipvlan}
     * @param detail what was found, for example the path of the program, or why the capability is missing
     * @param remedy the exact command that provides it; empty where there is none
     */
    record Capability(String name, boolean present, String detail, Optional<String> remedy) {
        private static final Set<String> OF_THE_KERNEL =
                Set.of(("userns netns proc veth bridge macvlan ipvlan vxlan dummy vlan"
                                + " wireguard tun netem iptables iptables-legacy br_netfilter ipvs overlay")
                        .split(" "));

        /** What a machine refuses, rather than its kernel lacks. */
        private static final Set<String> PERMITTED = Set.of("userns", "proc", "labhost");

        private static final Set<String> OF_EVERY_WORLD =
                Set.of("userns netns proc labhost veth bridge ip dnsmasq busybox keyctl".split(" "));

        private static final Pattern BY_PACKAGE = Pattern.compile("(sudo )?(apt-get|dnf|pacman|zypper) .*");

        /** Whether the kernel itself provides it, and not a package or a setting of the account. */
        public boolean ofTheKernel() {
            return OF_THE_KERNEL.contains(name);
        }

        /** Whether every lab needs it, also one that does not name it. */
        public boolean ofEveryWorld() {
            return OF_EVERY_WORLD.contains(name);
        }

        private boolean mendedByPackage() {
            return remedy.filter(command -> BY_PACKAGE.matcher(command).matches())
                    .isPresent();
        }

        /** Says that it is missing: {@code needs ipvlan, which this kernel lacks}. */
        public Message lacking() {
            return say(PERMITTED.contains(name)
                            ? "capability.refused"
                            : ofTheKernel()
                                    ? "capability.not-in-kernel"
                                    : mendedByPackage() ? "capability.not-installed" : "capability.cannot-run")
                    .with("need", name);
        }
    }
}
