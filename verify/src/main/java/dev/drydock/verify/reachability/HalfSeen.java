package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import java.util.List;
import java.util.Optional;

/** Explains that rules stop a packet only because conntrack there saw one direction of its connection. */
record HalfSeen(NetworkModel model, PathWording words, ConnectionTracking connections) {
    /**
     * The finding with this explanation, where the rules would let the packet pass if conntrack had seen both directions; else the finding itself.
     *
     * @param packet as it came into the namespace
     */
    StepFinding said(Node at, Packet packet, boolean back, StepFinding why) {
        return StepFinding.broken(why)
                .filter(broken -> broken.cause().isOfRules() && packet.isInvalid() && connections.isOfConnection())
                .filter(broken -> wouldPass(at, packet.assigned()))
                .<StepFinding>map(broken -> broken.saying(
                        said -> say("broken.half-seen", "why", said, "place", words.place(at), "answer", back)))
                .orElse(why);
    }

    private boolean wouldPass(Node at, Packet packet) {
        Optional<Ruleset> rules = model.rules(at, packet.header().isIpv6()).toOptional();
        Optional<Router> router = model.router(at);
        List<TraversalResult> outcomes = rules.isEmpty() || router.isEmpty()
                ? List.of()
                : NetfilterTraversal.all(rules.get(), router.get(), packet, false);
        return !outcomes.isEmpty()
                && outcomes.stream().allMatch(outcome -> outcome.ending().passed());
    }
}
