package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        boolean slow = read.hosts().values().stream()
                .flatMap(host -> host.namespaces().orElse(List.of()).stream())
                .flatMap(namespace -> namespace.links().orElse(List.of()).stream())
                .anyMatch(Link::delays);
        if (!slow) {
            for (ActiveProbe probe : probes) {
                question(probe)
                        .filter(asked -> isLost(Reachability.of(read, asked, ProbeResult.NONE)))
                        .flatMap(asked -> waiting(NetworkModel.of(read), asked))
                        .ifPresent(device -> silent.put(probe, device));
            }
        }
        return silent;
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
