package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Difference.Since;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.probe.SweepRecord;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever two sweeps hold, a head stands only above lines that it is the head of. */
class ChangesHeadTest {
    private static final int PAIRS = 4000;
    private static final Path SWEEPS =
            Path.of(System.getProperty("drydock.root"), "verify/src/test/resources/captures/sweeps");
    private static final Gson GSON = new Gson();
    private static final DisplayOptions LOOK = DisplayOptions.plain(true);

    private record Content(String defaultHost, Map<String, SweepRecord> hosts) {}

    private final Random random = new Random(31);
    private final List<HostFacts> captured = List.of(capture("quiet"), capture("network"), capture("published"));

    private static HostFacts capture(String name) {
        try {
            Content content = GSON.fromJson(Files.readString(SWEEPS.resolve(name + ".json")), Content.class);
            return content.hosts().get("labhost").facts("labhost");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_head_stands_above_lines_only() {
        int headed = 0;
        int commanded = 0;
        for (int i = 0; i < PAIRS; i++) {
            Difference difference = difference();
            List<String> told = texts(ChangesText.of(difference, random.nextBoolean(), LOOK));
            headed += checkHeads(told, i);
            List<String> commands = texts(ChangesText.commands(difference, LOOK));
            commanded += checkCommands(commands, i);
        }
        assertThat(headed).isGreaterThan(PAIRS / 4);
        assertThat(commanded).isGreaterThan(PAIRS / 4);
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    /** @return how many heads there are */
    private static int checkHeads(List<String> told, int pair) {
        int heads = 0;
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).as("pair " + pair).isNotBlank();
            if (told.get(i).endsWith("kernel's words:")) {
                heads++;
                assertThat(told).as("pair " + pair).hasSizeGreaterThan(i + 1);
                assertThat(told.get(i + 1)).as("pair " + pair + ": " + told).matches("  .*\\S.*");
            }
        }
        return heads;
    }

    private static int checkCommands(List<String> lines, int pair) {
        assertThat(lines).as("pair " + pair).isNotEmpty();
        if (!lines.get(0).endsWith("by hand:")) {
            return 0;
        }
        assertThat(lines).as("pair " + pair + ": " + lines).hasSizeGreaterThan(1);
        return 1;
    }

    private Difference difference() {
        Difference.Since since = Since.values()[random.nextInt(Since.values().length)];
        if (since != Since.COMMAND) {
            return new Difference(since, List.of(), false, Optional.of(changes()), Optional.empty());
        }
        Optional<Difference> earlier = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Difference(since, List.of("one"), false, Optional.of(changes()), Optional.empty()));
        return new Difference(since, List.of("two"), random.nextInt(9) == 0, Optional.of(changes()), earlier);
    }

    /** Each of a pair is one of three real sweeps or a mixture of them, with something left out here and there, or not read. */
    private Changes changes() {
        Facts before = facts();
        return Changes.between(before, random.nextInt(4) == 0 ? before : facts());
    }

    private Facts facts() {
        HostFacts host = captured.get(random.nextInt(captured.size()));
        HostFacts other = captured.get(random.nextInt(captured.size()));
        HostFacts mixed = new HostFacts(
                host.name(),
                some(host.namespaces()).map(all -> all.stream().map(this::some).toList()),
                some(rarely() ? other.containers() : host.containers()),
                some(rarely() ? other.networks() : host.networks()),
                host.hostsFiles(),
                some(host.processes()),
                host.captures());
        return new Facts("labhost", new TreeMap<>(Map.of("labhost", mixed)));
    }

    private boolean rarely() {
        return random.nextInt(8) == 0;
    }

    private <T> Reading<List<T>> some(Reading<List<T>> reading) {
        if (random.nextInt(20) == 0) {
            return new Reading.Unknown<>(Message.verbatim("it could not be run"), new Evidence("a command", ""));
        }
        return reading.map(all -> {
            List<T> left = new ArrayList<>(all);
            while (!left.isEmpty() && random.nextInt(3) == 0) {
                left.remove(random.nextInt(left.size()));
            }
            return left;
        });
    }

    private Namespace some(Namespace namespace) {
        return new Namespace(
                namespace.inode(),
                namespace.names(),
                some(namespace.links()).map(all -> all.stream().map(this::some).toList()),
                some(namespace.routes()),
                namespace.routingRules(),
                some(namespace.neighbours()),
                namespace.bridgePorts(),
                some(namespace.chains()).map(all -> all.stream().map(this::some).toList()),
                namespace.sysctls(),
                some(namespace.sockets()),
                namespace.netnsIds());
    }

    private Link some(Link link) {
        return new Link(
                link.index(),
                rarely() ? link.name() + "x" : link.name(),
                link.kind(),
                link.up() && !rarely(),
                link.operState(),
                link.carrier(),
                true,
                false,
                link.mac(),
                link.mtu(),
                rarely() ? Optional.empty() : link.master(),
                link.peerIndex(),
                link.peerNetnsId(),
                link.layer(),
                rarely() ? List.of() : link.addresses());
    }

    private Chain some(Chain chain) {
        return new Chain(
                chain.backend(),
                chain.ipv6(),
                chain.table(),
                chain.name(),
                chain.policy(),
                rarely() ? List.of() : chain.rules());
    }
}
