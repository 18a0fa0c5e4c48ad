package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.Image;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Builds worlds of Linux namespaces in one place, as an ordinary user or as root. */
public final class Sandboxes implements Worlds {
    private static final String SIZE = "1g";
    private static final int PROCESSES = 4096;
    private static final Duration BUILDING = Duration.ofSeconds(60);
    private static final Pattern HOST_NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Set<String> IMAGES = Set.copyOf(Image.words());

    private final Place place;
    private final Path worlds;
    private final Capabilities capabilities;

    /**
     * Remembers nothing about what the place can run.
     *
     * @param worlds the folder with the records of living worlds, one folder each
     */
    public Sandboxes(Place place, Path worlds) {
        this(place, worlds, new Capabilities(place, Optional.empty()));
    }

    private Sandboxes(Place place, Path worlds, Capabilities capabilities) {
        this.place = place;
        this.worlds = worlds;
        this.capabilities = capabilities;
    }

    /**
     * Worlds on this machine. Their records lie in {@link #folder}; what the machine can run is remembered in
     * {@code ${XDG_CACHE_HOME:-~/.cache}/drydock/capabilities}.
     *
     * @throws HostTrouble when {@code DRYDOCK_PACE} is set to something else than a pace
     */
    public static Sandboxes onThisMachine(Map<String, String> environment) {
        Place here = new LocalPlace(SlownessMeter.of(environment));
        return new Sandboxes(here, folder(environment), new Capabilities(here, CapabilityCache.fileIn(environment)));
    }

    /** {@code ${XDG_STATE_HOME:-~/.local/state}/drydock/worlds}. */
    static Path folder(Map<String, String> environment) {
        return UserFolders.state(environment).resolve("worlds");
    }

    @Override
    public String place() {
        return place.name();
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
        requireBuildable(request);
        capabilities.require(request.labId(), request.needs());
        String id = WorldId.fresh(worlds);
        try {
            return new Builder(request, id).build();
        } catch (IOException e) {
            throw new HostTrouble(notBuilt(Message.verbatim(String.valueOf(e.getMessage())), false), e);
        }
    }

    private Message notBuilt(Message reason, boolean doctor) {
        return say("world.not-built")
                .with("here", place.near())
                .with("machine", place.called())
                .with("reason", reason)
                .with("doctor", doctor)
                .with("place", place.near() ? "" : place.name());
    }

    /**
     * Checks what does not depend on a machine.
     *
     * @throws IllegalArgumentException for no or more than 200 lab hosts, or a name that no lab host can have
     * @throws HostTrouble for an image that Drydock does not make
     */
    static void requireBuildable(WorldRequest request) {
        if (request.hosts().isEmpty() || request.hosts().size() > 200) {
            throw new IllegalArgumentException("a world has between 1 and 200 lab hosts");
        }
        for (String host : request.hosts()) {
            if (!HOST_NAME.matcher(host).matches() || host.equals("internet")) {
                throw new IllegalArgumentException("not a lab host's name: " + host);
            }
        }
        for (String image : request.images()) {
            if (!IMAGES.contains(image)) {
                throw new HostTrouble(say("image.no-such", "image", image, "images", new TreeSet<>(IMAGES)));
            }
        }
    }

    /** The building of one world. The script ends what it has built when the pipe to it closes before the word {@code keep}. */
    private final class Builder {
        private final WorldRequest request;
        private final String id;
        private final List<String> said = new ArrayList<>();
        private final Map<String, MachineProcess> hosts = new LinkedHashMap<>();
        private MachineProcess world;
        private String trouble;

        Builder(WorldRequest request, String id) {
            this.request = request;
            this.id = id;
            request.hosts().forEach(name -> hosts.put(name, null));
        }

        World build() throws IOException {
            List<String> command = new ArrayList<>();
            boolean docker = request.needs().contains("docker");
            command.addAll(List.of(
                    "env",
                    "--default-signal",
                    "setsid",
                    "--wait",
                    "keyctl",
                    "session",
                    HostAddress.keyring(id),
                    "bash",
                    "-c",
                    Scripts.read("namespace.sh") + Scripts.read("build.sh"),
                    "drydock-build",
                    id,
                    SIZE));
            command.addAll(
                    List.of(Integer.toString(PROCESSES), docker ? "yes" : "no", String.join(" ", request.images())));
            command.addAll(
                    List.of(request.labId(), worlds.toAbsolutePath().getParent().toString()));
            command.addAll(request.hosts());
            Map<String, String> environment = new LinkedHashMap<>(Scripts.ENVIRONMENT);
            environment.put("WORLD_SH", Scripts.read("world.sh"));
            environment.put("INTERNET_SH", Scripts.read("internet.sh"));
            environment.put("HOST_SH", Scripts.read("labhost.sh"));
            environment.put("TOOLS_SH", LabTools.script());
            environment.put(
                    "DOCKER_SH", Scripts.read("engine.sh") + Scripts.read("images.sh") + Scripts.read("docker.sh"));
            environment.put("REGISTRY_SH", docker ? Scripts.read("images.sh") + Scripts.read("registry.sh") : "");
            Invocation invocation = place.invocation(command, environment);
            try (StreamedScript building =
                    StreamedScript.start(invocation, new byte[0], place.pace().scale(BUILDING))) {
                boolean ready = building.hear(this::hear);
                if (!ready && !place.near() && building.exit() == ScriptRun.NO_CONNECTION) {
                    throw new HostTrouble(say("connection.lost-while-building", "machine", place.called()));
                }
                if (!ready || world == null || hosts.containsValue(null)) {
                    throw new HostTrouble(explanation());
                }
                WorldRecord record = new WorldRecord(place.name(), id, request.labId(), world, hosts);
                record.write(worlds);
                // From here on the world outlives this process.
                building.keep();
                return new Sandbox(place, worlds, record);
            }
        }

        private void hear(String line) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "+world" -> world = new MachineProcess(Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "+host" ->
                    hosts.put(words[1], new MachineProcess(Long.parseLong(words[2]), Long.parseLong(words[3])));
                case "+trouble" -> trouble = line.substring("+trouble ".length());
                default -> {
                    // keyctl tells what it did before it runs the script: Joined session keyring: 487359158
                    if (!line.startsWith("+") && !line.startsWith("Joined session keyring: ")) {
                        said.add(line);
                    }
                }
            }
        }

        private Message explanation() {
            return notBuilt(reason(), true);
        }

        /** What the machine said last when the world could not be built. */
        Message reason() {
            return trouble == null ? MachineWorlds.last(said) : Message.verbatim(trouble);
        }
    }

    @Override
    public Optional<World> find(String id) {
        if (!id.matches("[0-9a-f]+")) {
            return Optional.empty();
        }
        return WorldRecord.read(worlds, id)
                .filter(record -> record.place().equals(place.name()))
                .map(record -> (World) new Sandbox(place, worlds, record))
                .filter(World::alive);
    }

    @Override
    public Cleanup cleanup(Set<String> keep) {
        return new Leftovers(place, worlds).remove(keep, WorldId.family(worlds));
    }

    @Override
    public List<Standing> standing() {
        return place.near() ? Outsiders.standing() : List.of();
    }

    @Override
    public Cleanup end(Set<String> ids) {
        return place.near() ? new Leftovers(place, worlds).end(ids) : new Cleanup(List.of());
    }

    @Override
    public List<Capability> capabilities() {
        return capabilities.all();
    }

    @Override
    public Map<String, String> versions() {
        ProbeOutput output = ScriptRun.on(
                        place, List.of("bash", "-c", Scripts.read("versions.sh"), "versions"), Scripts.ENVIRONMENT)
                .execute(new byte[0], BUILDING)
                .output();
        Map<String, String> versions = new LinkedHashMap<>();
        output.out()
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> versions.put(parts[0], parts[1]));
        return versions;
    }

    @Override
    public List<Capability> capabilitiesNow() {
        return capabilities.allNow(this::tried);
    }

    /** Builds a world and ends it. @return why it could not be built; empty where it stood */
    private Optional<Message> tried(Set<String> needs) {
        Builder builder =
                new Builder(new WorldRequest("doctor", List.of("labhost"), needs, List.of()), WorldId.fresh(worlds));
        try {
            World world = builder.build();
            try {
                ProbeOutput entered = world.labHost().run("true", BUILDING);
                return entered.exit() == 0
                        ? Optional.empty()
                        : Optional.of(Message.verbatim(entered.err().strip()));
            } finally {
                world.end();
            }
        } catch (HostTrouble | IOException refusal) {
            return Optional.of(builder.reason());
        }
    }
}
