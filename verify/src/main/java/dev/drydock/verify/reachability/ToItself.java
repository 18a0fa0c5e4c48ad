package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import java.util.Optional;

/** The mend for a packet that a translation sends back to who made it: it must not come from its receiver's own address. */
record ToItself(PathWording words, ConnectionTracking connections) {
    /**
     * The finding with the rule that masquerades such packets; the finding itself where it is about something else.
     *
     * @param packet as it came into the namespace that drops it
     */
    StepFinding mended(Packet packet, StepFinding why) {
        Header header = packet.header();
        IpAddress own = header.destination();
        return StepFinding.broken(why)
                .filter(broken ->
                        broken.cause() == Cause.OWN_SOURCE && header.source().equals(own))
                .flatMap(broken -> connections
                        .translator(own)
                        .<StepFinding>map(at -> new StepFinding.Broken(
                                broken.cause(),
                                broken.found(),
                                broken.evidence(),
                                say("mend.masquerade-to-itself", "address", own, "place", words.place(at)),
                                Optional.of(words.in(
                                        at,
                                        (own.isIpv6() ? "ip6tables" : "iptables") + " -t nat -I POSTROUTING -s " + own
                                                + " -d " + own + " -j MASQUERADE")))))
                .orElse(why);
    }
}
