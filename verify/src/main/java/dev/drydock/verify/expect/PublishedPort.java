package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code published_port: {host: 8080/tcp, container: web, port: 80}}: Docker's port mapping of a running container. With an address, exactly that
 * one; without, an IPv4 address that other machines can reach too. "Not published" means at no address at all.
 *
 * @param container empty only where the port must not be published; then by no container
 * @param outside the lab host's port
 * @param inside the container's port, of the same protocol; empty for any
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
    /** @throws IllegalArgumentException with a sentence for the author when the port must be published but no container is given */
    public PublishedPort {
        if (exists && container.isEmpty()) {
            throw new Complaint(say("published.no-container"));
        }
    }

    @Override
    public Message statement() {
        return said(exists);
    }

    @Override
    public Message denial() {
        return said(!exists);
    }

    /** {@code port 8080/tcp at 127.0.0.1 of the lab host leads to port 80 of web}; {@code does not lead to any container}. */
    private Message said(boolean leads) {
        return say("published-port.wanted")
                .with("port", outside + "/" + protocol)
                .with("address", address)
                .with("every", atEvery())
                .with("place", place())
                .with("leads", leads)
                .with(
                        "inside",
                        inside.filter(port -> container.isPresent() || !leads).map(String::valueOf))
                .with("container", container);
    }

    private Scope place() {
        return new Scope(host, Scope.Kind.HOST, "");
    }

    private PublishedPort opposite() {
        return new PublishedPort(host, protocol, outside, container, inside, address, !exists);
    }

    private boolean atEvery() {
        return address.filter(wanted -> isEvery(wanted.text())).isPresent();
    }

    private static boolean isEvery(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
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
                    say("container.some", "container", name, "host", host),
                    say("container.none", "container", name, "host", ""),
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
                .<Verdict>map(found -> Verdict.notMet(statement(), found, ports))
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

    /** The mappings of a running container; those that Docker still records for a stopped one have no effect. */
    private static List<PortMapping> inEffect(Container container) {
        return container.running() ? container.ports().published() : List.of();
    }

    private Verdict missing(Container here, List<Container> all, Evidence ports) {
        if (!here.running()) {
            return Verdict.notMet(
                            statement(),
                            say("published-port.not-running", "container", here.name(), "condition", here.condition()),
                            Containers.inspect(here.name(), "{{.State.Status}}", here.status()))
                    .causedBy(otherHolder(here, all)
                            .or(() -> here.whyStopped())
                            .or(() -> Optional.of(say("published-port.only-while-running"))));
        }
        List<PortMapping> near = inEffect(here).stream()
                .filter(mapping ->
                        isWanted(mapping) || (atEvery() && isWantedPort(mapping) && !isEvery(mapping.address())))
                .toList();
        if (!near.isEmpty()) {
            return Verdict.notMet(statement(), say("published-port.only", "mapping", words(near.get(0), here)), ports)
                    .causedBy(whyOnlyThere(near.get(0)));
        }
        List<Message> others = inEffect(here).stream()
                .map(mapping -> words(mapping, here))
                .distinct()
                .toList();
        return Verdict.notMet(
                        statement(), say("published-port.others", "mappings", others, "container", here.name()), ports)
                .causedBy(otherHolder(here, all).or(() -> others.isEmpty() ? whyNone(here, all) : Optional.empty()));
    }

    private Optional<Message> whyOnlyThere(PortMapping mapping) {
        if (isLocal(mapping)) {
            return Optional.of(say("published-port.local", "address", mapping.address(), "place", place()));
        }
        return atEvery()
                ? Optional.of(say("published-port.at-one-address", "address", mapping.address()))
                : Optional.empty();
    }

    /** {@code port 8081/tcp leads to port 80 of web}, with the address unless it is 0.0.0.0 or ::. */
    private static Message words(PortMapping mapping, Container container) {
        return say("published-port.mapping")
                .with("port", mapping.outside() + "/" + mapping.protocol())
                .with("address", isEvery(mapping.address()) ? "" : mapping.address())
                .with("inside", mapping.inside())
                .with("container", container.name());
    }

    private Optional<Message> otherHolder(Container here, List<Container> all) {
        return all.stream()
                .filter(other -> !other.name().equals(here.name()))
                .flatMap(other -> inEffect(other).stream()
                        .filter(mapping -> mapping.outside() == outside
                                && mapping.protocol().equals(protocol))
                        .map(mapping -> words(mapping, other)))
                .findFirst();
    }

    private Optional<Message> whyNone(Container here, List<Container> all) {
        String mode = Containers.readableMode(here.networkMode(), all);
        if (mode.equals("host")) {
            return Optional.of(say("published-port.mode-host", "place", place()));
        }
        if (mode.equals("none")) {
            return Optional.of(say("published-port.mode-none"));
        }
        if (mode.startsWith("container:")) {
            return Optional.of(
                    say("published-port.mode-container", "mode", mode, "owner", mode.substring("container:".length())));
        }
        return inside.map(port -> port + "/" + protocol)
                .filter(here.ports().exposed()::contains)
                .map(port -> say("published-port.exposed", "port", port));
    }

    private static String shown(List<Container> all) {
        return all.stream()
                .filter(Container::running)
                .map(one -> one.name() + " "
                        + inEffect(one).stream().map(PortMapping::shown).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }
}
