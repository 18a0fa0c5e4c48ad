package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code container: {name: web, running: true, network_mode: bridge, ip: 172.17.0.2, networks: {mynet: {ip: 172.20.0.2, aliases:
 * [rr]}}, logs: {contains: …}, links: [db]}}; the address and MAC without a network are those on the network of its mode, or on any where the mode
 * is left open.
 */
public record ContainerState(
        Optional<String> host,
        String name,
        boolean exists,
        Optional<Boolean> running,
        Optional<String> image,
        Optional<String> networkMode,
        Optional<IpAddress> address,
        Optional<MacAddress> mac,
        Map<String, NetworkPlace> networks,
        Optional<TextMatch> logs,
        Optional<Integer> exitCode,
        List<String> links)
        implements Expectation {
    private static final int LAST_LINES = 5;

    public ContainerState {
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
        links = List.copyOf(links);
        boolean attributes = running.isPresent()
                || image.isPresent()
                || networkMode.isPresent()
                || address.isPresent()
                || mac.isPresent()
                || !networks.isEmpty()
                || logs.isPresent()
                || exitCode.isPresent()
                || !links.isEmpty();
        if (!exists && attributes) {
            throw new IllegalArgumentException("a container that must not exist can have no attributes");
        }
    }

    @Override
    public String describe() {
        if (!exists) {
            return "there is no container " + name + PlaceWords.on(host);
        }
        String state = state();
        String log = logs.map(text -> "log of " + name + PlaceWords.on(host) + " " + Words.text(text.words()))
                .orElse("");
        if (state.isEmpty()) {
            return log.isEmpty() ? "there is a container " + name + PlaceWords.on(host) : "the " + log;
        }
        return name + PlaceWords.on(host) + " is " + state + (log.isEmpty() ? "" : "; the " + log);
    }

    @Override
    public String describeOpposite() {
        String state = state();
        if (logs.isPresent() && !state.isEmpty()) {
            return Expectation.super.describeOpposite();
        }
        if (logs.isPresent()) {
            return "the log of " + name + PlaceWords.on(host) + " "
                    + Words.text(logs.get().opposite());
        }
        if (state.isEmpty()) {
            return "there is " + (exists ? "no" : "a") + " container " + name + PlaceWords.on(host);
        }
        return state.startsWith("not ")
                ? name + PlaceWords.on(host) + " is " + state.substring("not ".length())
                : name + PlaceWords.on(host) + " is not " + state;
    }

    /** {@code running on the default bridge at 172.17.0.2}. */
    private String state() {
        List<String> words = new ArrayList<>();
        running.ifPresent(wanted -> words.add(wanted ? "running" : "not running"));
        exitCode.ifPresent(wanted -> words.add("stopped with status " + wanted));
        image.ifPresent(wanted -> words.add("from image " + wanted));
        networkMode.ifPresent(wanted -> words.add(placement(wanted)));
        address.ifPresent(wanted -> words.add("at " + wanted));
        mac.ifPresent(wanted -> words.add("with MAC " + wanted));
        List<String> places = new ArrayList<>();
        networks.forEach((network, place) -> places.add(network + place.words()));
        if (!places.isEmpty()) {
            words.add("on " + PlaceWords.list(places, ""));
        }
        if (!links.isEmpty()) {
            words.add("linked to " + PlaceWords.list(links, ""));
        }
        return String.join(" ", words);
    }

    private static String placement(String mode) {
        return switch (mode) {
            case "bridge", "default" -> "on the default bridge";
            case "host" -> "on the host's network";
            case "none" -> "on no network";
            default ->
                mode.startsWith("container:")
                        ? "in the network namespace of " + mode.substring("container:".length())
                        : "on network " + mode;
        };
    }

    @Override
    public Set<ActiveProbe> probes() {
        return logs.isEmpty() ? Set.of() : Set.of(new ActiveProbe.Logs(new Scope(host, Scope.Kind.CONTAINER, name)));
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.on(
                facts,
                host,
                there -> Readings.judge(there.containers(), all -> Containers.named(all, name)
                        .map(container -> present(container, all))
                        .orElseGet(() -> absent(facts, all))));
    }

    private Verdict absent(Facts facts, List<Container> all) {
        return exists
                ? Verdict.notMet(
                                "a container " + name + PlaceWords.on(host),
                                "no container " + name + PlaceWords.on(host)
                                        + (all.isEmpty()
                                                ? ""
                                                : "; there is "
                                                        + PlaceWords.list(
                                                                all.stream()
                                                                        .map(Container::name)
                                                                        .sorted()
                                                                        .toList(),
                                                                "")),
                                ScopeLookup.containerNames(all))
                        .causedBy(FactCauses.containerOnAnotherHost(facts, host, name))
                : Verdict.met(ScopeLookup.containerNames(all));
    }

    private Verdict present(Container container, List<Container> all) {
        if (!exists) {
            return Verdict.notMet(
                    "no container " + name,
                    "a container " + name + ", " + Words.text(Containers.condition(container)),
                    ScopeLookup.containerNames(all));
        }
        Comparison comparison =
                new Comparison().looking(Containers.inspect(name, "{{.State.Status}}", container.status()));
        running.ifPresent(wanted -> comparison.that(
                wanted ? Containers.runs(container) : !container.running(),
                name + (wanted ? " running" : " not running"),
                name + " " + Words.text(Containers.condition(container)),
                wanted ? Containers.whyNotRunning(container).map(Words::text) : Optional.empty()));
        exitCode.ifPresent(wanted -> comparison
                .looking(Containers.inspect(
                        name, "{{.State.Status}} {{.State.ExitCode}}", container.status() + " " + container.exitCode()))
                .that(
                        container.status().equals("exited") && container.exitCode() == wanted,
                        name + " exited with status " + wanted,
                        name + " " + Words.text(Containers.condition(container)),
                        container.status().equals("exited")
                                ? Optional.empty()
                                : Containers.whyNotRunning(container).map(Words::text)));
        image.ifPresent(wanted -> comparison
                .looking(Containers.inspect(name, "{{.Config.Image}}", container.image()))
                .that(
                        Containers.sameImage(wanted, container.image()),
                        "image " + wanted,
                        "image " + container.image()));
        networkMode.ifPresent(wanted -> compareMode(comparison, wanted, container, all));
        if (!links.isEmpty()) {
            comparison
                    .looking(Containers.inspect(
                            name,
                            "{{.HostConfig.Links}}",
                            "["
                                    + container.links().entrySet().stream()
                                            .map(link -> "/" + link.getValue() + ":/" + name + "/" + link.getKey())
                                            .collect(Collectors.joining(" "))
                                    + "]"))
                    .that(
                            container.links().values().containsAll(links),
                            "a link to " + PlaceWords.list(links, ""),
                            container.links().isEmpty()
                                    ? "no link"
                                    : "a link to "
                                            + PlaceWords.list(
                                                    new TreeSet<>(
                                                            container.links().values()),
                                                    ""),
                            container.links().isEmpty()
                                    ? Optional.of("a link is made when a container is made, by --link")
                                    : Optional.empty());
        }
        boolean explained = comparison.differs();
        if (!explained || container.running()) {
            new AttachmentMatch(comparison, container, all).compare(networkMode, address, mac, networks);
        }
        logs.ifPresent(wanted -> container
                .logs()
                .fold(
                        known -> comparison
                                .looking(ending(known.source().command(), known.value()))
                                .text(wanted, known.value(), say("log.some"), end(known.value())),
                        comparison::unknown));
        return comparison.verdict();
    }

    /** Why a program ended is what it said last. */
    private static Evidence ending(String command, String log) {
        List<String> lines = log.strip().lines().toList();
        return new Evidence(
                command, String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
    }

    private static Message end(String log) {
        List<String> lines = log.strip().lines().toList();
        return lines.size() < 2
                ? TextMatch.actual(log)
                : say(
                        "text.ends-with",
                        "text",
                        PlaceWords.quote(lines.get(lines.size() - 1).strip()));
    }

    private void compareMode(Comparison comparison, String wanted, Container container, List<Container> all) {
        String found = Containers.readableMode(container.networkMode(), all);
        String mode = wanted.equals("default") ? "bridge" : Containers.readableMode(wanted, all);
        comparison
                .looking(Containers.inspect(name, "{{.HostConfig.NetworkMode}}", container.networkMode()))
                .that(
                        found.equals(mode),
                        "network mode " + mode,
                        "network mode " + found,
                        Containers.whyNotInMode(container, mode, all).map(Words::text));
    }
}
