package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The test packet of {@code nat} and {@code forward}: {@code {src: 10.9.0.11, dst: 8.8.8.8, proto: tcp, dport: 80}}. Without a protocol it is an
 * echo request.
 *
 * @param sourcePort empty for any port of the ephemeral range
 * @param destinationPort required for TCP and UDP
 * @param in the input interface; empty for the one behind which the source is
 * @param out the output interface; empty where the routes decide
 * @param established true for a packet of an established connection, false for the first packet of a new one
 */
public record Flow(
        FlowEnd source,
        FlowEnd destination,
        Protocol protocol,
        Optional<Integer> sourcePort,
        Optional<Integer> destinationPort,
        Optional<FlowDevice> in,
        Optional<FlowDevice> out,
        boolean established) {
    /** @throws IllegalArgumentException with a sentence for the author when ports and protocol do not fit */
    public Flow {
        if (!protocol.hasPorts() && (sourcePort.isPresent() || destinationPort.isPresent())) {
            throw new Complaint(say("flow.port-needs-protocol"));
        }
        if (protocol.hasPorts() && destinationPort.isEmpty()) {
            throw new Complaint(say("flow.needs-port", "protocol", protocol));
        }
    }

    /** {@code packets from 10.9.0.11 to 8.8.8.8}, {@code tcp packets from outside to port 8080 of the lab host}. */
    Message words() {
        return say("flow")
                .with("protocol", protocol.hasPorts() ? protocol : "")
                .with("established", established)
                .with("source", source.words())
                .with("port", destinationPort.map(String::valueOf))
                .with("destination", destination.words());
    }

    Set<Scope> places(Scope in) {
        Set<Scope> places = new LinkedHashSet<>(Set.of(in));
        source.place().ifPresent(places::add);
        destination.place().ifPresent(places::add);
        return places;
    }
}
