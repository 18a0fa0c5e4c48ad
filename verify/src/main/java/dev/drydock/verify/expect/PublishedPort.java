package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code published_port: {host: 8080/tcp, container: web, port: 80}}: Docker's port map of a running container. With an address it must
 * be published at that very one; without, at an IPv4 address that others than the lab host reach as well. That it is not published means
 * at no address at all.
 *
 * @param container may be left open where the port must not be published: then no container may
 * @param outside the lab host's port
 * @param inside the container's port, of the same protocol; any where it is left open
 */
public record PublishedPort(
        Optional<String> host,
        String protocol,
        int outside,
        Optional<String> container,
        Optional<Integer> inside,
        Optional<IpAddress> address,
        boolean exists)
        implements Expectation {
    /** @throws IllegalArgumentException with a sentence for the author when nobody is to publish the port */
    public PublishedPort {
        Objects.requireNonNull(protocol);
        if (exists && container.isEmpty()) {
            throw new IllegalArgumentException("which container publishes the port must be said");
        }
    }

    @Override
    public String describe() {
        return where() + (exists ? " leads to " : " does not lead to ") + target();
    }

    @Override
    public String describeOpposite() {
        return exists || container.isPresent() ? opposite().describe() : where() + " leads to a container";
    }

    private PublishedPort opposite() {
        return new PublishedPort(host, protocol, outside, container, inside, address, !exists);
    }

    /** {@code port 8080/tcp of the lab host}. */
    private String where() {
        return "port " + outside + "/" + protocol
                + address.map(PublishedPort::at).orElse("") + " of " + host.orElse(PlaceWords.THE_HOST);
    }

    /** {@code at 127.0.0.1}, {@code at every address (0.0.0.0)}. */
    private static String at(IpAddress address) {
        return isEvery(address.text()) ? " at every address (" + address + ")" : " at " + address;
    }

    private static boolean isEvery(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** {@code port 80 of web}, {@code web}, {@code any container}. */
    private String target() {
        return inside.map(port -> "port " + port + " of ").orElse("") + container.orElse("any container");
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.on(facts, host, there -> Readings.judge(there.containers(), this::judge));
    }

    @Override
    public Verdict judgeOpposite(Facts facts) {
        return container.isPresent() ? opposite().judge(facts) : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judge(List<Container> all) {
        if (container.isEmpty()) {
            return notPublished(all, new Evidence("docker ps --format '{{.Names}} {{.Ports}}'", shown(all)));
        }
        String name = container.get();
        Optional<Container> found = Containers.named(all, name);
        if (found.isEmpty()) {
            return Verdict.notMet(
                    "a container " + name + PlaceWords.on(host),
                    "no container " + name,
                    ScopeLookup.containerNames(all));
        }
        Container here = found.get();
        Evidence ports = new Evidence(
                "docker port " + name,
                inEffect(here).stream().map(PortMapping::shownFromInside).collect(Collectors.joining("\n")));
        if (!exists) {
            return notPublished(List.of(here), ports);
        }
        return inEffect(here).stream().anyMatch(mapping -> isWanted(mapping) && reachesOthers(mapping))
                ? Verdict.met(ports)
                : missing(here, all, ports);
    }

    private Verdict notPublished(List<Container> candidates, Evidence ports) {
        return candidates.stream()
                .flatMap(one -> inEffect(one).stream().filter(this::isWanted).map(mapping -> words(mapping, one)))
                .findFirst()
                .<Verdict>map(found -> Verdict.notMet(describe(), found, ports))
                .orElseGet(() -> Verdict.met(ports));
    }

    private boolean isWantedPort(PortMapping mapping) {
        return mapping.outside() == outside
                && mapping.protocol().equals(protocol)
                && inside.map(port -> port == mapping.inside()).orElse(true);
    }

    private boolean isWanted(PortMapping mapping) {
        return isWantedPort(mapping)
                && address.map(wanted -> wanted.text().equals(mapping.address()))
                        .orElse(true);
    }

    private boolean reachesOthers(PortMapping mapping) {
        return address.isPresent() || !(isLocal(mapping) || mapping.address().contains(":"));
    }

    private static boolean isLocal(PortMapping mapping) {
        return mapping.address().startsWith("127.") || mapping.address().equals("::1");
    }

    /** What Docker has recorded for a container that is stopped is in effect no more. */
    private static List<PortMapping> inEffect(Container container) {
        return container.running() ? container.ports().published() : List.of();
    }

    private Verdict missing(Container here, List<Container> all, Evidence ports) {
        String expected = where() + " leads to " + target();
        if (!here.running()) {
            return Verdict.notMet(
                            expected,
                            here.name() + " " + Words.text(Containers.condition(here)) + ", so no port leads to it",
                            Containers.inspect(here.name(), "{{.State.Status}}", here.status()))
                    .because(otherHolder(here, all)
                            .or(() -> Containers.whyNotRunning(here).map(Words::text))
                            .or(() -> Optional.of("a container's ports are published only while it runs")));
        }
        boolean atEvery = address.filter(wanted -> isEvery(wanted.text())).isPresent();
        List<PortMapping> near = inEffect(here).stream()
                .filter(mapping ->
                        isWanted(mapping) || (atEvery && isWantedPort(mapping) && !isEvery(mapping.address())))
                .toList();
        if (!near.isEmpty()) {
            return Verdict.notMet(expected, words(near.get(0), here) + " only", ports)
                    .because(whyOnlyThere(near.get(0), atEvery));
        }
        List<String> others = inEffect(here).stream()
                .map(mapping -> words(mapping, here))
                .distinct()
                .toList();
        return Verdict.notMet(expected, PlaceWords.list(others, "no port leads to " + here.name()), ports)
                .because(otherHolder(here, all).or(() -> others.isEmpty() ? whyNone(here, all) : Optional.empty()));
    }

    private Optional<String> whyOnlyThere(PortMapping mapping, boolean atEvery) {
        if (isLocal(mapping)) {
            return Optional.of(
                    mapping.address() + " is reached only from " + host.orElse(PlaceWords.THE_HOST) + " itself");
        }
        return atEvery
                ? Optional.of("it was published at " + mapping.address() + "; without an address -p means every one")
                : Optional.empty();
    }

    /** {@code port 8081/tcp leads to port 80 of web}, with the address where it is not any. */
    private static String words(PortMapping mapping, Container container) {
        return "port " + mapping.outside() + "/" + mapping.protocol()
                + (isEvery(mapping.address()) ? "" : " at " + mapping.address()) + " leads to port " + mapping.inside()
                + " of " + container.name();
    }

    private Optional<String> otherHolder(Container here, List<Container> all) {
        return all.stream()
                .filter(other -> !other.name().equals(here.name()))
                .flatMap(other -> inEffect(other).stream()
                        .filter(mapping -> mapping.outside() == outside
                                && mapping.protocol().equals(protocol))
                        .map(mapping -> words(mapping, other)))
                .findFirst();
    }

    private Optional<String> whyNone(Container here, List<Container> all) {
        String mode = Containers.readableMode(here.networkMode(), all);
        if (mode.equals("host")) {
            return Optional.of("it was started with --net host, where Docker publishes nothing:"
                    + " what it listens on are ports of the lab host itself");
        }
        if (mode.equals("none")) {
            return Optional.of("it was started with --net none, and no port can lead to a container without a network");
        }
        if (mode.startsWith("container:")) {
            return Optional.of("it was started with --net " + mode + ", whose ports are those of "
                    + mode.substring("container:".length()));
        }
        return inside.map(port -> port + "/" + protocol)
                .filter(here.ports().exposed()::contains)
                .map(port ->
                        port + " is exposed, which is only a note in the image or container; it publishes nothing");
    }

    private static String shown(List<Container> all) {
        return all.stream()
                .filter(Container::running)
                .map(one -> one.name() + " "
                        + inEffect(one).stream().map(PortMapping::shown).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }
}
