package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.RuleChain;
import dev.drydock.verify.probe.TrackedConnection;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conntrack entries that translate differently from the present rules. Packets with the same ports, or the same echo identifier, still follow such
 * an entry. A new TCP connection has a new port and never meets one.
 */
record StaleEntries(NetworkModel model, PathWording words, List<Crossing> crossings) {
    /** The packet before and after one namespace, by the present rules. */
    record Crossing(Node at, Header before, Header after) {}

    /** The entries for a query, as far as its packet gets; none for TCP. */
    static StaleEntries of(NetworkModel model, ReachabilityQuery question) {
        List<Crossing> crossings = question.protocol() == Protocol.TCP
                ? List.of()
                : Reachability.follow(model, question, ProbeResult.NONE, PacketSizes.SMALL, FlowForks.first())
                        .crossings();
        return new StaleEntries(model, new PathWording(model, question.from()), crossings);
    }

    /** The probes that read the entries, in each namespace with NAT chains. */
    Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        crossings.stream().filter(this::translates).map(this::probe).forEach(probes::add);
        return probes;
    }

    private boolean translates(Crossing crossing) {
        return model.rules(crossing.at(), crossing.before().isIpv6())
                .toOptional()
                .filter(rules -> rules.chains().values().stream()
                        .flatMap(chain -> chain.base().stream())
                        .anyMatch(RuleChain.Base::translates))
                .isPresent();
    }

    private ActiveProbe.Connections probe(Crossing crossing) {
        Scope scope = words.scope(crossing.at());
        return new ActiveProbe.Connections(
                new Scope(Optional.of(crossing.at().host().name()), scope.kind(), scope.name()),
                arguments(crossing.before()));
    }

    /** The filter for conntrack: {@code -p udp --orig-dst 10.0.2.15 --dport 5140}. */
    private static String arguments(Header header) {
        return "-p " + (header.protocol() == Protocol.UDP ? "udp" : header.isIpv6() ? "icmpv6" : "icmp")
                + " --orig-dst "
                + header.destination()
                + (header.protocol() == Protocol.UDP
                        ? " --dport " + header.destinationPort().first()
                        : "");
    }

    /** The first entry on the packet's way that contradicts the rules; empty where there is none, or none was read. */
    Optional<Broken> first() {
        return crossings.stream().flatMap(crossing -> stale(crossing).stream()).findFirst();
    }

    private Optional<Broken> stale(Crossing crossing) {
        return model.facts().capture(probe(crossing)).flatMap(TrackedConnection::parse).orElse(List.of()).stream()
                .filter(entry -> entry.source().equals(crossing.before().source())
                        && entry.destination().equals(crossing.before().destination()))
                .filter(entry -> contradicts(entry, crossing.after()))
                .findFirst()
                .map(entry -> broken(crossing, entry));
    }

    private static boolean contradicts(TrackedConnection entry, Header now) {
        if (now.isOpen()) {
            return false;
        }
        return contradictsDestination(entry, now) || !entry.answered().equals(now.source());
    }

    private static boolean contradictsDestination(TrackedConnection entry, Header now) {
        boolean port = now.protocol() == Protocol.UDP
                && !(now.destinationPort().first() <= entry.answererPort()
                        && entry.answererPort() <= now.destinationPort().last());
        return port || !entry.answerer().equals(now.destination());
    }

    private Broken broken(Crossing crossing, TrackedConnection entry) {
        Header header = crossing.before();
        boolean udp = header.protocol() == Protocol.UDP;
        boolean destination = contradictsDestination(entry, crossing.after());
        String id = header.isIpv6() ? " --icmpv6-id " : " --icmp-id ";
        String arguments = arguments(header);
        return new Broken(
                Cause.STALE_CONNTRACK,
                say(
                        "broken.stale-entry",
                        "place",
                        words.place(crossing.at()),
                        "udp",
                        udp,
                        "port",
                        entry.sourcePort(),
                        "destination",
                        destination,
                        "before",
                        destination
                                ? end(entry.answerer(), udp ? entry.answererPort() : 0)
                                : entry.answered().text(),
                        "now",
                        destination
                                ? RewriteRecord.end(crossing.after())
                                : crossing.after().source().text()),
                new Evidence(words.in(crossing.at(), "conntrack -L " + arguments), entry.shown()),
                say("mend.stale-entry", "udp", udp),
                words.in(
                        crossing.at(),
                        "conntrack -D " + arguments + " --orig-src " + entry.source() + (udp ? " --sport " : id)
                                + entry.sourcePort()));
    }

    private static String end(IpAddress address, int port) {
        return port == 0 ? address.text() : IpAddress.beforePort(address.text()) + ":" + port;
    }
}
