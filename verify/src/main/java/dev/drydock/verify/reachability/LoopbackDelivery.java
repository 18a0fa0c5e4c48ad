package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The delivery of packets that a namespace sends to itself, over {@code lo}. */
record LoopbackDelivery(NetworkModel model, PathWording words, PathRecord trace) {
    /**
     * Whether {@code lo} is up and the INPUT rules accept the packet. If not, the reason is added to the trace.
     *
     * @param stopped records the packet that a rule stops
     */
    boolean passes(Node at, Header header, boolean back, BiConsumer<Packet, TraversalResult> stopped) {
        Optional<Interface> lo = at.end("lo");
        if (lo.isPresent() && !lo.get().up()) {
            trace.add(
                    say("step.loopback", "place", words.place(at)),
                    new Broken(
                            Cause.LOOPBACK,
                            say("broken.lo-down", "place", words.place(at)),
                            new InterfaceDiagnosis(words).links(lo.get()),
                            say("mend.lo-up", "place", words.place(at)),
                            words.change(at, "link set lo up")));
            return false;
        }
        Packet packet = back
                ? Packet.answer(header, PacketDevice.named("lo"), header)
                : Packet.of(header, PacketDevice.named("lo"), false);
        List<TraversalResult> outcomes = NetfilterTraversal.all(
                model.rules(at, header.isIpv6()).toOptional().orElseThrow(),
                model.router(at).orElseThrow(),
                packet,
                false);
        TraversalResult outcome = outcomes.get(0);
        boolean isStopped = outcomes.size() == 1
                && outcome.destinationBy().isEmpty()
                && outcome.decision()
                        .filter(passage -> passage.chain().base().orElseThrow().hook() == Hook.INPUT)
                        .isPresent();
        if (isStopped) {
            stopped.accept(packet, outcome);
        }
        return !isStopped;
    }
}
