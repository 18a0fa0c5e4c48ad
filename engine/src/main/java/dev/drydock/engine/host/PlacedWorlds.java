package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The worlds of one state folder in all places; new worlds are built in {@link #place()}. All objects that {@link #at} and {@link #onTheMachine}
 * return share the connections, so that each place is connected to once.
 */
public final class PlacedWorlds implements Worlds {
    private final Registry registry;
    private final String place;

    /** Shared by all objects of one state folder. */
    private record Registry(Path worlds, Places places, Sandboxes here, Map<String, Far> far) {
        Worlds of(String name) {
            if (name.startsWith(MachineWorlds.PREFIX)) {
                return new MachineWorlds(placeOf(name), worlds);
            }
            return name.equals(LocalPlace.NAME) ? here : far(name).worlds();
        }

        /** The place of a name, without {@code machine:}. */
        Place placeOf(String name) {
            String where = machineless(name);
            return where.equals(LocalPlace.NAME) ? places.of(where) : far(where).place();
        }

        Far far(String name) {
            synchronized (far) {
                return far.computeIfAbsent(name, key -> {
                    Place place = places.of(key);
                    return new Far(place, new Sandboxes(place, worlds));
                });
            }
        }
    }

    private static String machineless(String name) {
        return name.startsWith(MachineWorlds.PREFIX) ? name.substring(MachineWorlds.PREFIX.length()) : name;
    }

    private record Far(Place place, Worlds worlds) {}

    private PlacedWorlds(Registry registry, String place) {
        this.registry = registry;
        this.place = place;
    }

    /**
     * Worlds that are built on this machine, until {@link #at} names another place.
     *
     * @param folder current folder, from which a Vagrantfile is looked for upwards
     * @param attended whether a person at the terminal can be asked for a passphrase
     * @throws HostTrouble when {@code DRYDOCK_PACE} is set to something else than a pace
     */
    public static PlacedWorlds of(Map<String, String> environment, Path folder, boolean attended) {
        Registry registry = new Registry(
                Sandboxes.folder(environment),
                new Places(
                        environment, new ControlSockets(environment, Sandboxes.folder(environment)), folder, attended),
                Sandboxes.onThisMachine(environment),
                new TreeMap<>());
        return new PlacedWorlds(registry, LocalPlace.NAME);
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public Message called() {
        return chosen().called();
    }

    @Override
    public Worlds at(String typed) {
        String named = registry.places().named(machineless(typed));
        return new PlacedWorlds(registry, typed.equals(machineless(typed)) ? named : MachineWorlds.PREFIX + named);
    }

    @Override
    public Worlds onTheMachine() {
        return new PlacedWorlds(registry, MachineWorlds.PREFIX + machineless(place));
    }

    @Override
    public Optional<Message> machineUnfit() {
        return new MachineWorlds(registry.placeOf(place), registry.worlds()).unfit();
    }

    @Override
    public void reach() {
        chosen().reach();
    }

    private Worlds chosen() {
        return registry.of(place);
    }

    @Override
    public World build(WorldRequest request) {
        return chosen().build(request);
    }

    @Override
    public Optional<World> find(String id) {
        return id.matches("[0-9a-f]+")
                ? WorldRecord.placeOf(registry.worlds(), id)
                        .flatMap(where -> registry.of(where).find(id))
                : Optional.empty();
    }

    @Override
    public Cleanup cleanup(Set<String> keep) {
        return tidied(keep, worlds -> worlds.cleanup(keep));
    }

    @Override
    public List<Standing> standing() {
        List<Standing> all = new ArrayList<>(registry.here().standing());
        all.addAll(itself().standing());
        return all;
    }

    @Override
    public Cleanup end(Set<String> ids) {
        Cleanup sandboxes = registry.here().end(ids);
        Cleanup machine = itself().end(ids);
        List<Message> removed = new ArrayList<>(sandboxes.removed());
        removed.addAll(machine.removed());
        return new Cleanup(removed, machine.troubles());
    }

    private Worlds itself() {
        return registry.of(MachineWorlds.PREFIX + LocalPlace.NAME);
    }

    /**
     * Connects to another machine only where a record says that a world was left there, or where it is {@link #place()}. The trouble of any other
     * place does not stop the tidying, and is returned.
     */
    private Cleanup tidied(Set<String> keep, java.util.function.Function<Worlds, Cleanup> tidy) {
        List<Message> removed = new ArrayList<>();
        List<Message> troubles = new ArrayList<>();
        Set<String> left = new TreeSet<>(Set.of(place));
        Set<String> kept = new TreeSet<>();
        try {
            for (String id : WorldRecord.ids(registry.worlds())) {
                WorldRecord.placeOf(registry.worlds(), id).ifPresent((keep.contains(id) ? kept : left)::add);
            }
        } catch (IOException e) {
            throw new HostTrouble(say("world.records-not-read", "error", String.valueOf(e.getMessage())), e);
        }
        left.add(LocalPlace.NAME);
        // Of a lab on a machine itself the machine knows, whether or not a record does.
        left.add(MachineWorlds.PREFIX + LocalPlace.NAME);
        left.add(MachineWorlds.PREFIX + machineless(place));
        for (String where : left) {
            try {
                Cleanup cleanup = tidy.apply(registry.of(where));
                removed.addAll(cleanup.removed());
                troubles.addAll(cleanup.troubles());
                if (!kept.contains(where) && !kept.contains(MachineWorlds.PREFIX + where)) {
                    registry.placeOf(where).leave();
                }
            } catch (HostTrouble trouble) {
                if (where.equals(place)) {
                    throw trouble;
                }
                troubles.add(trouble.said());
            }
        }
        registry.places().tidy(kept.stream().map(PlacedWorlds::machineless).collect(Collectors.toSet()));
        return new Cleanup(removed, troubles);
    }

    @Override
    public List<Capability> capabilities() {
        return chosen().capabilities();
    }

    @Override
    public Map<String, String> versions() {
        return chosen().versions();
    }

    @Override
    public List<Capability> capabilitiesNow() {
        return chosen().capabilitiesNow();
    }
}
