package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether somebody answers where the packet arrived: the kernel a ping, a listener a connection. */
record LocalDelivery(NetworkModel model, PathWording words, FilterDiagnosis filters) {
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "*");
    private static final String IGNORE = "net.ipv4.icmp_echo_ignore_all";

    /**
     * What is behind the port.
     *
     * @param behind the container and port to which Docker's proxy takes what it accepts
     */
    record Answer(StepFinding finding, Optional<Proxied> behind) {}

    record Proxied(Container container, PortMapping mapping) {}

    Answer at(PathTracer.Arrival arrival, ReachabilityQuery question) {
        Node at = arrival.at().orElseThrow();
        if (question.port().isEmpty()) {
            boolean ignored = "1".equals(model.settings(at).get(IGNORE));
            return new Answer(
                    ignored
                            ? new Broken(
                                    Cause.ECHO_IGNORED,
                                    say("broken.echo-ignored", "place", words.place(at), "setting", IGNORE),
                                    new Evidence(words.in(at, "sysctl " + IGNORE), IGNORE + " = 1"),
                                    say("mend.setting-off", "setting", IGNORE),
                                    words.in(at, "sysctl -w " + IGNORE + "=0"))
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
                .filter(socket -> socket.protocol().equals("tcp") && socket.port() == port)
                .toList();
        IpAddress to = arrival.header().destination();
        boolean bound = there.stream()
                .anyMatch(socket ->
                        ANY.contains(socket.address()) || socket.address().equals(to.toString()));
        if (bound) {
            Optional<Proxied> proxied = published(at, port);
            return new Answer(listens(there.get(0).comm(), there.get(0)), proxied.filter(one -> there.stream()
                    .anyMatch(this::isProxy)));
        }
        return new Answer(missing(arrival, at, port, there, sockets.get(), to), Optional.empty());
    }

    private boolean isProxy(Socket socket) {
        return socket.comm()
                .map(comm -> comm.contains("docker-proxy") || comm.startsWith("rootlesskit"))
                .orElse(true);
    }

    /** What shows whether somebody is behind Docker's proxy: it takes every connection, and ends it where nobody is. */
    static Set<ActiveProbe> probes(Facts facts, int port) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        for (HostFacts host : facts.hosts().values()) {
            for (Container container : NetworkModel.containers(host)) {
                container.ports().published().stream()
                        .filter(mapping -> container.running()
                                && mapping.outside() == port
                                && mapping.protocol().equals("tcp"))
                        .flatMap(mapping -> address(container).map(to -> behind(facts, host, to, mapping)).stream())
                        .forEach(probes::add);
            }
        }
        return probes;
    }

    private static ActiveProbe behind(Facts facts, HostFacts host, IpAddress to, PortMapping mapping) {
        Optional<String> name = facts.defaultHost().equals(host.name()) ? Optional.empty() : Optional.of(host.name());
        return new ActiveProbe.Tcp(new Scope(name, Scope.Kind.HOST, ""), to.toString(), mapping.inside());
    }

    /** What the connection that Docker's proxy would make showed; empty where it was not tried. */
    Optional<ProbeCapture> tried(Node host, Proxied behind) {
        return address(behind.container())
                .map(to -> behind(model.facts(), host.host(), to, behind.mapping()))
                .flatMap(model.facts()::capture);
    }

    private static Optional<IpAddress> address(Container container) {
        return container.attachments().values().stream()
                .flatMap(attachment -> attachment.address().stream())
                .filter(one -> !one.isIpv6())
                .findFirst();
    }

    /** The running container that publishes this port of the lab host. */
    private Optional<Proxied> published(Node at, int port) {
        return at.isHost()
                ? model.containers(at).stream()
                        .filter(Container::running)
                        .flatMap(container -> container.ports().published().stream()
                                .filter(mapping -> mapping.outside() == port
                                        && mapping.protocol().equals("tcp"))
                                .map(mapping -> new Proxied(container, mapping)))
                        .findFirst()
                : Optional.empty();
    }

    private StepFinding missing(
            PathTracer.Arrival arrival, Node at, int port, List<Socket> there, List<Socket> all, IpAddress to) {
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
                    elsewhere ? say("mend.translation") : say("mend.listener", "port", port, "place", words.place(at)));
        }
        Optional<Proxied> published = published(at, port);
        if (published.isPresent()) {
            return broken(
                    Cause.DNAT_MISSING,
                    say(
                            "broken.published-in-vain",
                            "port",
                            port,
                            "place",
                            words.place(at),
                            "container",
                            published.get().container().name()),
                    at,
                    all,
                    say(
                            "mend.published-rule",
                            "container",
                            published.get().container().name()));
        }
        Packet packet = Packet.of(arrival.header(), PacketDevice.named(arrival.device()), false);
        Optional<Rule> near = filters.nearestDnat(at, packet);
        if (near.isPresent()) {
            return broken(
                    Cause.DNAT_MISSING,
                    say(
                            "broken.untranslated",
                            "port",
                            port,
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

    /** Why a connection of IPv6 is refused: who listens elsewhere, or nobody; empty where somebody listens, or that was not read. */
    Optional<Broken> unheard(Node at, IpAddress to, int port) {
        Optional<List<Socket>> sockets = at.namespace().sockets().toOptional();
        List<Socket> there = sockets.orElse(List.of()).stream()
                .filter(socket -> socket.protocol().equals("tcp") && socket.port() == port)
                .toList();
        boolean bound = there.stream()
                .map(Socket::address)
                .anyMatch(own -> own.equals("::") || own.equals("*") || own.equals(to.toString()));
        return bound ? Optional.empty() : sockets.map(all -> unheard(at, to, port, there, all));
    }

    private Broken unheard(Node at, IpAddress to, int port, List<Socket> there, List<Socket> all) {
        return there.isEmpty()
                ? broken(
                        Cause.NO_LISTENER,
                        say("broken.no-listener", "port", port, "place", words.place(at)),
                        at,
                        all,
                        say("mend.listener", "port", port, "place", words.place(at)))
                : broken(
                        Cause.LISTENS_ELSEWHERE,
                        say(
                                "broken.listens-elsewhere",
                                "port",
                                port,
                                "place",
                                words.place(at),
                                "bound",
                                there.get(0).address(),
                                "address",
                                to),
                        at,
                        all,
                        say("mend.listener-on", "any", to.isIpv6() ? "::" : "0.0.0.0", "address", to));
    }

    /** Which container's published port leads here, where a rule translated the destination. */
    private Optional<Proxied> publishedBy(PathTracer.Arrival arrival, Node at) {
        return arrival.destinationBy().flatMap(rule -> model.containersIn(at).stream()
                .flatMap(container -> container.ports().published().stream()
                        .filter(mapping -> mapping.protocol().equals("tcp")
                                && mapping.inside()
                                        == arrival.header().destinationPort().first())
                        .map(mapping -> new Proxied(container, mapping)))
                .findFirst());
    }

    private static StepFinding.Holds listens(Optional<String> program, Socket socket) {
        return new StepFinding.Holds(
                say("holds.listens", "program", program, "address", socket.address(), "port", socket.port()));
    }

    /** Whoever listens behind a published port has bound another address. */
    private static Message bound(Proxied way, Socket socket) {
        return say(
                "broken.published-bound",
                "outside",
                way.mapping().outside(),
                "inside",
                way.mapping().inside(),
                "container",
                way.container().name(),
                "address",
                socket.address());
    }

    /** @param others the ports that are listened on there */
    private static Message nobody(Proxied way, List<String> others) {
        return say(
                "broken.published-unheard",
                "outside",
                way.mapping().outside(),
                "inside",
                way.mapping().inside(),
                "container",
                way.container().name(),
                "others",
                others);
    }

    /** {@code 80/tcp} for each port that is listened on beyond the loopback. */
    private static List<String> listening(List<Socket> all) {
        return all.stream()
                .filter(socket ->
                        socket.protocol().equals("tcp") && !socket.address().startsWith("127."))
                .map(Socket::port)
                .distinct()
                .sorted()
                .map(port -> port + "/tcp")
                .toList();
    }

    private Broken broken(Cause cause, Message found, Node at, List<Socket> all, Message mend) {
        String shown = all.stream()
                .filter(socket ->
                        socket.protocol().equals("tcp") && !socket.address().equals("127.0.0.11"))
                .map(socket -> "LISTEN " + socket.address() + ":" + socket.port())
                .distinct()
                .collect(Collectors.joining("\n"));
        return new Broken(cause, found, new Evidence(words.in(at, "ss -lnt"), shown), mend);
    }

    /** The header of the connection that Docker's proxy makes to the container. */
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

    /** Whether somebody listens at the container's end of a published port. */
    StepFinding behindProxy(PathTracer.Arrival arrival, Proxied behind) {
        Node at = arrival.at().orElseThrow();
        Optional<List<Socket>> sockets = at.namespace().sockets().toOptional();
        if (sockets.isEmpty()) {
            return new StepFinding.CannotTell(say("unclear.listener", "place", words.place(at)));
        }
        int port = behind.mapping().inside();
        List<Socket> there = sockets.get().stream()
                .filter(socket -> socket.protocol().equals("tcp") && socket.port() == port)
                .toList();
        if (there.stream()
                .anyMatch(socket -> ANY.contains(socket.address())
                        || socket.address()
                                .equals(arrival.header().destination().toString()))) {
            return listens(Optional.empty(), there.get(0));
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
                others.isEmpty() ? say("mend.listener", "port", port, "place", words.place(at)) : say("mend.publish"));
    }
}
