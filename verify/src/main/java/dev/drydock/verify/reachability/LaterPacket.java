package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Protocol;
import java.util.Optional;

/**
 * The packet after the answer: the third one of a TCP handshake, and the data behind it. It takes the way of the first one, but rules may treat it
 * differently. Whoever asked is connected by then.
 */
record LaterPacket(
        NextHop nextHop,
        FilterDiagnosis filters,
        ExternalNetwork external,
        PathRecord trace,
        ConnectionTracking connections) {
    /**
     * Adds a step where a rule stops the packet. Nothing is added where what happens to it is not known, or where the first packet or the answer does
     * not arrive.
     *
     * @param zone the output interface, where the sender selects one
     */
    void follow(Node home, Header first, Optional<String> zone) {
        Optional<ConnectionTracking> later = connections.later();
        if (first.protocol() != Protocol.TCP || trace.broken().isPresent() || trace.unknown() || later.isEmpty()) {
            return;
        }
        PathRecord aside = new PathRecord(trace.forks());
        new PathTracer(nextHop, filters, external, aside, PacketSizes.SMALL, later.get()).there(home, first, zone);
        aside.broken().filter(broken -> broken.cause().isOfRules()).ifPresent(broken -> {
            trace.follow(PathStep.Direction.LATER);
            aside.all().get(aside.all().size() - 1).at().ifPresent(trace::isIn);
            trace.add(say("step.later"), broken.saying(why -> say("broken.later", "why", why)));
        });
    }
}
