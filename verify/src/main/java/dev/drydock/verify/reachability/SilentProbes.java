package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import java.net.URI;
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
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private SilentProbes() {}

    /**
     * @param read the facts, with the packet filters of {@link Reachability#readings}
     * @return the probes whose packet or answer is dropped silently. Left out: large pings, UDP, names that are not in a hosts file, and all probes
     *     where a queueing discipline may delay packets. The value is the interface by which the packet leaves its own lab host, where a failed ARP
     *     may give an error after all; an empty text where it does not leave
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
                        .flatMap(asked -> leaving(NetworkModel.of(read), asked))
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
        return probe instanceof ActiveProbe.Http http ? question(http) : Optional.empty();
    }

    private static Optional<ReachabilityQuery> question(ActiveProbe.Http http) {
        try {
            URI url = URI.create(http.url());
            if (url.getHost() == null) {
                return Optional.empty();
            }
            int usual = "https".equals(url.getScheme()) ? HTTPS : HTTP;
            return Optional.of(ReachabilityQuery.of(
                    http.in(),
                    url.getHost().replaceAll("[\\[\\]]", ""),
                    Optional.of(url.getPort() < 0 ? usual : url.getPort())));
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }

    /**
     * The interface by which the asking namespace's lab host sends the packet outside; an empty text where it stays inside; empty where another
     * namespace or lab host sends it outside.
     */
    private static Optional<String> leaving(NetworkModel model, ReachabilityQuery asked) {
        Optional<Interface> outside = Reachability.follow(model, asked, ProbeResult.NONE, Load.SMALL, FlowForks.first())
                .outside();
        Optional<HostFacts> own = model.node(asked.from()).map(Node::host);
        return outside.isEmpty()
                ? Optional.of("")
                : outside.filter(out -> out.at().isHost()
                                && own.equals(Optional.of(out.at().host())))
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
