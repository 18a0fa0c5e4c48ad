package dev.drydock.verify.reachability;

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
import dev.drydock.verify.words.Words;
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
                                    words.place(at) + " answers no ping: " + IGNORE + " is 1",
                                    new Evidence(words.in(at, "sysctl " + IGNORE), IGNORE + " = 1"),
                                    "switching " + IGNORE + " off",
                                    words.in(at, "sysctl -w " + IGNORE + "=0"))
                            : new StepFinding.Holds("the kernel " + words.at(at) + " answers pings"),
                    Optional.empty());
        }
        Optional<List<Socket>> sockets = at.namespace().sockets().toOptional();
        if (sockets.isEmpty()) {
            return new Answer(
                    new StepFinding.CannotTell("who listens " + words.at(at) + " was not read"), Optional.empty());
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
            String who = there.get(0).comm().map(comm -> comm + " listens").orElse("somebody listens");
            return new Answer(
                    new StepFinding.Holds(who + " on " + there.get(0).address() + ":" + port),
                    proxied.filter(one -> there.stream().anyMatch(this::isProxy)));
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
        String place = words.at(at);
        if (!there.isEmpty()) {
            String own = there.get(0).address();
            return leads(arrival, at)
                    .map(words -> broken(
                            Cause.LISTENS_ELSEWHERE,
                            words + "the listener is bound to " + own + " alone",
                            at,
                            all,
                            "a listener on 0.0.0.0, or on " + to))
                    .orElseGet(() -> unheard(at, to, port, there, all));
        }
        if (arrival.destinationBy().isPresent()) {
            Rule rule = arrival.destinationBy().get();
            List<Integer> others = listening(all);
            boolean elsewhere = !others.isEmpty();
            String found = leads(arrival, at)
                            .map(words -> words + "nothing listens")
                            .orElse(Words.text(rule.place()) + " "
                                    + words.at(arrival.by().orElse(at)) + " sends it to port " + port
                                    + ", on which nothing listens " + place + ": " + rule.shown())
                    + also(others);
            return broken(
                    elsewhere ? Cause.DNAT_WRONG : Cause.NO_LISTENER,
                    found,
                    at,
                    all,
                    elsewhere
                            ? "a translation to the port that is listened on"
                            : "a listener on " + port + "/tcp " + place);
        }
        Optional<Proxied> published = published(at, port);
        if (published.isPresent()) {
            return broken(
                    Cause.DNAT_MISSING,
                    "port " + port + "/tcp of " + words.place(at) + " is published for "
                            + published.get().container().name()
                            + ", but no rule translates this packet and no proxy listens",
                    at,
                    all,
                    "the rule of nat that leads to "
                            + published.get().container().name());
        }
        Packet packet = Packet.of(arrival.header(), PacketDevice.named(arrival.device()), false);
        Optional<Rule> near = filters.nearestDnat(at, packet);
        if (near.isPresent()) {
            return broken(
                    Cause.DNAT_MISSING,
                    "no rule translates it, and nothing listens on " + port + "/tcp " + place + "; "
                            + Words.text(near.get().place()) + " is "
                            + Words.text(
                                    filters.mismatch(at, near.get(), packet).get(0)) + ": "
                            + near.get().shown(),
                    at,
                    all,
                    "a rule of nat that is for this packet");
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
        String place = words.at(at);
        return there.isEmpty()
                ? broken(
                        Cause.NO_LISTENER,
                        "nothing listens on " + port + "/tcp " + place,
                        at,
                        all,
                        "a listener on " + port + "/tcp " + place)
                : broken(
                        Cause.LISTENS_ELSEWHERE,
                        "the listener on " + port + "/tcp " + place + " is bound to "
                                + there.get(0).address() + ", not to " + to,
                        at,
                        all,
                        "a listener on " + (to.isIpv6() ? "::" : "0.0.0.0") + ", or on " + to);
    }

    /** {@code port 8080/tcp leads to port 80 of web, where }, where Docker published it. */
    private Optional<String> leads(PathTracer.Arrival arrival, Node at) {
        return arrival.destinationBy().flatMap(rule -> model.containersIn(at).stream()
                .flatMap(container -> container.ports().published().stream()
                        .filter(mapping -> mapping.protocol().equals("tcp")
                                && mapping.inside()
                                        == arrival.header().destinationPort().first())
                        .map(mapping -> leads(container, mapping)))
                .findFirst());
    }

    static String leads(Container container, PortMapping mapping) {
        return "port " + mapping.outside() + "/tcp leads to port " + mapping.inside() + " of " + container.name()
                + ", where ";
    }

    private static List<Integer> listening(List<Socket> all) {
        return all.stream()
                .filter(socket ->
                        socket.protocol().equals("tcp") && !socket.address().startsWith("127."))
                .map(Socket::port)
                .distinct()
                .sorted()
                .toList();
    }

    private Broken broken(Cause cause, String found, Node at, List<Socket> all, String mend) {
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
            return new StepFinding.CannotTell("who listens " + words.at(at) + " was not read");
        }
        int port = behind.mapping().inside();
        List<Socket> there = sockets.get().stream()
                .filter(socket -> socket.protocol().equals("tcp") && socket.port() == port)
                .toList();
        String leads = leads(behind.container(), behind.mapping());
        if (there.stream()
                .anyMatch(socket -> ANY.contains(socket.address())
                        || socket.address()
                                .equals(arrival.header().destination().toString()))) {
            return new StepFinding.Holds("somebody listens on " + there.get(0).address() + ":" + port);
        }
        if (!there.isEmpty()) {
            return broken(
                    Cause.LISTENS_ELSEWHERE,
                    leads + "the listener is bound to " + there.get(0).address() + " alone",
                    at,
                    sockets.get(),
                    "a listener on 0.0.0.0 " + words.at(at));
        }
        List<Integer> others = listening(sockets.get());
        return broken(
                others.isEmpty() ? Cause.NO_LISTENER : Cause.DNAT_WRONG,
                leads + "nothing listens" + also(others),
                at,
                sockets.get(),
                others.isEmpty()
                        ? "a listener on " + port + "/tcp " + words.at(at)
                        : "publishing the port that is listened on");
    }

    private static String also(List<Integer> others) {
        return others.isEmpty()
                ? ""
                : "; there is a listener on "
                        + PathWording.list(
                                others.stream().map(other -> other + "/tcp").toList());
    }
}
