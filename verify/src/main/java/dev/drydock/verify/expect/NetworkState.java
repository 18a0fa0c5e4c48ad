package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code network: {name: mynet, driver: bridge, subnet: 172.20.0.0/16, containers: [web]}}; only running containers are on a network.
 *
 * @param range the part of the subnet that addresses are given from, as {@code --ip-range} has it
 * @param options of the driver, each with its value; others may be there besides
 * @param sameOn the host whose network of that name it is, by its id, as an overlay network is one on all machines of a swarm
 */
public record NetworkState(
        Optional<String> host,
        String name,
        boolean exists,
        Optional<String> driver,
        Optional<Cidr> subnet,
        Optional<IpAddress> gateway,
        Optional<Cidr> range,
        Map<String, String> options,
        Optional<ListMatch<String>> containers,
        Optional<String> sameOn)
        implements Expectation {
    private static final String LIST_IDS = "docker network ls --no-trunc --format '{{.ID}} {{.Name}}' --filter name=";

    public NetworkState {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        boolean attributes = driver.isPresent()
                || subnet.isPresent()
                || gateway.isPresent()
                || range.isPresent()
                || !options.isEmpty()
                || containers.isPresent()
                || sameOn.isPresent();
        if (!exists && attributes) {
            throw new IllegalArgumentException("a network that must not exist can have no attributes");
        }
    }

    /** One that is looked at on its own host alone, and neither for its range nor for its driver's options. */
    public NetworkState(
            Optional<String> host,
            String name,
            boolean exists,
            Optional<String> driver,
            Optional<Cidr> subnet,
            Optional<IpAddress> gateway,
            Optional<ListMatch<String>> containers) {
        this(host, name, exists, driver, subnet, gateway, Optional.empty(), Map.of(), containers, Optional.empty());
    }

    @Override
    public String describe() {
        List<String> has = has();
        return has.isEmpty()
                ? "there is " + (exists ? "a" : "no") + " Docker network " + name + PlaceWords.on(host)
                : "Docker network " + name + PlaceWords.on(host) + " has " + PlaceWords.list(has, "");
    }

    @Override
    public String describeOpposite() {
        List<String> has = has();
        return has.isEmpty()
                ? "there is " + (exists ? "no" : "a") + " Docker network " + name + PlaceWords.on(host)
                : "Docker network " + name + PlaceWords.on(host) + " does not have " + PlaceWords.list(has, "");
    }

    private List<String> has() {
        List<String> words = new ArrayList<>();
        driver.ifPresent(wanted -> words.add("driver " + wanted));
        subnet.ifPresent(wanted -> words.add("subnet " + wanted));
        gateway.ifPresent(wanted -> words.add("gateway " + wanted));
        range.ifPresent(wanted -> words.add("address range " + wanted));
        options.forEach((key, wanted) -> words.add("option " + key + "=" + wanted));
        containers.ifPresent(wanted -> words.add(members(wanted)));
        sameOn.ifPresent(other -> words.add("the id that " + name + " has on " + other));
        return words;
    }

    /** {@code container web}, {@code only containers web and db}, {@code no container}. */
    private static String members(ListMatch<String> wanted) {
        return wanted.items().isEmpty()
                ? "no container"
                : (wanted.exactly() ? "only " : "")
                        + (wanted.items().size() == 1 ? "container " : "containers ")
                        + PlaceWords.list(wanted.items(), "");
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.on(
                facts,
                host,
                there -> Readings.judge(there.networks(), all -> all.stream()
                        .filter(network -> network.name().equals(name))
                        .findFirst()
                        .map(network -> present(facts, there, network))
                        .orElseGet(() -> absent(all))));
    }

    private Verdict absent(List<DockerNetwork> all) {
        List<String> names = all.stream().map(DockerNetwork::name).sorted().toList();
        Evidence list = new Evidence("docker network ls --format '{{.Name}}'", String.join("\n", names));
        return exists
                ? Verdict.notMet(
                        "a Docker network " + name + PlaceWords.on(host),
                        "no Docker network " + name + PlaceWords.on(host) + ", only "
                                + PlaceWords.list(names, "nothing"),
                        list)
                : Verdict.met(list);
    }

    private Verdict present(Facts facts, HostFacts there, DockerNetwork network) {
        if (!exists) {
            return Verdict.notMet(
                    "no Docker network " + name,
                    "a Docker network " + name,
                    new Evidence("docker network ls --format '{{.Name}}'", name));
        }
        Comparison comparison = new Comparison();
        if (has().isEmpty()) {
            comparison.looking(inspect("{{.Name}}", name));
        }
        driver.ifPresent(wanted -> comparison
                .looking(inspect("{{.Driver}}", network.driver()))
                .that(wanted.equals(network.driver()), "driver " + wanted, "driver " + network.driver()));
        subnet.ifPresent(wanted -> comparison
                .looking(inspect("{{range .IPAM.Config}}{{.Subnet}} {{end}}", PlaceWords.list(network.subnets(), "")))
                .that(
                        network.subnets().stream().anyMatch(wanted::sameNetwork),
                        "subnet " + wanted,
                        "subnet " + PlaceWords.list(network.subnets(), "none")));
        gateway.ifPresent(wanted -> compareGateway(comparison, facts, network, wanted));
        range.ifPresent(wanted -> comparison
                .looking(inspect("{{range .IPAM.Config}}{{.IPRange}} {{end}}", PlaceWords.list(network.ranges(), "")))
                .that(
                        network.ranges().stream().anyMatch(wanted::sameNetwork),
                        "address range " + wanted,
                        network.ranges().isEmpty()
                                ? "no address range, so that any of " + PlaceWords.list(network.subnets(), "none")
                                        + " may be given"
                                : "address range " + PlaceWords.list(network.ranges(), "none")));
        options.forEach((key, wanted) -> compareOption(comparison, network, key, wanted));
        containers.ifPresent(wanted -> compareMembers(comparison, there, network, wanted));
        sameOn.ifPresent(other -> comparison.that(ScopeLookup.on(
                facts,
                Optional.of(other),
                over -> Readings.judge(over.networks(), all -> compareId(facts, network, other, all)))));
        return comparison.verdict();
    }

    private Verdict compareId(Facts facts, DockerNetwork here, String other, List<DockerNetwork> there) {
        Optional<String> id = there.stream()
                .filter(network -> network.name().equals(name))
                .map(DockerNetwork::id)
                .findFirst();
        Evidence[] ids = {
            new Evidence(LIST_IDS + name, here.id() + " " + name),
            new Evidence(
                    "on " + other + " " + LIST_IDS + name,
                    id.map(found -> found + " " + name).orElse(""))
        };
        if (id.equals(Optional.of(here.id()))) {
            return Verdict.met(ids);
        }
        String place = host.orElse(facts.defaultHost());
        return id.isEmpty()
                ? Verdict.notMet(
                        "the network " + name + " of " + other, "no Docker network " + name + " on " + other, ids)
                : Verdict.notMet(
                                "the network " + name + " of " + other,
                                "another network of the same name, with another id",
                                ids)
                        .because(
                                here.driver().equals("overlay")
                                        ? Optional.of(place + " and " + other + " are not in one swarm: in a swarm all"
                                                + " machines have the same " + name)
                                        : Optional.empty());
    }

    private void compareOption(Comparison comparison, DockerNetwork network, String key, String wanted) {
        Optional<String> found = Optional.ofNullable(network.options().get(key));
        comparison
                .looking(inspect("{{index .Options \"" + key + "\"}}", found.orElse("")))
                .that(
                        found.equals(Optional.of(wanted)),
                        "option " + key + "=" + wanted,
                        found.map(value -> "option " + key + "=" + value).orElse("no option " + key));
    }

    /** Engines of old leave the gateway out of a network that was made without one; then the bridge's own address is it. */
    private void compareGateway(Comparison comparison, Facts facts, DockerNetwork network, IpAddress wanted) {
        if (!network.gateways().isEmpty() || network.bridge().isEmpty()) {
            comparison
                    .looking(inspect(
                            "{{range .IPAM.Config}}{{.Gateway}} {{end}}", PlaceWords.list(network.gateways(), "")))
                    .that(
                            network.gateways().contains(wanted),
                            "gateway " + wanted,
                            "gateway " + PlaceWords.list(network.gateways(), "none"),
                            network.gateways().isEmpty()
                                    ? Optional.of("it was made without --gateway")
                                    : Optional.empty());
            return;
        }
        Scope onHost = new Scope(host, Scope.Kind.HOST, "");
        comparison.that(facts.link(onHost, network.bridge().get())
                .fold(
                        found -> bridgeAddress(facts, onHost, found.value(), wanted),
                        absent -> Verdict.notMet("gateway " + wanted, "gateway none", absent.source()),
                        unknown -> Verdict.cannotTell(unknown.reason(), unknown.source())));
    }

    private static Verdict bridgeAddress(Facts facts, Scope in, Link bridge, IpAddress wanted) {
        List<IpAddress> found = bridge.addresses().stream()
                .filter(address -> address.scope().equals("global"))
                .map(address -> address.address().address())
                .toList();
        Evidence show = new Evidence(
                Typed.ip(facts, in, "addr show " + LearnerCommand.quoted(bridge.name())), IpLines.addresses(bridge));
        return found.contains(wanted)
                ? Verdict.met(show)
                : Verdict.notMet("gateway " + wanted, "gateway " + PlaceWords.list(found, "none"), show)
                        .because(
                                found.isEmpty()
                                        ? Optional.of("its bridge " + bridge.name() + " has no address")
                                        : Optional.empty());
    }

    private void compareMembers(
            Comparison comparison, HostFacts there, DockerNetwork network, ListMatch<String> wanted) {
        List<String> found = network.containers().stream().sorted().toList();
        Optional<String> missing =
                wanted.items().stream().filter(item -> !found.contains(item)).findFirst();
        boolean extra = wanted.exactly() && !wanted.items().containsAll(found);
        comparison
                .looking(inspect("{{range .Containers}}{{.Name}} {{end}}", String.join(" ", found)))
                .that(
                        missing.isEmpty() && !extra,
                        members(wanted),
                        members(new ListMatch<>(found, false)),
                        missing.flatMap(item -> why(there, item)));
    }

    private Optional<String> why(HostFacts there, String member) {
        return there.containers().toOptional().map(all -> Containers.named(all, member)
                .map(container -> why(container, all))
                .orElse("there is no container " + member));
    }

    private static String why(Container container, List<Container> all) {
        if (!container.running()) {
            return container.name() + " is not running (" + Words.text(Containers.condition(container))
                    + "), and a stopped container is on no network";
        }
        return container.name() + " is on "
                + PlaceWords.list(container.attachments().keySet(), "no network") + " (network mode "
                + Containers.readableMode(container.networkMode(), all) + ")";
    }

    private Evidence inspect(String format, String answer) {
        return new Evidence("docker network inspect -f '" + format + "' " + name, answer);
    }
}
