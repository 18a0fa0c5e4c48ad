package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.proof.RememberedWorlds;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.way.Cause;
import dev.drydock.verify.way.Finding;
import dev.drydock.verify.way.Reach;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The catalogue of broken networks: each is built in a real world, and {@code lab why} must name its true cause, or say that it cannot tell;
 * a wrong cause fails the test. Of what is healthy it must find nothing broken. The table is {@code docs/WHY.md}, rewritten with {@code -Dupdate}.
 */
@Tag("kernel")
class BrokenNetworksKernelTest {
    private static final Path FOLDER = Path.of("src/test/resources/why");
    private static final Path TABLE = Path.of("../docs/WHY.md");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Most of the time is spent waiting for answers that never come. */
    private static final Map<String, Integer> WORLDS = Map.of("hand", 4, "docker", 2, "cards", 1, "hosts", 1);

    @TempDir
    Path folder;

    private enum Score {
        RIGHT,
        CANNOT_TELL,
        WRONG
    }

    private record Case(String id, String base, String breaks, String from, String to, String cause, String says) {
        static Case of(Map<String, Object> map) {
            return new Case(
                    text(map, "id"),
                    text(map, "base"),
                    text(map, "break"),
                    text(map, "from"),
                    text(map, "to"),
                    text(map, "cause"),
                    text(map, "says"));
        }

        private static String text(Map<String, Object> map, String key) {
            return String.valueOf(map.getOrDefault(key, ""));
        }

        boolean healthy() {
            return cause.equals("none");
        }

        Score score(Reach reach) {
            Optional<Finding.Broken> broken = reach.broken();
            if (healthy()) {
                return broken.isPresent()
                        ? Score.WRONG
                        : reach.verdict() == Reach.Verdict.REACHES ? Score.RIGHT : Score.CANNOT_TELL;
            }
            if (broken.isEmpty() || reach.verdict() == Reach.Verdict.CANNOT_TELL) {
                return reach.verdict() == Reach.Verdict.REACHES ? Score.WRONG : Score.CANNOT_TELL;
            }
            return broken.get().cause().id().equals(cause)
                            && broken.get().found().contains(says)
                    ? Score.RIGHT
                    : Score.WRONG;
        }
    }

    private record Result(Case one, Score score, String told) {}

    @Test
    void names_the_true_cause_of_what_is_broken_and_none_of_what_is_not() throws Exception {
        Map<String, Map<String, Object>> bases = read("bases.yaml");
        List<Map<String, Object>> maps = read("catalogue.yaml");
        String only = System.getProperty("why.only", "");
        List<Case> all = maps.stream()
                .map(Case::of)
                .filter(one -> only.isEmpty()
                        || Set.of(only.split(",", -1)).contains(one.id())
                        || Set.of(only.split(",", -1)).contains(one.base()))
                .toList();
        RememberedWorlds worlds = new RememberedWorlds(folder.resolve("worlds"));
        Map<String, Result> results = new TreeMap<>();
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<List<Result>>> futures = new ArrayList<>();
        for (Map.Entry<String, Map<String, Object>> base : bases.entrySet()) {
            ConcurrentLinkedQueue<Case> queue = new ConcurrentLinkedQueue<>(
                    all.stream().filter(one -> one.base().equals(base.getKey())).toList());
            int count = Math.min(WORLDS.get(base.getKey()), queue.size());
            for (int i = 0; i < count; i++) {
                Callable<List<Result>> work = () -> inOneWorld(worlds, base.getValue(), queue);
                futures.add(pool.submit(work));
            }
        }
        for (Future<List<Result>> future : futures) {
            future.get().forEach(result -> results.put(result.one().id(), result));
        }
        pool.shutdown();
        worlds.assertAllGone();
        List<Result> ordered = all.stream().map(one -> results.get(one.id())).toList();
        assertThat(ordered.stream()
                        .filter(result -> result.score() == Score.WRONG)
                        .map(BrokenNetworksKernelTest::words))
                .isEmpty();
        long right = ordered.stream()
                .filter(result -> !result.one().healthy() && result.score() == Score.RIGHT)
                .count();
        long broken = all.stream().filter(one -> !one.healthy()).count();
        assertThat(right * 40)
                .as(String.join(
                        "\n",
                        ordered.stream()
                                .filter(result -> result.score() != Score.RIGHT)
                                .map(BrokenNetworksKernelTest::words)
                                .toList()))
                .isGreaterThanOrEqualTo(38 * broken);
        if (only.isEmpty()) {
            assertThat(broken).isGreaterThanOrEqualTo(40);
            compare(table(ordered, right, broken));
        }
    }

    private static String words(Result result) {
        return result.one().id() + ": " + result.score() + ": " + result.told();
    }

    private static List<Result> inOneWorld(
            RememberedWorlds worlds, Map<String, Object> base, ConcurrentLinkedQueue<Case> queue) throws Exception {
        Set<String> needs = Set.copyOf(strings(base, "needs"));
        World world = worlds.build(new WorldRequest("why", strings(base, "hosts"), needs, strings(base, "images")));
        List<Result> results = new ArrayList<>();
        try {
            for (Case one = queue.poll(); one != null; one = queue.poll()) {
                for (String host : world.hostNames()) {
                    type(world, host, one, String.valueOf(base.get("build")));
                }
                type(world, world.hostNames().get(0), one, one.breaks());
                Reach reach = new Enquiry(world, needs.contains("docker")).why(one.from(), one.to());
                results.add(new Result(one, one.score(reach), told(reach)));
            }
        } finally {
            world.end();
        }
        return results;
    }

    private static void type(World world, String host, Case one, String script) {
        ProbeOutput output = world.host(host).run(script, LIMIT);
        if (output.exit() != 0) {
            throw new IllegalStateException(one.id() + " could not be made: " + output.err() + output.out());
        }
    }

    private static String told(Reach reach) {
        return reach.verdict() + " "
                + reach.broken()
                        .map(broken -> broken.cause().id() + ": " + broken.found())
                        .orElse(reach.stages().toString())
                + " (probe " + reach.probe().kind() + " " + reach.probe().line() + ")";
    }

    private static List<String> strings(Map<String, Object> map, String key) {
        List<String> strings = new ArrayList<>();
        if (map.get(key) instanceof List<?> list) {
            list.forEach(item -> strings.add(String.valueOf(item)));
        }
        return strings;
    }

    private static <T> T read(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(name))) {
            return new Yaml().load(reader);
        }
    }

    @Test
    void every_cause_of_the_catalogue_is_one() throws IOException {
        List<Map<String, Object>> maps = read("catalogue.yaml");
        List<String> ids = new ArrayList<>(List.of("none"));
        for (Cause cause : Cause.values()) {
            ids.add(cause.id());
        }
        assertThat(maps).isNotEmpty().allSatisfy(map -> assertThat(ids)
                .contains(Case.of(map).cause()));
        assertThat(maps.stream().map(map -> Case.of(map).id())).doesNotHaveDuplicates();
    }

    private static String table(List<Result> results, long right, long broken) {
        long telling = results.stream()
                .filter(result -> !result.one().healthy() && result.score() == Score.CANNOT_TELL)
                .count();
        long healthy = results.stream().filter(result -> result.one().healthy()).count();
        StringBuilder text = new StringBuilder(
                """
                # Broken networks, and what `lab why` says

                Each of these networks is built in a real world by `engine/src/test/resources/why/`, broken as the table says, and asked about.
                `BrokenNetworksKernelTest` fails where `lab why` names a wrong cause, finds something broken in a healthy network, or differs from this page.

                """);
        text.append("**")
                .append(right)
                .append(" of ")
                .append(broken)
                .append(" right, ")
                .append(telling)
                .append(" cannot tell, 0 wrong**; ")
                .append(healthy)
                .append(" healthy networks.\n\n")
                .append("| network | what was done | asked | true cause | score |\n|---|---|---|---|---|\n");
        for (Result result : results) {
            Case one = result.one();
            text.append("| ")
                    .append(one.id())
                    .append(" | ")
                    .append(
                            one.breaks().isEmpty()
                                    ? ""
                                    : "`" + one.breaks().strip().replace("|", "\\|") + "`")
                    .append(" | ")
                    .append(one.from())
                    .append(" → ")
                    .append(one.to())
                    .append(" | ")
                    .append(one.cause())
                    .append(" | ")
                    .append(result.score() == Score.RIGHT ? "right" : "cannot tell")
                    .append(" |\n");
        }
        return text.toString();
    }

    private static void compare(String table) throws IOException {
        if (System.getProperty("update") != null) {
            Files.writeString(TABLE, table);
        }
        assertThat(TABLE).hasContent(table);
    }
}
