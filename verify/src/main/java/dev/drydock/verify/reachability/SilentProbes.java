package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Predicts which probes end in a timeout, so that their time limit can be short. Probes that may get an error from a router with a failed ARP,
 * which takes seconds, are left out.
 */
public final class SilentProbes {
    private SilentProbes() {}

    /**
     * @param read what was read before or beside the probes, with the packet filters of {@link Reachability#readings}
     * @return those of the probes whose packet or answer is lost on its way without a word; none of a large packet, none of a datagram, which has to be
     *     seen where it arrives, none of a name that is not in a hosts file, and none at all where a queue on some interface may hold packets back for
     *     longer. With each the interface of its lab host by which the packet goes to a next hop that may not answer ARP, of which an error would tell;
     *     an empty text where there is none
     */
    public static Map<ActiveProbe, String> of(Facts read, Set<ActiveProbe> probes) {
        Map<ActiveProbe, String> silent = new LinkedHashMap<>();
        if (!isSlow(read)) {
            for (ActiveProbe probe : probes) {
                question(probe)
                        .filter(asked -> isLost(Reachability.of(read, asked, ProbeResult.NONE)))
                        .flatMap(asked -> waiting(NetworkModel.of(read), asked))
                        .ifPresent(device -> silent.put(probe, device));
            }
        }
        return silent;
    }

    private static boolean isSlow(Facts read) {
        return read.hosts().values().stream()
                .flatMap(host -> host.namespaces().orElse(List.of()).stream())
                .flatMap(namespace -> namespace.links().orElse(List.of()).stream())
                .anyMatch(Link::delays);
    }

    /**
     * The name servers that a probe asks in vain: the question or its answer is lost without a word, or a router asks by ARP longer than a name
     * server is waited for.
     *
     * @param read as for {@link #of}
     * @param asked the servers of each probe
     * @return with each probe that has such servers their addresses, a space between them
     */
    public static Map<ActiveProbe, String> serversInVain(Facts read, Map<ActiveProbe, List<String>> asked) {
        Map<ActiveProbe, String> silent = new LinkedHashMap<>();
        if (!isSlow(read)) {
            asked.forEach((probe, servers) -> {
                String lost = servers.stream()
                        .filter(server -> isLostOnTheWay(read, probe.in(), server))
                        .collect(Collectors.joining(" "));
                if (!lost.isEmpty()) {
                    silent.put(probe, lost);
                }
            });
        }
        return silent;
    }

    private static boolean isLostOnTheWay(Facts read, Scope from, String server) {
        if (IpAddress.tryParse(server).isEmpty()) {
            return false;
        }
        Reachability way =
                Reachability.of(read, NameServerDiagnosis.query(from, server, Protocol.UDP), ProbeResult.NONE);
        boolean waiting = way.branches().isEmpty() && way.broken().isPresent() && way.fate() == Disposition.WAITING;
        return waiting || isLost(way);
    }

    private static Optional<ReachabilityQuery> question(ActiveProbe probe) {
        if (probe instanceof ActiveProbe.Ping ping && ping.size() == 0) {
            return Optional.of(ReachabilityQuery.of(ping.in(), ping.to(), Optional.empty()));
        }
        if (probe instanceof ActiveProbe.Tcp tcp) {
            return Optional.of(ReachabilityQuery.of(tcp.in(), tcp.host(), Optional.of(tcp.port())));
        }
        return probe instanceof ActiveProbe.Http http
                ? http.host().map(host -> ReachabilityQuery.of(http.in(), host, Optional.of(http.port())))
                : Optional.empty();
    }

    /**
     * The interface of the lab host where ARP must not wait for an answer, if the packet is to be lost without a word; an empty text where ARP plays no
     * part, or where the asker itself asks; empty where another namespace or lab host does.
     */
    private static Optional<String> waiting(NetworkModel model, ReachabilityQuery asked) {
        Reachability.Followed followed =
                Reachability.follow(model, asked, ProbeResult.NONE, PacketSizes.SMALL, FlowForks.first());
        Optional<Node> asker = model.node(asked.from());
        Optional<Interface> out = followed.departure()
                .filter(PathRecord.Departure::outside)
                .map(PathRecord.Departure::out)
                .filter(left -> !asker.equals(Optional.of(left.at())));
        return out.isEmpty()
                ? Optional.of("")
                : out.filter(left -> left.at().isHost()
                                && asker.map(Node::host)
                                        .equals(Optional.of(left.at().host())))
                        .map(Interface::name);
    }

    private static boolean isLost(Reachability way) {
        // of several ways another one may be taken
        return !way.isNameless()
                && way.branches().isEmpty()
                && way.breaking()
                        .filter(step -> ProbeResult.endsInSilence(
                                step.leg(), way.broken().orElseThrow().cause(), way.fate()))
                        .isPresent();
    }
}
