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
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code container: {name: web, running: true, network_mode: bridge, ip: 172.17.0.2, networks: {mynet: {ip: 172.20.0.2, aliases: [rr]}}, logs:
 * {contains: …}, links: [db]}}. An address or MAC outside {@code networks} is that on the network of the network mode, or on any network where no
 * mode is wanted.
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

    /** @throws Complaint when attributes are given for a container that must not exist */
    public ContainerState {
        networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
        links = List.copyOf(links);
        boolean attributes = Stream.of(running, image, networkMode, address, mac, logs, exitCode)
                        .anyMatch(Optional::isPresent)
                || !networks.isEmpty()
                || !links.isEmpty();
        if (!exists && attributes) {
            throw new Complaint(say("container.absent-with-attributes"));
        }
    }

    @Override
    public Message statement() {
        Optional<Message> log = logs.map(text -> log(text.words()));
        return hasState() ? state(true, log) : log.orElseGet(() -> exists(exists));
    }

    @Override
    public Message denial() {
        if (hasState()) {
            return logs.isPresent() ? Expectation.super.denial() : state(false, Optional.empty());
        }
        return logs.map(text -> log(text.opposite())).orElseGet(() -> exists(!exists));
    }

    private Message exists(boolean so) {
        return say("container.exists", "exists", so, "container", name, "host", host);
    }

    private Message log(Message text) {
        return say("container.log", "container", name, "host", host, "text", text);
    }

    /** Whether an attribute other than existence and log is wanted. */
    private boolean hasState() {
        return Stream.of(running, image, networkMode, address, mac, exitCode).anyMatch(Optional::isPresent)
                || !networks.isEmpty()
                || !links.isEmpty();
    }

    /** {@code web is running on the default bridge at 172.17.0.2}, or that it is not. */
    private Message state(boolean so, Optional<Message> log) {
        return say("container.state")
                .with("container", name)
                .with("host", host)
                .with("so", so == running.orElse(true))
                .with("running", running.isPresent())
                .with("status", exitCode.map(String::valueOf))
                .with("image", image)
                .with("placement", networkMode.map(ContainerState::placement))
                .with("address", address)
                .with("mac", mac)
                .with(
                        "networks",
                        networks.entrySet().stream()
                                .map(place -> place.getValue().on(place.getKey()))
                                .toList())
                .with("links", links)
                .with("log", log);
    }

    private static Message placement(String mode) {
        return switch (mode) {
            case "bridge", "default" -> say("container.on-default-bridge");
            case "host" -> say("container.on-host-network");
            case "none" -> say("container.on-no-network");
            default ->
                mode.startsWith("container:")
                        ? say("container.in-namespace-of", "container", mode.substring("container:".length()))
                        : say("container.on-network", "network", mode);
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
                                say("container.some", "container", name, "host", host),
                                say("container.not-among")
                                        .with("container", name)
                                        .with("host", host)
                                        .with(
                                                "containers",
                                                all.stream()
                                                        .map(Container::name)
                                                        .sorted()
                                                        .toList()),
                                ScopeLookup.containerNames(all))
                        .causedBy(FactCauses.containerOnAnotherHost(facts, host, name))
                : Verdict.met(ScopeLookup.containerNames(all));
    }

    private Verdict present(Container container, List<Container> all) {
        if (!exists) {
            return Verdict.notMet(
                    say("container.none", "container", name, "host", ""),
                    say("container.some-in-condition", "container", name, "condition", container.condition()),
                    ScopeLookup.containerNames(all));
        }
        Comparison comparison =
                new Comparison().looking(Containers.inspect(name, "{{.State.Status}}", container.status()));
        running.ifPresent(wanted -> comparison.that(
                wanted ? Containers.runs(container) : !container.running(),
                say("container.runs", "container", name, "running", wanted),
                is(container.condition()),
                wanted ? container.whyStopped() : Optional.empty()));
        exitCode.ifPresent(wanted -> comparison
                .looking(Containers.inspect(
                        name, "{{.State.Status}} {{.State.ExitCode}}", container.status() + " " + container.exitCode()))
                .that(
                        container.status().equals("exited") && container.exitCode() == wanted,
                        is(say("container.exited", "status", wanted)),
                        is(container.condition()),
                        container.status().equals("exited") ? Optional.empty() : container.whyStopped()));
        image.ifPresent(wanted -> comparison
                .looking(Containers.inspect(name, "{{.Config.Image}}", container.image()))
                .that(
                        Containers.sameImage(wanted, container.image()),
                        say("container.image", "image", wanted),
                        say("container.image", "image", container.image())));
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
                            say("container.links", "containers", links),
                            say("container.links")
                                    .with(
                                            "containers",
                                            new TreeSet<>(container.links().values())),
                            container.links().isEmpty()
                                    ? Optional.of(say("container.when-links-are-made"))
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

    private Message is(Message condition) {
        return say("container.is", "container", name, "condition", condition);
    }

    /** The evidence why a program ended: the end of its log. */
    private static Evidence ending(String command, String log) {
        List<String> lines = log.strip().lines().toList();
        return new Evidence(
                command, String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
    }

    private static Message end(String log) {
        List<String> lines = log.strip().lines().toList();
        return lines.size() < 2
                ? TextMatch.actual(log)
                : say("text.ends-with")
                        .with(
                                "text",
                                TextMatch.quote(lines.get(lines.size() - 1).strip()));
    }

    private void compareMode(Comparison comparison, String wanted, Container container, List<Container> all) {
        String found = Containers.readableMode(container.networkMode(), all);
        String mode = wanted.equals("default") ? "bridge" : Containers.readableMode(wanted, all);
        comparison
                .looking(Containers.inspect(name, "{{.HostConfig.NetworkMode}}", container.networkMode()))
                .that(
                        found.equals(mode),
                        say("container.mode", "mode", mode),
                        say("container.mode", "mode", found),
                        Containers.whyNotInMode(container, mode, all));
    }
}
