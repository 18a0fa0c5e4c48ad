package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.Flooded;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.reachability.ArpDiagnosis.Question;
import java.util.List;
import java.util.Optional;

/** The path of frames for one MAC address. Through VXLAN tunnels it differs from that of broadcasts. */
record FrameWay(L2Topology l2, TunnelTracer tunnels, ArpDiagnosis arp, PathWording words) {
    /** The paths to receivers whose MAC address is known without an ARP request. */
    List<FramePath> known(Question asked) {
        return arp.mac(asked).stream()
                .flatMap(mac -> l2.to(mac, asked.out()).to(spot -> arp.isKnown(spot, asked)).stream())
                .toList();
    }

    /** The path of the packet itself, given that of the ARP request. */
    FramePath way(Question asked, FramePath path) {
        return l2.stack(path.last())
                .link()
                .mac()
                .filter(mac -> !isPlain(path))
                .flatMap(mac -> l2.to(mac, asked.out()).to(spot -> spot.equals(path.last())).stream()
                        .findFirst())
                .orElse(path);
    }

    private static boolean isPlain(FramePath path) {
        return path.spots().stream().noneMatch(TunnelTracer::sends);
    }

    /**
     * What stops the ARP reply or the packet in a VXLAN tunnel; empty where nothing does.
     *
     * @param path of the ARP request
     * @param question whether an ARP request is necessary
     */
    Optional<FrameDelivery> lost(Question asked, FramePath path, boolean question) {
        if (isPlain(path)) {
            return Optional.empty();
        }
        Interface there = l2.stack(path.last());
        Optional<FrameDelivery> answer =
                question && arp.mac(asked).isEmpty() ? lost(there, asked.out()) : Optional.empty();
        return answer.or(() -> lost(asked.out(), there));
    }

    private Optional<FrameDelivery> lost(Interface from, Interface there) {
        Optional<MacAddress> to = there.link().mac();
        if (to.isEmpty()) {
            return Optional.empty();
        }
        Flooded reached = l2.to(to.get(), from);
        if (!reached.to(spot -> l2.stack(spot).equals(there)).isEmpty()) {
            return Optional.empty();
        }
        Flooded wired = l2.from(from, false);
        List<FramePath> paths = wired.to(spot -> l2.stack(spot).equals(there));
        return stopped(tunnels.lost(wired, paths, to, from.link().mac()))
                .or(() -> Optional.of(new FrameDelivery(
                        new StepFinding.CannotTell(
                                reached.unknown().orElseGet(() -> say("unclear.tunnel", "interface", words.end(from)))),
                        Optional.empty(),
                        false)));
    }

    /** A delivery that fails with the last of these steps of an outer packet; empty where there are no steps. */
    static Optional<FrameDelivery> stopped(List<PathStep> steps) {
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new FrameDelivery(steps.get(steps.size() - 1).finding(), Optional.empty(), false, steps));
    }
}
