package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.ContainerState;
import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.NetworkPlace;
import dev.drydock.verify.expect.NetworkState;
import dev.drydock.verify.expect.PublishedPort;
import dev.drydock.verify.words.Complaint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the expectations about Docker's objects: {@code container}, {@code network}, {@code published_port}. */
record DockerKinds(LabPlaces places) {
    private static final Decoder<String> NETWORK_MODE = Decoders.text(text -> {
        if (!text.matches("(container:)?[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw new Complaint(say("value.no-network-mode", "text", Quote.of(text)));
        }
        return text;
    });
    private static final Decoder<String> DRIVER =
            ScalarParsers.named("[a-z0-9][a-z0-9._-]*", say("value.network-driver"));

    Map<String, ExpectationKind> all() {
        return Map.ofEntries(
                docker("container: {name: web, running: true}", this::container),
                docker("network: {name: mynet, driver: bridge}", this::network),
                docker("published_port: {host: 8080/tcp, container: web, port: 80}", this::publishedPort));
    }

    private Map.Entry<String, ExpectationKind> docker(
            String example, Function<MapReader, Optional<? extends Expectation>> body) {
        Map.Entry<String, ExpectationKind> kind = ExpectationKind.kind(example, body);
        return Map.entry(kind.getKey(), (value, problems, words) -> {
            places.wantDocker(value.head());
            return kind.getValue().read(value, problems, words);
        });
    }

    private Optional<ContainerState> container(MapReader map) {
        var in = map.optional("in", places.host(), Optional.empty());
        var name = map.required("name", ScalarParsers.CONTAINER);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var running = map.optional("running", Decoders.YES_NO);
        var image = map.optional("image", ScalarParsers.IMAGE_NAME);
        var mode = map.optional("network_mode", NETWORK_MODE);
        var address = map.optional("ip", ScalarParsers.IP);
        var mac = map.optional("mac", ScalarParsers.MAC);
        var networks = map.optional("networks", DockerKinds::networks, Map.of());
        var logs = map.optional("logs", Decoders.TEXT_MATCH);
        var exitCode = map.optional("exit_code", Decoders.number(0, 255));
        var links = map.optional("links", Decoders.distinct(ScalarParsers.CONTAINER), List.of());
        if (map.has("exit_code")) {
            map.refuse("running", say("container.exit-code-and-running"));
        }
        map.nothingBesides(exists.get(), List.of("in", "name", "exists"));
        return map.build(() -> new ContainerState(
                in.get(),
                name.get(),
                exists.get(),
                running.get(),
                image.get(),
                mode.get(),
                address.get(),
                mac.get(),
                networks.get(),
                logs.get(),
                exitCode.get(),
                links.get()));
    }

    /** {@code {mynet: {ip: 172.20.0.2, aliases: [rr]}}}, or names alone: {@code [mynet, other]}. */
    private static Optional<Map<String, NetworkPlace>> networks(YamlNode node, Problems problems) {
        Map<String, NetworkPlace> places = new LinkedHashMap<>();
        NetworkPlace anywhere = new NetworkPlace(Optional.empty(), Optional.empty(), List.of());
        if (!(node instanceof YamlNode.Entries map)) {
            return Decoders.distinct(ScalarParsers.DOCKER).read(node, problems).map(names -> {
                names.forEach(name -> places.put(name, anywhere));
                return places;
            });
        }
        int before = problems.errors();
        if (map.entries().isEmpty()) {
            problems.error(
                    map.head(),
                    say("node.empty-map", "node", map.label()),
                    say("next.example", "example", "networks: [mynet]"));
        }
        for (YamlNode.Entry entry : map.entries()) {
            ScalarParsers.DOCKER.read(new YamlNode.Text(map.label(), entry.keySpan(), entry.key(), true), problems);
            boolean bare = entry.value() instanceof YamlNode.Entries inner
                    && inner.entries().isEmpty();
            (bare ? Optional.of(anywhere) : networkPlace(entry.value(), problems))
                    .ifPresent(place -> places.put(entry.key(), place));
        }
        return problems.errors() == before ? Optional.of(places) : Optional.empty();
    }

    private static Optional<NetworkPlace> networkPlace(YamlNode node, Problems problems) {
        return MapReader.read(node, problems, Optional.of("{ip: 172.20.0.2, aliases: [rr]}"), map -> {
            var address = map.optional("ip", ScalarParsers.IP);
            var mac = map.optional("mac", ScalarParsers.MAC);
            var aliases = map.optional("aliases", Decoders.distinct(ScalarParsers.HOST), List.of());
            return map.build(() -> new NetworkPlace(address.get(), mac.get(), aliases.get()));
        });
    }

    private Optional<NetworkState> network(MapReader map) {
        var in = map.optional("in", places.host(), Optional.empty());
        var name = map.required("name", ScalarParsers.DOCKER);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var driver = map.optional("driver", DRIVER);
        var subnet = map.optional("subnet", ScalarParsers.SUBNET);
        var gateway = map.optional("gateway", ScalarParsers.IP);
        var range = map.optional("ip_range", ScalarParsers.SUBNET);
        var options = map.optional("options", DockerKinds::options, Map.of());
        var containers = map.optional("containers", Decoders.listMatch(ScalarParsers.CONTAINER));
        var sameOn = map.optional("same_on", places.hostName());
        map.nothingBesides(exists.get(), List.of("in", "name", "exists"));
        return map.build(() -> new NetworkState(
                in.get(),
                name.get(),
                exists.get(),
                driver.get(),
                subnet.get(),
                gateway.get(),
                range.get(),
                options.get(),
                containers.get(),
                sameOn.get()));
    }

    /** {@code {parent: eth0}}. */
    private static Optional<Map<String, String>> options(YamlNode node, Problems problems) {
        if (!(node instanceof YamlNode.Entries map) || map.entries().isEmpty()) {
            problems.error(
                    node.head(),
                    say("network.options-no-map"),
                    say("next.example", "example", "options: {parent: eth0}"));
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        int before = problems.errors();
        for (YamlNode.Entry entry : map.entries()) {
            Decoders.ONE_LINE.read(entry.value(), problems).ifPresent(value -> options.put(entry.key(), value));
        }
        return problems.errors() == before ? Optional.of(options) : Optional.empty();
    }

    private Optional<PublishedPort> publishedPort(MapReader map) {
        var in = map.optional("in", places.host(), Optional.empty());
        var outside = map.required("host", ScalarParsers.PORT_NUMBER);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var container = map.optional("container", ScalarParsers.CONTAINER);
        var inside = map.optional("port", Decoders.number(1, 65535));
        var address = map.optional("host_ip", ScalarParsers.IP);
        if (exists.get() && !map.has("container")) {
            map.required("container", ScalarParsers.CONTAINER);
        }
        return map.build(() -> new PublishedPort(
                in.get(),
                outside.get().protocol(),
                outside.get().number(),
                container.get(),
                inside.get(),
                address.get(),
                exists.get()));
    }
}
