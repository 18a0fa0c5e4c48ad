import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.SessionStore;
import dev.drydock.engine.session.WaitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints microseconds, one a line as {@code NAME VALUE}; {@code bench/run} makes medians and ratios of them. */
public final class Measure {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    public static void main(String[] arguments) throws IOException {
        Path state = Path.of(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Worlds worlds = Sandboxes.onThisMachine(Map.of("XDG_STATE_HOME", state.toString()));
        switch (arguments[0]) {
            case "worlds" -> worlds(worlds, rounds);
            case "checks" -> checks(worlds, state, rounds, Path.of(arguments[3]), Files.readString(Path.of(arguments[4])));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** How long a world takes to stand, and to be told to go. */
    private static void worlds(Worlds worlds, int rounds) {
        for (int round = 0; round < rounds; round++) {
            world(worlds, "by-hand", new WorldRequest("bench", List.of("labhost"), Set.of(), List.of()));
            world(worlds, "three-hosts", new WorldRequest("bench", List.of("one", "two", "three"), Set.of(), List.of()));
            world(worlds, "docker", new WorldRequest("bench", List.of("labhost"), Set.of("docker"), List.of("busybox")));
        }
    }

    private static void world(Worlds worlds, String name, WorldRequest request) {
        long started = System.nanoTime();
        World world = worlds.build(request);
        print(name + "-up", started);
        started = System.nanoTime();
        world.end();
        print(name + "-down", started);
    }

    /** A lab solved to its end; then its last step's check against the bare probes, by turns; then resets. */
    private static void checks(Worlds worlds, Path state, int rounds, Path file, String bareProbes) throws IOException {
        Lab lab = LabReader.read(file).lab().orElseThrow();
        Session session = SessionStore.open(state.resolve("drydock")).start(lab, worlds);
        for (int step = 0; step + 1 < lab.steps().size(); step++) {
            session.solve(event -> {});
            if (session.next() != Session.Move.MOVED) {
                session.skip();
            }
        }
        session.solve(event -> {});
        boolean docker = lab.usesDocker();
        String bare = "ROUNDS=1 DOCKER=" + (docker ? "1" : "") + "\n" + bareProbes;
        for (int round = -5; round < rounds; round++) {
            long started = System.nanoTime();
            session.check(WaitPolicy.NOW);
            if (round >= 0) {
                print("check", started);
                session.world().labHost().run(bare, LIMIT).out().lines().forEach(line -> System.out.println("bare-probes " + line));
            }
        }
        for (int round = 0; round < Math.min(rounds, 5); round++) {
            long started = System.nanoTime();
            session.reset();
            print("reset", started);
        }
        session.finish();
    }

    private static void print(String name, long started) {
        System.out.println(name + " " + (System.nanoTime() - started) / 1000);
    }
}
