package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether an arrived packet is answered: the kernel answers a ping, a listening socket a connection or a datagram. */
record LocalDelivery(NetworkModel model, PathWording words, FilterDiagnosis filters, Protocol protocol) {
    /** @param behind the container and port to which Docker's proxy connects; empty where no proxy accepted the packet */
    record Answer(StepFinding finding, Optional<Proxied> behind) {}

    record Proxied(Container container, PortMapping mapping) {}

    Answer at(Arrival arrival, ReachabilityQuery question) {
        Node at = arrival.at().orElseThrow();
        if (question.port().isEmpty()) {
            String setting = Router.ignoringEchoes(arrival.header().isIpv6());
            boolean ignored = "1".equals(model.settings(at).get(setting));
            return new Answer(
                    ignored
                            ? new Broken(
                                    Cause.ECHO_IGNORED,
                                    say("broken.echo-ignored", "place", words.place(at), "setting", setting),
                                    words.setting(at, setting, "1"),
                                    say("mend.setting-off", "setting", setting),
                                    words.in(at, LearnerCommand.sysctl(setting, 0)))
                            : new StepFinding.Holds(say("holds.answers-pings", "place", words.place(at))),
                    Optional.empty());
        }
        Optional<List<Socket>> sockets = at.namespace().sockets().toOptional();
        if (sockets.isEmpty()) {
            return new Answer(
                    new StepFinding.CannotTell(say("unclear.listener", "place", words.place(at))), Optional.empty());
        }
        int port = arrival.header().destinationPort().first();
        List<Socket> there = sockets.get().stream()
                .filter(socket -> socket.protocol().equals(protocol.toString()) && socket.port() == port)
                .toList();
        IpAddress to = arrival.header().destination();
        Optional<Socket> taking = there.stream()
                .filter(socket -> socket.takes(to, arrival.device()))
                .findFirst();
        if (taking.isPresent()) {
            Optional<Proxied> proxied = published(at, port).stream().findFirst();
            return new Answer(listens(taking.get().comm(), taking.get()), proxied.filter(one -> there.stream()
                    .anyMatch(this::isProxy)));
        }
        return new Answer(missing(arrival, at, port, there, sockets.get(), to), Optional.empty());
    }

    private boolean isProxy(Socket socket) {
        return socket.comm()
                .map(comm -> comm.contains("docker-proxy") || comm.startsWith("rootlesskit"))
                .orElse(true);
    }

    /** The probes that connect directly to the containers behind Docker's proxy, since the proxy itself accepts every connection. */
    static Set<ActiveProbe> probes(Facts facts, int port, Protocol protocol) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        for (HostFacts host : facts.hosts().values()) {
            for (Container container : NetworkModel.containers(host)) {
                container.ports().published().stream()
                        .filter(mapping -> container.running()
                                && mapping.outside() == port
                                && mapping.protocol().equals(protocol.toString()))
                        .flatMap(mapping ->
                                address(container).map(to -> behind(facts, host, to, container, mapping)).stream())
                        .forEach(probes::add);
            }
        }
        return probes;
    }

    private static ActiveProbe behind(
            Facts facts, HostFacts host, IpAddress to, Container container, PortMapping mapping) {
        Optional<String> name = facts.defaultHost().equals(host.name()) ? Optional.empty() : Optional.of(host.name());
        Scope from = new Scope(name, Scope.Kind.HOST, "");
        return mapping.protocol().equals("udp")
                ? new ActiveProbe.Udp(from, to.toString(), mapping.inside(), DatagramProbe.entrance(container))
                : new ActiveProbe.Tcp(from, to.toString(), mapping.inside());
    }

    /** The result of the direct probe to the container behind the proxy; empty where it was not run. */
    Optional<ProbeCapture> tried(Node host, Proxied behind) {
        return address(behind.container())
                .map(to -> behind(model.facts(), host.host(), to, behind.container(), behind.mapping()))
                .flatMap(model.facts()::capture);
    }

    private static Optional<IpAddress> address(Container container) {
        return container.attachments().values().stream()
                .flatMap(attachment -> attachment.address().stream())
                .filter(one -> !one.isIpv6())
                .findFirst();
    }

    /** The running containers that publish this port of the lab host, on any address. */
    private List<Proxied> published(Node at, int port) {
        return at.isHost()
                ? model.containers(at).stream()
                        .filter(Container::running)
                        .flatMap(container -> container.ports().published().stream()
                                .filter(mapping -> mapping.outside() == port
                                        && mapping.protocol().equals(protocol.toString()))
                                .map(mapping -> new Proxied(container, mapping)))
                        .toList()
                : List.of();
    }

    private StepFinding missing(
            Arrival arrival, Node at, int port, List<Socket> there, List<Socket> all, IpAddress to) {
        Optional<Broken> restricted = publishedElsewhere(at, to, port, all);
        if (restricted.isPresent()) {
            return restricted.get();
        }
        if (!there.isEmpty()) {
            return publishedBy(arrival, at)
                    .map(way -> broken(
                            Cause.LISTENS_ELSEWHERE,
                            bound(way, there.get(0)),
                            at,
                            all,
                            say("mend.listener-on", "any", "0.0.0.0", "address", to)))
                    .orElseGet(() -> unheard(at, to, port, there, all));
        }
        if (arrival.destinationBy().isPresent()) {
            Rule rule = arrival.destinationBy().get();
            List<String> others = listening(all);
            boolean elsewhere = !others.isEmpty();
            Message found = publishedBy(arrival, at)
                    .map(way -> nobody(way, others))
                    .orElseGet(() -> say(
                            "broken.sent-to-nobody",
                            "rule",
                            rule.place(),
                            "translator",
                            words.place(arrival.by().orElse(at)),
                            "port",
                            port,
                            "place",
                            words.place(at),
                            "text",
                            rule.shown(),
                            "others",
                            others));
            return broken(
                    elsewhere ? Cause.DNAT_WRONG : Cause.NO_LISTENER,
                    found,
                    at,
                    all,
                    elsewhere
                            ? say("mend.translation")
                            : say("mend.listener", "port", door(port), "place", words.place(at)));
        }
        List<Proxied> published = published(at, port);
        if (!published.isEmpty()) {
            String container = published.get(0).container().name();
            return broken(
                    Cause.DNAT_MISSING,
                    say("broken.published-in-vain")
                            .with("port", door(port))
                            .with("place", words.place(at))
                            .with("container", container),
                    at,
                    all,
                    say("mend.published-rule", "container", container));
        }
        Optional<Broken> dockers = dockers(at, port, all);
        if (dockers.isPresent()) {
            return dockers.get();
        }
        Packet packet = Packet.of(arrival.header(), PacketDevice.named(arrival.device()), false);
        Optional<Rule> near = filters.nearestDnat(at, packet);
        if (near.isPresent()) {
            return broken(
                    Cause.DNAT_MISSING,
                    say(
                            "broken.untranslated",
                            "port",
                            door(port),
                            "place",
                            words.place(at),
                            "rule",
                            near.get().place(),
                            "mismatch",
                            filters.mismatch(at, near.get(), packet).get(0),
                            "text",
                            near.get().shown()),
                    at,
                    all,
                    say("mend.translating-rule"));
        }
        return unheard(at, to, port, there, all);
    }

    /** The finding that Docker published the port only on other addresses of the host. */
    private Optional<Broken> publishedElsewhere(Node at, IpAddress to, int port, List<Socket> all) {
        List<Proxied> ways = published(at, port);
        List<String> addresses =
                ways.stream().map(way -> way.mapping().address()).distinct().toList();
        boolean here = addresses.stream()
                .anyMatch(address -> Set.of("0.0.0.0", "::", "").contains(address) || address.equals(to.toString()));
        return ways.isEmpty() || here
                ? Optional.empty()
                : Optional.of(broken(
                        Cause.LISTENS_ELSEWHERE,
                        say("broken.published-elsewhere")
                                .with("port", door(port))
                                .with("place", words.place(at))
                                .with("container", ways.get(0).container().name())
                                .with("addresses", addresses)
                                .with("address", to),
                        at,
                        all,
                        say("mend.published-on")
                                .with("container", ways.get(0).container().name())
                                .with("outside", port)
                                .with("inside", ways.get(0).mapping().inside())
                                .with("address", to)));
    }

    /** Docker's reason why nothing listens; empty where it has none. */
    private Optional<Broken> dockers(Node at, int port, List<Socket> all) {
        ContainerDiagnosis docker = new ContainerDiagnosis(model, at.host());
        Evidence shown = nobodyListens(at, port, all).evidence().orElseThrow();
        return docker.leftListening(at, protocol.toString(), port, shown)
                .or(() -> at.isHost() ? docker.unpublished(port, protocol.toString(), shown) : Optional.empty());
    }

    private Broken nobodyListens(Node at, int port, List<Socket> all) {
        return broken(
                Cause.NO_LISTENER,
                say(
                        "broken.no-listener",
                        "port",
                        door(port),
                        "place",
                        words.place(at),
                        "other",
                        all.stream()
                                .filter(socket -> socket.port() == port)
                                .map(socket -> port + "/" + socket.protocol())
                                .findFirst(),
                        "publisher",
                        otherwise(at, port)),
                at,
                all,
                say("mend.listener", "port", door(port), "place", words.place(at)));
    }

    /** The container that publishes this port of the lab host for another protocol only. */
    private Optional<Message> otherwise(Node at, int port) {
        return at.isHost()
                ? model.containers(at).stream()
                        .filter(Container::running)
                        .flatMap(container -> container.ports().published().stream()
                                .filter(mapping -> mapping.outside() == port)
                                .map(mapping -> say(
                                        "broken.published-for-another",
                                        "container",
                                        container.name(),
                                        "port",
                                        port + "/" + mapping.protocol())))
                        .findFirst()
                : Optional.empty();
    }

    private Broken unheard(Node at, IpAddress to, int port, List<Socket> there, List<Socket> all) {
        return there.isEmpty()
                ? dockers(at, port, all).orElseGet(() -> nobodyListens(at, port, all))
                : broken(
                        Cause.LISTENS_ELSEWHERE,
                        elsewhere(at, to, there.get(0)),
                        at,
                        all,
                        say("mend.listener-on", "any", to.isIpv6() ? "::" : "0.0.0.0", "address", to));
    }

    private Message elsewhere(Node at, IpAddress to, Socket socket) {
        boolean other = socket.address().equals(to.isIpv6() ? "0.0.0.0" : "::");
        return say(
                other
                        ? "broken.listens-other-version"
                        : socket.takes(to, socket.device().orElse(""))
                                ? "broken.listens-on-interface"
                                : "broken.listens-elsewhere",
                "port",
                door(socket.port()),
                "place",
                words.place(at),
                "bound",
                other
                        ? socket.shown()
                        : socket.device().filter(name -> socket.takes(to, name)).orElse(socket.address()),
                "address",
                to,
                "ipv6",
                to.isIpv6());
    }

    /** The container that publishes the port to which a DNAT rule led; empty where there was no DNAT. */
    private Optional<Proxied> publishedBy(Arrival arrival, Node at) {
        return arrival.destinationBy().flatMap(rule -> model.containersIn(at).stream()
                .flatMap(container -> container.ports().published().stream()
                        .filter(mapping -> mapping.protocol().equals(protocol.toString())
                                && mapping.inside()
                                        == arrival.header().destinationPort().first())
                        .map(mapping -> new Proxied(container, mapping)))
                .findFirst());
    }

    private static StepFinding.Holds listens(Optional<String> program, Socket socket) {
        return new StepFinding.Holds(say("holds.listens", "program", program, "address", socket.shown()));
    }

    /** The finding that the process behind a published port listens on another address. */
    private Message bound(Proxied way, Socket socket) {
        return say(
                "broken.published-bound",
                "outside",
                door(way.mapping().outside()),
                "inside",
                way.mapping().inside(),
                "container",
                way.container().name(),
                "address",
                socket.address());
    }

    /** @param others the ports on which processes listen there */
    private Message nobody(Proxied way, List<String> others) {
        return say(
                "broken.published-unheard",
                "outside",
                door(way.mapping().outside()),
                "inside",
                way.mapping().inside(),
                "container",
                way.container().name(),
                "others",
                others);
    }

    /** The ports with a listening socket outside 127.0.0.0/8, as {@code 80/tcp}. */
    private List<String> listening(List<Socket> all) {
        return all.stream()
                .filter(socket -> socket.protocol().equals(protocol.toString())
                        && !socket.address().startsWith("127."))
                .map(Socket::port)
                .distinct()
                .sorted()
                .map(this::door)
                .toList();
    }

    private Broken broken(Cause cause, Message found, Node at, List<Socket> all, Message mend) {
        String shown = all.stream()
                .filter(socket -> socket.protocol().equals(protocol.toString())
                        && !socket.address().equals("127.0.0.11"))
                .map(socket -> (protocol == Protocol.UDP ? "UNCONN " : "LISTEN ") + socket.shown())
                .distinct()
                .collect(Collectors.joining("\n", "State Recv-Q Send-Q Local Address:Port\n", ""));
        String command = protocol == Protocol.UDP ? "ss -lnu" : "ss -lnt";
        return new Broken(cause, found, new Evidence(words.in(at, command), shown), mend);
    }

    /** {@code 80/tcp}. */
    private String door(int port) {
        return port + "/" + protocol;
    }

    /**
     * The header of the connection that Docker's proxy makes to the container; empty where the container has no IPv4 address, or no route leads
     * there.
     */
    Optional<Header> proxied(Node host, Proxied behind, Header accepted) {
        return address(behind.container()).flatMap(to -> model.router(host)
                .flatMap(router -> router.sourceFor(to))
                .map(from -> new Header(
                        from,
                        to,
                        accepted.protocol(),
                        accepted.sourcePort(),
                        dev.drydock.verify.packet.Ports.of(behind.mapping().inside()))));
    }

    /** Whether a socket listens at the container's end of a published port. */
    StepFinding behindProxy(Arrival arrival, Proxied behind) {
        Node at = arrival.at().orElseThrow();
        Optional<List<Socket>> sockets = at.namespace().sockets().toOptional();
        if (sockets.isEmpty()) {
            return new StepFinding.CannotTell(say("unclear.listener", "place", words.place(at)));
        }
        int port = behind.mapping().inside();
        List<Socket> there = sockets.get().stream()
                .filter(socket -> socket.protocol().equals(protocol.toString()) && socket.port() == port)
                .toList();
        Optional<Socket> taking = there.stream()
                .filter(socket -> socket.takes(arrival.header().destination(), arrival.device()))
                .findFirst();
        if (taking.isPresent()) {
            return listens(Optional.empty(), taking.get());
        }
        if (!there.isEmpty()) {
            return broken(
                    Cause.LISTENS_ELSEWHERE,
                    bound(behind, there.get(0)),
                    at,
                    sockets.get(),
                    say("mend.listener-on-all", "place", words.place(at)));
        }
        List<String> others = listening(sockets.get());
        return broken(
                others.isEmpty() ? Cause.NO_LISTENER : Cause.DNAT_WRONG,
                nobody(behind, others),
                at,
                sockets.get(),
                others.isEmpty()
                        ? say("mend.listener", "port", door(port), "place", words.place(at))
                        : say("mend.publish"));
    }
}
