package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.packet.Device;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Journey;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A router of the kernel with rules of its own, and packets sent through it: a lan and another host on its bridge, and a wan. Needs python3,
 * whose raw sockets send and see the packets.
 */
final class RealPackets {
    private RealPackets() {}

    /** One ruleset as the bash that loads it, and the packets that meet it. */
    record Case(String setup, List<Sent> packets) {}

    record Sent(String from, String to, String source, String destination, Protocol protocol, int sport, int dport) {
        JsonObject json() {
            JsonObject json = new JsonObject();
            json.addProperty("from", from);
            json.addProperty("to", to);
            json.addProperty("src", source);
            json.addProperty("dst", destination);
            json.addProperty("proto", protocol.toString());
            json.addProperty("sport", sport);
            json.addProperty("dport", dport);
            return json;
        }

        Packet packet() {
            boolean ports = protocol.hasPorts();
            Header header = new Header(
                    new IpAddress(source),
                    new IpAddress(destination),
                    protocol,
                    ports ? Ports.of(sport) : Ports.NONE,
                    ports ? Ports.of(dport) : Ports.NONE);
            Device in = from.equals("here") ? Device.NONE : Device.named(from.equals("wan") ? "wan0" : "br0");
            boolean switched = to.equals("blue");
            return Packet.of(header, in, false)
                    .onPorts(
                            from.equals("lan") ? Device.named("lan0") : Device.NONE,
                            switched ? Device.named("blue0") : Device.NONE,
                            switched);
        }
    }

    private static Link link(int index, String name, String kind, Optional<String> master, String... addresses) {
        List<InterfaceAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(new InterfaceAddress(Cidr.parse(address), name.equals("lo") ? "host" : "global", false));
        }
        return new Link(
                index,
                name,
                kind,
                true,
                "UP",
                true,
                Optional.empty(),
                1500,
                master,
                OptionalInt.empty(),
                OptionalInt.empty(),
                all);
    }

    private static Route route(String destination, Optional<String> via, String device, Optional<String> source) {
        return new Route(
                false,
                "unicast",
                Cidr.parse(destination),
                via.map(IpAddress::parse),
                Optional.of(device),
                source.map(IpAddress::parse),
                0,
                "main");
    }

    static final List<Link> LINKS = List.of(
            link(1, "lo", "", Optional.empty(), "127.0.0.1/8"),
            link(2, "br0", "bridge", Optional.empty(), "10.9.0.1/24", "10.9.1.1/24"),
            link(3, "lan0", "veth", Optional.of("br0")),
            link(4, "blue0", "veth", Optional.of("br0")),
            link(5, "wan0", "veth", Optional.empty(), "10.0.2.15/24"));
    static final List<Route> ROUTES = List.of(
            route("default", Optional.of("10.0.2.2"), "wan0", Optional.empty()),
            route("10.0.2.0/24", Optional.empty(), "wan0", Optional.of("10.0.2.15")),
            route("10.9.0.0/24", Optional.empty(), "br0", Optional.of("10.9.0.1")),
            route("10.9.1.0/24", Optional.empty(), "br0", Optional.of("10.9.1.1")));

    /**
     * What became of one packet.
     *
     * @param setup the rules that it met
     * @param outcomes all ways that it may take, as foreseen
     * @param expected the same in words
     * @param seen where it came out
     */
    record Result(String setup, Sent sent, List<Outcome> outcomes, Set<String> expected, String seen) {
        boolean told() {
            return expected.size() == 1 && !expected.contains("?");
        }

        boolean right() {
            return outcomes.stream().anyMatch(outcome -> agrees(outcome, seen));
        }

        @Override
        public String toString() {
            return sent + "\nforeseen " + expected + "\nseen     " + seen + "\n" + setup;
        }
    }

    /** Sends all packets; a ruleset that nobody could read has no results. */
    static List<Result> send(List<Case> cases) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        boolean legacy = false;
        for (Case one : cases) {
            JsonObject line = new JsonObject();
            line.addProperty("setup", one.setup());
            // the tables of iptables-legacy stay once they are there
            legacy |= one.setup().contains("iptables-legacy");
            line.addProperty("legacy", legacy);
            JsonArray all = new JsonArray();
            one.packets().forEach(sent -> all.add(sent.json()));
            line.add("packets", all);
            text.append(line).append("\n");
        }
        List<String> answers = kernel(text.toString());
        assertThat(answers).hasSize(cases.size());
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String setup = cases.get(i).setup();
            JsonObject answer = JsonParser.parseString(answers.get(i)).getAsJsonObject();
            assertThat(answer.has("refused")).as(() -> answer + "\n" + setup).isFalse();
            Optional<Ruleset> rules = rules(answer);
            if (rules.isPresent()) {
                results.addAll(results(cases.get(i), answer, rules.get()));
            }
        }
        return results;
    }

    private static List<Result> results(Case one, JsonObject answer, Ruleset rules) {
        Router router = router(answer);
        boolean bridged = answer.get("bridged").getAsString().equals("1");
        List<Result> results = new ArrayList<>();
        for (int j = 0; j < one.packets().size(); j++) {
            Sent sent = one.packets().get(j);
            boolean unseen = sent.to().equals("blue") && !bridged;
            List<Outcome> outcomes = Journey.all(unseen ? rules.withoutChains() : rules, router, sent.packet(), false);
            Set<String> expected = outcomes.stream().map(RealPackets::shown).collect(Collectors.toSet());
            String seen = answer.getAsJsonArray("seen").get(j).getAsString();
            results.add(new Result(one.setup(), sent, outcomes, expected, seen));
        }
        return results;
    }

    /** {@code wan 10.0.2.15 40000 8.8.8.8 80}, {@code rejected}, nothing, {@code own} for what stays, {@code ?} for what cannot be told. */
    private static String shown(Outcome outcome) {
        Header header = outcome.packet().header();
        return switch (outcome.ending()) {
            case UNDECIDED -> "?";
            case DELIVERED -> "own";
            case DROPPED -> "";
            case REJECTED -> "rejected";
            case NO_WAY -> "no way";
            case LEFT -> {
                String out = outcome.packet().out().name();
                boolean blue = header.destination().text().startsWith("10.9.0.")
                        && !header.destination().text().equals("10.9.0.11");
                yield (out.equals("wan0") ? "wan" : blue ? "blue" : "lan") + " " + header.source() + " "
                        + header.sourcePort() + " " + header.destination() + " " + header.destinationPort();
            }
        };
    }

    /** What the host takes itself it may answer, or refuse for want of a listener. */
    private static boolean agrees(Outcome outcome, String seen) {
        return switch (outcome.ending()) {
            case UNDECIDED -> true;
            case DELIVERED, NO_WAY -> seen.isEmpty() || seen.equals("rejected");
            case DROPPED, REJECTED -> shown(outcome).equals(seen);
            case LEFT -> {
                Header header = outcome.packet().header();
                String[] words = seen.split(" ");
                yield words.length == 5
                        && words[0].equals(shown(outcome).split(" ")[0])
                        && header.isFrom(new IpAddress(words[1])) != Truth.NO
                        && Ports.of(Integer.parseInt(words[2])).in(header.sourcePort()) == Truth.YES
                        && header.isTo(new IpAddress(words[3])) != Truth.NO
                        && Ports.of(Integer.parseInt(words[4])).in(header.destinationPort()) == Truth.YES;
            }
        };
    }

    /** Empty where nobody can read it: a table that nft has changed beside tables of iptables-legacy. */
    private static Optional<Ruleset> rules(JsonObject answer) {
        PacketFilterOutcome filter = filter(answer);
        List<Chain> saved = new ArrayList<>();
        try {
            saved.addAll(IptablesSave.parse(answer.get("saved").getAsString(), "nft", false));
        } catch (IllegalArgumentException incompatible) {
            if (filter.legacy()) {
                return Optional.empty();
            }
        }
        saved.addAll(IptablesSave.parse(answer.get("legacy").getAsString(), "legacy", false));
        return Optional.of(NftRules.of(filter.nft().orElseThrow(), saved));
    }

    private static PacketFilterOutcome filter(JsonObject answer) {
        return PacketFilterOutcome.parse(new ProbeCapture(
                "nft list ruleset", true, 0, answer.get("filter").getAsString(), ""));
    }

    private static Router router(JsonObject answer) {
        Map<String, String> settings = new TreeMap<>(filter(answer).settings());
        settings.put(Router.BRIDGED, answer.get("bridged").getAsString());
        settings.put(Router.FORWARDING, answer.get("forward").getAsString());
        return new Router(LINKS, ROUTES, settings, filter(answer).otherTables(), Optional.empty());
    }

    private static List<String> kernel(String cases) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("drydock-rules");
        Path given = Files.writeString(folder.resolve("cases"), cases);
        Path probe = Files.writeString(folder.resolve("probe"), PacketFilterOutcome.SCRIPT);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        "unshare",
                        "-rmnpf",
                        "--mount-proc",
                        "--kill-child",
                        "bash",
                        "-c",
                        "mount -t tmpfs none /run && exec python3 \"$@\"",
                        "bash",
                        Path.of("src/test/resources/hosts/packets.py")
                                .toAbsolutePath()
                                .toString(),
                        given.toString(),
                        probe.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("sending packets: " + Files.readString(err))
                .isTrue();
        List<String> answers = Files.readAllLines(out);
        for (Path file : List.of(given, probe, out, err, folder)) {
            Files.delete(file);
        }
        return answers;
    }
}
