package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.TimeLimit;
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
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The catalogue of broken networks: each is built in a real world, and {@code lab why} must name its true cause, or say that it cannot tell;
 * a wrong cause fails the test. Of what is healthy it must find nothing broken. Wherever a packet can be traced, {@code lab why}, its real probe and
 * {@code lab trace} must agree, as {@link Agreement} has it, and all who name a cause the same one, as {@link OneDiagnosis} has it. The evidence of each is true, as {@link EvidenceTrial} has it,
 * and each command that is promised mends, as {@link MendTrial} has it. The table in {@code docs/WHY.md} is rewritten with {@code -Dupdate}.
 */
@Tag("kernel")
class BrokenNetworksKernelTest {
    private static final Path FOLDER = Path.of("src/test/resources/why");
    private static final Path PAGE = Path.of("../docs/WHY.md");
    private static final String TABLE = "<!-- The rest is written by BrokenNetworksKernelTest. -->\n";
    /** With -Dupdate=true the page is written before anything is found wrong; with -Dwhy.only=… the rows of what was asked are. */
    private static final boolean UPDATE = Boolean.getBoolean("update");

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Much of the time is spent waiting for answers that never come. */
    private static final int WORLDS = 4 * Runtime.getRuntime().availableProcessors();

    /**
     * Where the tests have a {@link TimeLimit}, no network is begun later than a sixth of that, but the first of each cause. On a machine where a process costs ten times as much as elsewhere, all of them would take more than an hour.
     */
    private static final Optional<Duration> SHARE = TimeLimit.whole().map(all -> all.dividedBy(6));

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
        List<Map<String, Object>> maps = networks();
        String only = System.getProperty("why.only", "");
        List<BrokenNetwork> all = maps.stream()
                .map(BrokenNetwork::of)
                .filter(one -> only.isEmpty()
                        || Set.of(only.split(",", -1)).contains(one.id())
                        || Set.of(only.split(",", -1)).contains(one.base()))
                .toList();
        RememberedWorlds worlds = new RememberedWorlds(folder.resolve("worlds"));
        Map<String, Result> results = new TreeMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(WORLDS);
        List<Future<List<Result>>> futures = new ArrayList<>();
        Instant began = Instant.now();
        Set<String> first = firstOfEach(all);
        Predicate<BrokenNetwork> inTime = one -> first.contains(one.id())
                || SHARE.filter(most -> Duration.between(began, Instant.now()).compareTo(most) > 0)
                        .isEmpty();
        for (List<BrokenNetwork> together : worlds(bases, all, first)) {
            Map<String, Object> base = bases.get(together.get(0).base());
            futures.add(pool.submit(() -> inOneWorld(worlds, base, together, inTime)));
        }
        for (Future<List<Result>> future : futures) {
            future.get().forEach(result -> results.put(result.network().id(), result));
        }
        pool.shutdown();
        worlds.assertAllGone();
        if (results.size() < all.size()) {
            TimeLimit.leftOut(all.size() - results.size() + " of " + all.size() + " broken networks");
        }
        List<Result> ordered = all.stream()
                .filter(one -> results.containsKey(one.id()))
                .map(one -> results.get(one.id()))
                .toList();
        if (UPDATE) {
            Files.writeString(PAGE, head() + table(maps, results));
        }
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
            assertThat(results.keySet()).containsAll(first);
            assertThat(broken).hasSizeGreaterThanOrEqualTo(40);
            assertThat(PAGE).hasContent(head() + table(maps, results));
        }
    }

    /** The rows of what was asked, and those that the page has of the rest. */
    private static String table(List<Map<String, Object>> networks, Map<String, Result> results) {
        return BrokenNetworkTable.of(networks.stream()
                .map(BrokenNetwork::of)
                .map(one -> results.containsKey(one.id())
                        ? results.get(one.id()).row()
                        : BrokenNetworkTable.read(one, page()))
                .toList());
    }

    private static String words(Result result) {
        return result.network().id() + ": " + result.row().score() + ": " + result.told();
    }

    /** Each in a world of its own, but for those of a base with Docker that do not ask for it: its daemon takes seconds to start. */
    private static List<List<BrokenNetwork>> worlds(
            Map<String, Map<String, Object>> bases, List<BrokenNetwork> networks, Set<String> first) {
        List<BrokenNetwork> all = new ArrayList<>(networks);
        all.sort(Comparator.comparing(one -> !first.contains(one.id())));
        List<List<BrokenNetwork>> worlds = new ArrayList<>();
        for (Map.Entry<String, Map<String, Object>> base : bases.entrySet()) {
            boolean docker = strings(base.getValue(), "needs").contains("docker");
            List<List<BrokenNetwork>> shared = List.of(new ArrayList<>(), new ArrayList<>());
            int next = 0;
            for (BrokenNetwork one : all) {
                if (one.base().equals(base.getKey())) {
                    if (docker && !one.fresh()) {
                        shared.get(next++ % shared.size()).add(one);
                    } else {
                        worlds.add(List.of(one));
                    }
                }
            }
            shared.stream().filter(several -> !several.isEmpty()).forEach(several -> worlds.add(0, several));
        }
        worlds.sort(Comparator.comparing(several -> several.stream().noneMatch(one -> first.contains(one.id()))));
        return worlds;
    }

    /** One network of each cause, and a healthy one on each base. */
    private static Set<String> firstOfEach(List<BrokenNetwork> all) {
        Map<String, String> first = new LinkedHashMap<>();
        all.forEach(one -> first.putIfAbsent(one.healthy() ? "healthy on " + one.base() : one.cause(), one.id()));
        return Set.copyOf(first.values());
    }

    /** @param inTime which of the networks are still to be asked, when their turn comes */
    private static List<Result> inOneWorld(
            RememberedWorlds worlds,
            Map<String, Object> base,
            List<BrokenNetwork> networks,
            Predicate<BrokenNetwork> inTime)
            throws Exception {
        if (networks.stream().noneMatch(inTime)) {
            return List.of();
        }
        Set<String> needs = Set.copyOf(strings(base, "needs"));
        World world = worlds.build(new WorldRequest("why", strings(base, "hosts"), needs, strings(base, "images")));
        List<Result> results = new ArrayList<>();
        try {
            for (BrokenNetwork one : networks) {
                if (!inTime.test(one)) {
                    continue;
                }
                for (String host : world.hostNames()) {
                    type(world, host, one, String.valueOf(base.get("build")));
                }
                for (Map.Entry<String, String> broken : one.breaks().entrySet()) {
                    String host = broken.getKey().isEmpty() ? world.hostNames().get(0) : broken.getKey();
                    type(world, host, one, broken.getValue());
                }
                results.add(ask(world, needs.contains("docker"), one));
            }
        } finally {
            world.end();
        }
        return results;
    }

    private static Result ask(World world, boolean docker, BrokenNetwork one) throws Exception {
        Reachability reach = one.ask(world, docker);
        Score score = one.score(reach);
        List<String> trouble = new ArrayList<>();
        if (!one.warned(reach)) {
            trouble.add("beside the verdict it says " + beside(reach).map(broken -> Words.text(broken.found())));
        }
        if (score == Score.WRONG) {
            trouble.add("that is wrong");
        }
        String ending = "–";
        Optional<Cause> cause = Optional.empty();
        String told = told(reach);
        // without an address there is nothing that a packet could be sent to
        boolean addressed = reach.probe().kind() != ProbeResult.Kind.UNKNOWN_NAME
                && one.size().isEmpty()
                && !reach.isNameless()
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
        if (one.size().isPresent()) {
            // a trace and the goals know small packets only
            trouble.addAll(trials(world, docker, one, reach, reach));
            return new Result(new Row(one, score, words(reach.probe()), ending), told, trouble);
        }
        OneDiagnosis diagnosis = diagnosis(world, docker, one, cause);
        trouble.addAll(diagnosis.differences(one.healthy()));
        Reachability again = diagnosis.reach();
        if (again.why().isPresent() && again.why().get().cause() != Cause.STALE_NAME) {
            Cause other = again.why().get().cause() == Cause.RULE ? Cause.POLICY : Cause.RULE;
            assertThat(diagnosis.traced(other).differences(false)).anyMatch(line -> line.startsWith("the trace says "));
        }
        trouble.addAll(trials(world, docker, one, reach, again));
        return new Result(new Row(one, score, words(reach.probe()), ending), told, trouble);
    }

    private static Optional<Broken> beside(Reachability reach) {
        return reach.beside().large().flatMap(Reachability::broken).or(() -> reach.beside()
                .stale());
    }

    /** What is not true about the evidence and the mend of the right cause, or of what is told of large packets. */
    private static List<String> trials(
            World world, boolean docker, BrokenNetwork one, Reachability shown, Reachability read) throws Exception {
        List<String> faults = new ArrayList<>();
        if (shown.why().isPresent() && one.score(shown) == Score.RIGHT) {
            Broken broken = shown.why().get();
            faults.addAll(new EvidenceTrial(
                            world,
                            broken.evidence(),
                            read.broken().orElse(broken).evidence())
                    .faults());
            faults.addAll(new MendTrial(world, docker, one).faults(broken));
        }
        if (beside(shown).isPresent()) {
            Broken broken = beside(shown).get();
            faults.addAll(new EvidenceTrial(world, broken.evidence(), broken.evidence()).faults());
            if (broken.command().isPresent()) {
                TypedLine.of(world, broken.command().get()).run(world);
                beside(one.ask(world, docker))
                        .ifPresent(still -> faults.add(
                                "'" + broken.command().get() + "' does not mend it: " + Words.text(still.found())));
            }
        }
        return faults;
    }

    private static OneDiagnosis diagnosis(World world, boolean docker, BrokenNetwork one, Optional<Cause> traced)
            throws InvalidQuery {
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
            case ARRIVED, UNWANTED -> "arrived";
            case NOT_TRIED -> "–";
            case ANSWERED_BY_ANOTHER,
                    REJECTED,
                    NO_ROUTE,
                    NETWORK_UNREACHABLE,
                    NO_NEIGHBOUR,
                    SILENCE,
                    FORBIDDEN,
                    MUTE,
                    ENDED_BY_PROXY -> "no answer";
        };
    }

    /** How far ARP has come when the trace ends is a matter of moments, so both endings are one word. */
    private static String words(Ending ending) {
        Ending.Kind kind = ending.kind() == Ending.Kind.UNREACHABLE ? Ending.Kind.LOST : ending.kind();
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
                        .orElseGet(() -> reach.stages().stream()
                                .map(step -> Words.text(step.title()))
                                .collect(Collectors.joining(", ")))
                + " (probe " + reach.probe().kind() + " " + reach.probe().line() + ")";
    }

    private static List<String> strings(Map<String, Object> map, String key) {
        List<String> strings = new ArrayList<>();
        if (map.get(key) instanceof List<?> list) {
            list.forEach(item -> strings.add(String.valueOf(item)));
        }
        return strings;
    }

    /** All of the catalogue: the files of its folder by name, and in them from first to last. */
    private static List<Map<String, Object>> networks() throws IOException {
        List<Map<String, Object>> networks = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("networks"))) {
            for (Path file : files.sorted().toList()) {
                List<Map<String, Object>> more = read("networks/" + file.getFileName());
                networks.addAll(more);
            }
        }
        return networks;
    }

    private static <T> T read(String name) throws IOException {
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(name))) {
            return new Yaml().load(reader);
        }
    }

    @Test
    void every_cause_of_the_catalogue_is_one() throws IOException {
        List<Map<String, Object>> maps = networks();
        List<String> ids = new ArrayList<>(List.of("none", BrokenNetwork.BEYOND));
        for (Cause cause : Cause.values()) {
            ids.add(cause.id());
        }
        assertThat(maps).isNotEmpty().allSatisfy(map -> assertThat(ids)
                .contains(BrokenNetwork.of(map).cause()));
        assertThat(maps.stream().map(map -> BrokenNetwork.of(map).id())).doesNotHaveDuplicates();
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands above the table. */
    private static String head() {
        return page().substring(0, page().indexOf(TABLE) + TABLE.length()) + "\n";
    }
}
