package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

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
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code network: {name: mynet, driver: bridge, subnet: 172.20.0.0/16, containers: [web]}}. Only running containers count as attached.
 *
 * @param range the part of the subnet from which Docker assigns addresses ({@code --ip-range})
 * @param options driver options with their values; others may exist too
 * @param sameOn a host that must have the same network, by id, as an overlay network is on all machines of a swarm
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

    /** @throws Complaint when attributes are given for a network that must not exist */
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
            throw new Complaint(say("docker-network.absent-with-attributes"));
        }
    }

    /** A network on its own host, whose range and driver options do not matter. */
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
    public Message statement() {
        return said(true);
    }

    @Override
    public Message denial() {
        return said(false);
    }

    private Message said(boolean so) {
        List<Message> has = has();
        return has.isEmpty()
                ? say("docker-network.exists", "exists", so == exists, "network", name, "host", host)
                : say("docker-network.has", "so", so, "network", name, "host", host, "attributes", has);
    }

    private List<Message> has() {
        List<Message> has = new ArrayList<>();
        driver.ifPresent(wanted -> has.add(driver(wanted)));
        subnet.ifPresent(wanted -> has.add(say("docker-network.subnets", "subnets", List.of(wanted))));
        gateway.ifPresent(wanted -> has.add(gateways(List.of(wanted))));
        range.ifPresent(wanted -> has.add(say("docker-network.ranges", "ranges", List.of(wanted))));
        options.forEach((key, wanted) -> has.add(option(key, wanted)));
        containers.ifPresent(wanted -> has.add(members(wanted)));
        sameOn.ifPresent(other -> has.add(say("docker-network.id", "network", name, "host", other)));
        return has;
    }

    private static Message driver(String driver) {
        return say("docker-network.driver", "driver", driver);
    }

    private static Message gateways(List<IpAddress> addresses) {
        return say("docker-network.gateways", "gateways", addresses);
    }

    private static Message option(String option, String value) {
        return say("docker-network.option", "option", option, "value", value);
    }

    /** {@code container web}, {@code only containers web and db}, {@code no container}. */
    private static Message members(ListMatch<String> wanted) {
        return say("docker-network.members")
                .with("exactly", wanted.exactly())
                .with("containers", wanted.items())
                .with("count", wanted.items().size());
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
                        here(true, host),
                        say("docker-network.not-among", "network", name, "host", host, "networks", names),
                        list)
                : Verdict.met(list);
    }

    private Message here(boolean exists, Optional<String> host) {
        return say("docker-network.here", "exists", exists, "network", name, "host", host);
    }

    private Verdict present(Facts facts, HostFacts there, DockerNetwork network) {
        if (!exists) {
            return Verdict.notMet(
                    here(false, Optional.empty()),
                    here(true, Optional.empty()),
                    new Evidence("docker network ls --format '{{.Name}}'", name));
        }
        Comparison comparison = new Comparison();
        if (has().isEmpty()) {
            comparison.looking(inspect("{{.Name}}", List.of(name)));
        }
        driver.ifPresent(wanted -> comparison
                .looking(inspect("{{.Driver}}", List.of(network.driver())))
                .that(wanted.equals(network.driver()), driver(wanted), driver(network.driver())));
        subnet.ifPresent(wanted -> comparison
                .looking(inspect("{{range .IPAM.Config}}{{.Subnet}} {{end}}", network.subnets()))
                .that(
                        network.subnets().stream().anyMatch(wanted::sameNetwork),
                        say("docker-network.subnets", "subnets", List.of(wanted)),
                        say("docker-network.subnets", "subnets", network.subnets())));
        gateway.ifPresent(wanted -> compareGateway(comparison, facts, network, wanted));
        range.ifPresent(wanted -> comparison
                .looking(inspect("{{range .IPAM.Config}}{{.IPRange}} {{end}}", network.ranges()))
                .that(
                        network.ranges().stream().anyMatch(wanted::sameNetwork),
                        say("docker-network.ranges", "ranges", List.of(wanted)),
                        network.ranges().isEmpty()
                                ? say("docker-network.no-range", "subnets", network.subnets())
                                : say("docker-network.ranges", "ranges", network.ranges())));
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
        Message wanted = say("docker-network.of-host", "network", name, "host", other);
        return id.isEmpty()
                ? Verdict.notMet(wanted, here(false, Optional.of(other)), ids)
                : Verdict.notMet(wanted, say("docker-network.another-id"), ids)
                        .causedBy(
                                here.driver().equals("overlay")
                                        ? Optional.of(say("docker-network.no-swarm")
                                                .with("host", place)
                                                .with("other", other)
                                                .with("network", name))
                                        : Optional.empty());
    }

    private void compareOption(Comparison comparison, DockerNetwork network, String key, String wanted) {
        Optional<String> found = Optional.ofNullable(network.options().get(key));
        comparison
                .looking(inspect(
                        "{{index .Options \"" + key + "\"}}", found.stream().toList()))
                .that(
                        found.equals(Optional.of(wanted)),
                        option(key, wanted),
                        found.map(value -> option(key, value))
                                .orElseGet(() -> say("docker-network.no-option", "option", key)));
    }

    /** Compares the gateway. Old engines omit the gateway of a network that was made without one; then the bridge's address counts. */
    private void compareGateway(Comparison comparison, Facts facts, DockerNetwork network, IpAddress wanted) {
        if (!network.gateways().isEmpty() || network.bridge().isEmpty()) {
            comparison
                    .looking(inspect("{{range .IPAM.Config}}{{.Gateway}} {{end}}", network.gateways()))
                    .that(
                            network.gateways().contains(wanted),
                            gateways(List.of(wanted)),
                            gateways(network.gateways()),
                            network.gateways().isEmpty()
                                    ? Optional.of(say("docker-network.without-gateway"))
                                    : Optional.empty());
            return;
        }
        Scope onHost = new Scope(host, Scope.Kind.HOST, "");
        comparison.that(facts.link(onHost, network.bridge().get())
                .fold(
                        found -> bridgeAddress(facts, onHost, found.value(), wanted),
                        absent -> Verdict.notMet(gateways(List.of(wanted)), gateways(List.of()), absent.source()),
                        unknown -> Verdict.cannotTell(unknown.reason(), unknown.source())));
    }

    private static Verdict bridgeAddress(Facts facts, Scope in, Link bridge, IpAddress wanted) {
        List<IpAddress> found = bridge.addresses().stream()
                .filter(address -> address.scope().equals("global"))
                .map(address -> address.address().address())
                .toList();
        Evidence show = new Evidence(
                ScopeCommands.ip(facts, in, "addr show " + LearnerCommand.quoted(bridge.name())),
                IpLines.addresses(bridge));
        return found.contains(wanted)
                ? Verdict.met(show)
                : Verdict.notMet(gateways(List.of(wanted)), gateways(found), show)
                        .causedBy(
                                found.isEmpty()
                                        ? Optional.of(
                                                say("docker-network.bridge-without-address", "bridge", bridge.name()))
                                        : Optional.empty());
    }

    private void compareMembers(
            Comparison comparison, HostFacts there, DockerNetwork network, ListMatch<String> wanted) {
        List<String> found = network.containers().stream().sorted().toList();
        Optional<String> missing =
                wanted.items().stream().filter(item -> !found.contains(item)).findFirst();
        boolean extra = wanted.exactly() && !wanted.items().containsAll(found);
        comparison
                .looking(inspect("{{range .Containers}}{{.Name}} {{end}}", found))
                .that(
                        missing.isEmpty() && !extra,
                        members(wanted),
                        members(new ListMatch<>(found, false)),
                        missing.flatMap(item -> why(there, item)));
    }

    private Optional<Message> why(HostFacts there, String member) {
        return there.containers().toOptional().map(all -> Containers.named(all, member)
                .map(container -> why(container, all))
                .orElseGet(() -> say("docker-network.no-container", "container", member)));
    }

    private static Message why(Container container, List<Container> all) {
        return container.running()
                ? say("docker-network.container-on")
                        .with("container", container.name())
                        .with("networks", container.attachments().keySet())
                        .with("mode", Containers.readableMode(container.networkMode(), all))
                : say("docker-network.container-stopped")
                        .with("container", container.name())
                        .with("condition", container.condition());
    }

    private Evidence inspect(String format, Collection<?> answer) {
        return new Evidence(
                "docker network inspect -f '" + format + "' " + name,
                answer.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
}
