package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.proof.RememberedWorlds;
import dev.drydock.engine.session.BrokenNetwork.Score;
import dev.drydock.engine.session.BrokenNetworkTable.Row;
import dev.drydock.engine.session.PacketTracer.Traced;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The catalogue of broken networks: each is built in a real world, and {@code lab why} must name its true cause, or say that it cannot tell;
 * a wrong cause fails the test. Of what is healthy it must find nothing broken. Wherever a packet can be traced, {@code lab why}, its real probe and
 * {@code lab trace} must agree, as {@link Agreement} has it, and all who name a cause the same one, as {@link OneDiagnosis} has it. The table in {@code docs/WHY.md} is rewritten with {@code -Dupdate}.
 */
@Tag("kernel")
class BrokenNetworksKernelTest {
    private static final Path FOLDER = Path.of("src/test/resources/why");
    private static final Path PAGE = Path.of("../docs/WHY.md");
    private static final String TABLE = "<!-- The rest is written by BrokenNetworksKernelTest. -->\n";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Most of the time is spent waiting for answers that never come. */
    private static final Map<String, Integer> WORLDS = Map.of("hand", 4, "docker", 2, "cards", 1, "hosts", 1);

    @TempDir
    Path folder;

    /** @param trouble what is wrong about it, a sentence each */
    private record Result(Row row, String told, List<String> trouble) {
        BrokenNetwork network() {
            return row.network();
        }
    }

    @Test
    void names_the_true_cause_of_what_is_broken_and_none_of_what_is_not() throws Exception {
        Map<String, Map<String, Object>> bases = read("bases.yaml");
        List<Map<String, Object>> maps = read("catalogue.yaml");
        String only = System.getProperty("why.only", "");
        List<BrokenNetwork> all = maps.stream()
                .map(BrokenNetwork::of)
                .filter(one -> only.isEmpty()
                        || Set.of(only.split(",", -1)).contains(one.id())
                        || Set.of(only.split(",", -1)).contains(one.base()))
                .toList();
        RememberedWorlds worlds = new RememberedWorlds(folder.resolve("worlds"));
        Map<String, Result> results = new TreeMap<>();
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<List<Result>>> futures = new ArrayList<>();
        for (Map.Entry<String, Map<String, Object>> base : bases.entrySet()) {
            ConcurrentLinkedQueue<BrokenNetwork> queue = new ConcurrentLinkedQueue<>(
                    all.stream().filter(one -> one.base().equals(base.getKey())).toList());
            int count = Math.min(WORLDS.get(base.getKey()), queue.size());
            for (int i = 0; i < count; i++) {
                Callable<List<Result>> work = () -> inOneWorld(worlds, base.getValue(), queue);
                futures.add(pool.submit(work));
            }
        }
        for (Future<List<Result>> future : futures) {
            future.get().forEach(result -> results.put(result.network().id(), result));
        }
        pool.shutdown();
        worlds.assertAllGone();
        List<Result> ordered = all.stream().map(one -> results.get(one.id())).toList();
        assertThat(ordered.stream()
                        .flatMap(result -> result.trouble().stream().map(sentence -> words(result) + ": " + sentence)))
                .isEmpty();
        List<Result> broken = ordered.stream()
                .filter(result ->
                        !result.network().healthy() && !result.network().beyond())
                .toList();
        List<Result> undecided = ordered.stream()
                .filter(result -> result.row().score() == Score.CANNOT_TELL
                        && !result.network().beyond())
                .toList();
        assertThat(undecided.stream()
                        .filter(result -> result.network().healthy())
                        .map(BrokenNetworksKernelTest::words))
                .isEmpty();
        assertThat(undecided)
                .as(undecided.stream().map(BrokenNetworksKernelTest::words).collect(Collectors.joining("\n")))
                .hasSizeLessThanOrEqualTo(broken.size() / 20);
        if (only.isEmpty()) {
            assertThat(broken).hasSizeGreaterThanOrEqualTo(40);
            compare(BrokenNetworkTable.of(ordered.stream().map(Result::row).toList()));
        }
    }

    private static String words(Result result) {
        return result.network().id() + ": " + result.row().score() + ": " + result.told();
    }

    private static List<Result> inOneWorld(
            RememberedWorlds worlds, Map<String, Object> base, ConcurrentLinkedQueue<BrokenNetwork> queue)
            throws Exception {
        Set<String> needs = Set.copyOf(strings(base, "needs"));
        World world = worlds.build(new WorldRequest("why", strings(base, "hosts"), needs, strings(base, "images")));
        List<Result> results = new ArrayList<>();
        try {
            for (BrokenNetwork one = queue.poll(); one != null; one = queue.poll()) {
                for (String host : world.hostNames()) {
                    type(world, host, one, String.valueOf(base.get("build")));
                }
                type(world, world.hostNames().get(0), one, one.breaks());
                results.add(ask(world, needs.contains("docker"), one));
            }
        } finally {
            world.end();
        }
        return results;
    }

    private static Result ask(World world, boolean docker, BrokenNetwork one) throws Exception {
        Reachability reach = new ReachabilityCheck(world, docker).why(one.from(), one.to());
        Score score = one.score(reach);
        List<String> trouble = new ArrayList<>();
        if (score == Score.WRONG) {
            trouble.add("that is wrong");
        }
        String ending = "–";
        Optional<Cause> cause = Optional.empty();
        String told = told(reach);
        // without an address there is nothing that a packet could be sent to
        boolean addressed = reach.probe().kind() != ProbeResult.Kind.UNKNOWN_NAME
                && !reach.question().to().isEmpty();
        Optional<Traced> traced = addressed
                ? Optional.of(new PacketTracer(world, docker).trace(one.from(), one.to(), Optional.empty()))
                : Optional.empty();
        if (traced.isPresent() && traced.get() instanceof Traced.Done done) {
            trouble.addAll(Agreement.contradictions(
                    reach, done.trace(), world.hostNames().get(0)));
            cause = done.trace().ending().cause();
            ending = words(done.trace().ending());
            told += " (trace " + Words.text(done.trace().ending().sentence()) + ")";
        } else if (addressed) {
            trouble.add("there is no trace: " + traced);
        }
        OneDiagnosis diagnosis = diagnosis(world, docker, one, cause);
        trouble.addAll(diagnosis.differences(one.healthy()));
        Reachability again = diagnosis.reach();
        if (again.why().isPresent()) {
            Cause other = again.why().get().cause() == Cause.RULE ? Cause.POLICY : Cause.RULE;
            assertThat(diagnosis.traced(other).differences(false)).anyMatch(line -> line.startsWith("the trace says "));
        }
        return new Result(new Row(one, score, words(reach.probe()), ending), told, trouble);
    }

    private static OneDiagnosis diagnosis(World world, boolean docker, BrokenNetwork one, Optional<Cause> traced)
            throws ReachabilityCheck.Misnamed {
        ReachabilityCheck check = new ReachabilityCheck(world, docker);
        Facts before = check.read(Reachability.readings());
        ReachabilityQuery question = ReachabilityCheck.question(before, one.from(), one.to());
        return new OneDiagnosis(check.read(OneDiagnosis.probes(before, question)), question, traced);
    }

    private static String words(ProbeResult probe) {
        return switch (probe.kind()) {
            case ANSWERED -> "answered";
            case REFUSED -> "refused";
            case UNKNOWN_NAME -> "no such name";
            case NOT_TRIED -> "–";
            case REJECTED, NO_ROUTE, NETWORK_UNREACHABLE, NO_NEIGHBOUR, SILENCE, MUTE, ENDED_BY_PROXY -> "no answer";
        };
    }

    private static String words(Ending ending) {
        return ending.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void type(World world, String host, BrokenNetwork one, String script) {
        ProbeOutput output = world.host(host).run(script, LIMIT);
        if (output.exit() != 0) {
            throw new IllegalStateException(one.id() + " could not be made: " + output.err() + output.out());
        }
    }

    private static String told(Reachability reach) {
        return reach.verdict() + " "
                + reach.broken()
                        .map(broken -> broken.cause().id() + ": " + Words.text(broken.found()))
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
        List<String> ids = new ArrayList<>(List.of("none", BrokenNetwork.BEYOND));
        for (Cause cause : Cause.values()) {
            ids.add(cause.id());
        }
        assertThat(maps).isNotEmpty().allSatisfy(map -> assertThat(ids)
                .contains(BrokenNetwork.of(map).cause()));
        assertThat(maps.stream().map(map -> BrokenNetwork.of(map).id())).doesNotHaveDuplicates();
    }

    private static void compare(String table) throws IOException {
        String page = Files.readString(PAGE);
        int end = page.indexOf(TABLE) + TABLE.length();
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(PAGE, page.substring(0, end) + "\n" + table);
        }
        assertThat(PAGE).hasContent(page.substring(0, end) + "\n" + table);
    }
}
