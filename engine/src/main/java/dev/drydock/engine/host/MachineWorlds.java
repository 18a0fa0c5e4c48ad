package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Labs that run on the machine of a place itself, one at a time, and only on machines that are marked for this. The name of such a place is
 * {@code machine:} followed by the name of the place: {@code machine:local}, {@code machine:ssh:user@host}.
 */
final class MachineWorlds implements Worlds {
    static final String PREFIX = "machine:";

    private static final Duration BEGINNING = Duration.ofMinutes(5);
    private static final Duration ASKING = Duration.ofSeconds(60);
    private static final String ASK = Scripts.read("machine-ask.sh");

    private final Place place;
    private final MachineRoot root;
    private final Path worlds;
    private final Capabilities capabilities;

    /** @param worlds the folder with the records of living worlds, one folder each */
    MachineWorlds(Place place, Path worlds) {
        this.place = place;
        this.root = new MachineRoot(place);
        this.worlds = worlds;
        this.capabilities = new Capabilities(place, Optional.empty());
    }

    /**
     * The lab that is open on a machine; any user or state folder may have begun it.
     *
     * @param id of the world
     * @param lives whether the lab began completely, and the machine has not been restarted since
     * @param lab id of the lab
     */
    record Opened(String id, boolean lives, String lab) {}

    /**
     * Reads the line {@code +machine ID yes|no LAB} of {@code machine-ask.sh}.
     *
     * @return empty when no lab is open on the machine
     * @throws HostTrouble when the machine cannot be asked; {@link ConnectionLost} where it is another machine
     */
    static Optional<Opened> opened(Place place) {
        ProbeOutput output = ScriptRun.on(place, List.of("bash", "-c", ASK), Scripts.ENVIRONMENT)
                .execute(new byte[0], ASKING)
                .output();
        if (output.exit() != 0 || output.timedOut()) {
            throw place.near()
                    ? new HostTrouble(say(
                            "machine.not-asked-of-lab", "error", output.err().strip()))
                    : new ConnectionLost(place.called());
        }
        return output.out()
                .lines()
                .map(line -> line.split(" ", 4))
                .filter(words -> words.length == 4 && words[0].equals("+machine"))
                .map(words -> new Opened(words[1], words[2].equals("yes"), words[3]))
                .findFirst();
    }

    @Override
    public String place() {
        return PREFIX + place.name();
    }

    @Override
    public Message called() {
        return place.called();
    }

    @Override
    public void reach() {
        place.reach();
    }

    @Override
    public World build(WorldRequest request) {
        if (request.hosts().size() != 1) {
            throw new HostTrouble(say("machine.has-one-host")
                    .with("lab", request.labId())
                    .with("count", request.hosts().size())
                    .with("hosts", request.hosts()));
        }
        Sandboxes.requireBuildable(request);
        capabilities.require(request.labId(), request.needs());
        try {
            return begin(request, WorldId.fresh(worlds));
        } catch (IOException e) {
            throw new HostTrouble(
                    say("machine.lab-cannot-begin", "machine", place.called(), "error", String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** Begins the lab; the word {@code keep} lets it stand. When this process is killed before that, the script restores the machine. */
    private World begin(WorldRequest request, String id) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(id, request.labId(), System.getProperty("user.name")));
        arguments.add(request.needs().contains("docker") ? "yes" : "no");
        arguments.addAll(request.images());
        List<String> said = new ArrayList<>();
        try (StreamedScript beginning = StreamedScript.start(
                root.machine("begin", arguments),
                MachineRoot.machine(),
                place.pace().scale(BEGINNING))) {
            if (!beginning.hear(said::add)) {
                throw refusal(said);
            }
            String[] watcher = MachineRoot.said("watcher", said).get(0).split(" ");
            MachineProcess watching = new MachineProcess(Long.parseLong(watcher[0]), Long.parseLong(watcher[1]));
            Map<String, MachineProcess> hosts = new LinkedHashMap<>();
            hosts.put(request.hosts().get(0), watching);
            WorldRecord record = new WorldRecord(place(), id, request.labId(), watching, hosts);
            record.write(worlds);
            beginning.keep();
            return new MachineWorld(
                    root,
                    worlds,
                    record,
                    MachineRoot.said("note", said).stream()
                            .map(Message::verbatim)
                            .toList());
        }
    }

    private HostTrouble refusal(List<String> said) {
        Optional<String> refused = MachineRoot.said("refused", said).stream().findFirst();
        if (refused.isPresent()) {
            return new HostTrouble(
                    say("machine.refused", "far", !place.near(), "machine", place.called(), "reason", refused.get()));
        }
        return new HostTrouble(say("machine.lab-cannot-begin-itself")
                .with("far", !place.near())
                .with("machine", place.called())
                .with(
                        "reason",
                        MachineRoot.said("trouble", said).stream()
                                .findFirst()
                                .map(Message::verbatim)
                                .orElseGet(() -> last(said))));
    }

    /** The last line that a script printed, or a sentence that there was none. */
    static Message last(List<String> said) {
        return said.isEmpty() ? say("no-reason") : Message.verbatim(said.get(said.size() - 1));
    }

    @Override
    public Optional<World> find(String id) {
        return WorldRecord.read(worlds, id)
                .filter(record -> record.place().equals(place()))
                .map(record -> (World) new MachineWorld(root, worlds, record, List.of()))
                .filter(World::alive);
    }

    @Override
    public Cleanup cleanup(Set<String> keep) {
        return tidy(keep, WorldId.family(worlds));
    }

    @Override
    public List<Standing> standing() {
        return opened(place).stream()
                .map(one -> new Standing(
                        one.id(), Optional.of(one.lab()), Optional.empty(), say("machine.itself"), Optional.empty()))
                .toList();
    }

    @Override
    public Cleanup end(Set<String> ids) {
        return opened(place).filter(one -> ids.contains(one.id())).isPresent()
                ? tidy(Set.of(), "")
                : new Cleanup(List.of());
    }

    private Cleanup tidy(Set<String> keep, String family) {
        List<Message> removed = new ArrayList<>();
        List<Message> troubles = new ArrayList<>();
        Optional<Opened> open = opened(place);
        open.filter(one -> one.id().startsWith(family) && !keep.contains(one.id()))
                .ifPresent(one -> {
                    List<String> said = MachineWorld.putBack(root, one.id());
                    removed.add(say("cleanup.put-back", "machine", place.called(), "lab", one.lab()));
                    MachineWorld.differences(said).ifPresent(troubles::add);
                });
        try {
            Set<String> gone = new HashSet<>(WorldRecord.ids(worlds));
            gone.removeAll(keep);
            for (String id : gone) {
                if (WorldRecord.placeOf(worlds, id).filter(place()::equals).isPresent()) {
                    WorldRecord.forget(worlds, id);
                }
            }
        } catch (IOException e) {
            throw new HostTrouble(say("cleanup.failed", "error", String.valueOf(e.getMessage())), e);
        }
        return new Cleanup(removed, troubles);
    }

    /** Why no lab can begin on the machine itself; empty where one can. */
    Optional<Message> unfit() {
        List<String> said = root.ask("fit", List.of(), ASKING);
        return said.contains("+fit")
                ? Optional.empty()
                : Optional.of(MachineRoot.said("refused", said).stream()
                        .findFirst()
                        .map(Message::verbatim)
                        .orElseGet(() -> say("no-reason")));
    }

    @Override
    public List<Capability> capabilities() {
        return capabilities.all();
    }

    @Override
    public List<Capability> capabilitiesNow() {
        return capabilities.allNow();
    }
}
