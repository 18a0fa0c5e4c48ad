package dev.drydock.verify.reachability;

import dev.drydock.verify.network.L2Topology.FramePath;
import java.util.List;
import java.util.Optional;

/**
 * The result for one frame.
 *
 * @param finding whether it arrives
 * @param path how it arrives; empty where it does not, or leaves the lab hosts
 * @param outside whether it leaves the lab hosts
 * @param outer the steps of the outer packets of tunnels on the way; a broken one is the finding
 * @param unheard whether the receiver drops the ARP request for the same reason as the packet, which is found when that is followed to the receiver
 */
record FrameDelivery(
        StepFinding finding, Optional<FramePath> path, boolean outside, List<PathStep> outer, boolean unheard) {
    FrameDelivery(StepFinding finding, Optional<FramePath> path, boolean outside, List<PathStep> outer) {
        this(finding, path, outside, outer, false);
    }

    FrameDelivery(StepFinding finding, Optional<FramePath> path, boolean outside) {
        this(finding, path, outside, List.of());
    }
}
