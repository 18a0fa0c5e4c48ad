package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.probe.ForwardingTable;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.reachability.TunnelTracer.Sent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explains faults of VXLAN devices and of their outer packets. */
record TunnelFaults(NetworkModel model, PathWording words) {
    /** The device's local address is not in its namespace. */
    Broken foreign(Interface device, Vxlan vxlan) {
        return new Broken(
                Cause.VXLAN_LOST,
                say(
                        "broken.tunnel-local",
                        "interface",
                        words.end(device),
                        "address",
                        vxlan.local(),
                        "place",
                        words.place(model.below(device))),
                made(device),
                say("mend.tunnel-local", "interface", words.end(device)));
    }

    /** The route to the remote address leads into the tunnel itself. */
    Broken circular(Sent sent) {
        return new Broken(
                Cause.VXLAN_LOST,
                say(
                        "broken.tunnel-circular",
                        "interface",
                        words.end(sent.device()),
                        "remote",
                        sent.remote().address()),
                new InterfaceDiagnosis(words)
                        .routes(
                                model.below(sent.device()),
                                sent.remote().address().isIpv6()),
                say("mend.tunnel-circular", "remote", sent.remote().address()));
    }

    /** The finding about the outer packet, worded for the device that sends it. */
    StepFinding lost(Sent sent, IpAddress from, StepFinding finding) {
        if (!(finding instanceof Broken broken)) {
            return finding;
        }
        IpAddress remote = sent.remote().address();
        if (model.holders(remote).isEmpty() && model.everythingRead() && broken.cause() == Cause.NOBODY_THERE) {
            return toNobody(sent);
        }
        return new Broken(
                Cause.VXLAN_LOST,
                say(
                        "broken.tunnel-lost",
                        "interface",
                        words.end(sent.device()),
                        "source",
                        from,
                        "remote",
                        remote,
                        "port",
                        sent.remote().port(),
                        "found",
                        broken.found()),
                broken.evidence(),
                broken.mend(),
                broken.command());
    }

    /** The device that accepts the outer packet in this namespace: up, with the same VNI and port. */
    Optional<Interface> takes(Node node, Sent sent, Header arrived) {
        return devices(node).stream()
                .filter(end -> {
                    Vxlan vxlan = end.link().layer().vxlan().orElseThrow();
                    return end.up()
                            && vxlan.id() == sent.remote().id()
                            && vxlan.port() == arrived.destinationPort().first()
                            && !end.equals(sent.device());
                })
                .findFirst();
    }

    private List<Interface> devices(Node node) {
        return model.nodes(node.host())
                .flatMap(Node::ends)
                .filter(end -> end.link().layer().vxlan().isPresent()
                        && model.below(end).equals(node))
                .toList();
    }

    /**
     * Why no device accepts the outer packet.
     *
     * @param at the namespace that received it; empty where it left the lab hosts
     */
    StepFinding untaken(Sent sent, Optional<Node> at, Header arrived) {
        Interface device = sent.device();
        IpAddress remote = sent.remote().address();
        if (at.isEmpty()) {
            return model.holders(remote).isEmpty() && model.everythingRead()
                    ? toNobody(sent)
                    : new StepFinding.CannotTell(say("unclear.tunnel-outside", "address", remote));
        }
        if (at.get().equals(model.below(device)) && at.get().has(remote)) {
            return new Broken(
                    Cause.VXLAN_REMOTE,
                    say("broken.tunnel-to-itself", "interface", words.end(device), "address", remote),
                    shown(sent),
                    say("mend.tunnel-other-remote", "interface", words.end(device)));
        }
        List<Interface> devices = devices(at.get());
        int id = sent.remote().id();
        int port = arrived.destinationPort().first();
        Optional<Interface> down = devices.stream()
                .filter(end -> !end.up() && vxlan(end).id() == id && vxlan(end).port() == port)
                .findFirst();
        if (down.isPresent()) {
            return new InterfaceDiagnosis(words).down(down.get());
        }
        Optional<Interface> sameId =
                devices.stream().filter(end -> vxlan(end).id() == id).findFirst();
        if (sameId.isPresent()) {
            return new Broken(
                    Cause.VXLAN_PORT,
                    say(
                            "broken.tunnel-ports",
                            "interface",
                            words.end(device),
                            "port",
                            port,
                            "other",
                            words.end(sameId.get()),
                            "otherPort",
                            vxlan(sameId.get()).port()),
                    shown(sent),
                    say("mend.tunnel-port"));
        }
        Optional<Interface> samePort =
                devices.stream().filter(end -> vxlan(end).port() == port).findFirst();
        Optional<Interface> other = samePort.or(() -> devices.stream().findFirst());
        if (other.isPresent()) {
            return new Broken(
                    Cause.VXLAN_ID,
                    say(
                            "broken.tunnel-ids",
                            "interface",
                            words.end(device),
                            "id",
                            id,
                            "other",
                            words.end(other.get()),
                            "otherId",
                            vxlan(other.get()).id()),
                    shown(sent),
                    say("mend.tunnel-id"));
        }
        return new Broken(
                Cause.VXLAN_REMOTE,
                say(
                        "broken.tunnel-without-end",
                        "interface",
                        words.end(device),
                        "address",
                        remote,
                        "place",
                        words.place(at.get())),
                shown(sent),
                say("mend.tunnel-other-remote", "interface", words.end(device)));
    }

    private Broken toNobody(Sent sent) {
        return new Broken(
                Cause.VXLAN_REMOTE,
                say(
                        "broken.tunnel-to-nobody",
                        "interface",
                        words.end(sent.device()),
                        "address",
                        sent.remote().address()),
                shown(sent),
                say("mend.tunnel-other-remote", "interface", words.end(sent.device())));
    }

    /**
     * The device has no remote address for the frame.
     *
     * @param to the receiver's MAC address; empty for a broadcast
     */
    Broken without(Interface device, Optional<MacAddress> to) {
        List<ForwardingTable.Entry> set =
                entries(device).stream().filter(entry -> !entry.learned()).toList();
        List<MacAddress> told =
                set.stream().map(ForwardingTable.Entry::mac).distinct().toList();
        String key = told.isEmpty() ? "remote" : to.isPresent() ? "entry" : "default";
        return new Broken(
                Cause.VXLAN_REMOTE,
                say("broken.tunnel-without." + key, "interface", words.end(device), "mac", to, "macs", told),
                Optional.of(set.isEmpty() ? made(device) : table(device, set)),
                say("mend.tunnel-remote", "interface", words.end(device)),
                Optional.empty());
    }

    /** The receiving device drops the frame, because a static entry has another remote address for the sender. */
    Broken set(Interface end, ForwardingTable.Entry entry, IpAddress source) {
        return new Broken(
                Cause.VXLAN_REMOTE,
                say(
                        "broken.tunnel-set-elsewhere",
                        "interface",
                        words.end(end),
                        "mac",
                        entry.mac(),
                        "remote",
                        entry.destination(),
                        "source",
                        source),
                Optional.of(table(end, List.of(entry))),
                say("mend.tunnel-entry", "interface", words.end(end), "mac", entry.mac()),
                Optional.of(words.in(
                        end.at(),
                        "bridge fdb replace " + entry.mac() + " dev " + LearnerCommand.quoted(end.name()) + " dst "
                                + source + " self")));
    }

    private static Vxlan vxlan(Interface end) {
        return end.link().layer().vxlan().orElseThrow();
    }

    private List<ForwardingTable.Entry> entries(Interface device) {
        return model.forwarding(device.at()).orElse(List.of()).stream()
                .filter(entry -> entry.device().equals(device.name())
                        && entry.destination().isPresent())
                .toList();
    }

    /** The evidence for the remote address: the forwarding table where it has an entry for it, else the device's own settings. */
    private Evidence shown(Sent sent) {
        Interface device = sent.device();
        boolean plain = vxlan(device).remote().equals(Optional.of(sent.remote().address()))
                && vxlan(device).port() == sent.remote().port()
                && vxlan(device).id() == sent.remote().id();
        List<ForwardingTable.Entry> entries = entries(device).stream()
                .filter(entry ->
                        entry.destination().equals(Optional.of(sent.remote().address())))
                .toList();
        return plain || entries.isEmpty() ? made(device) : table(device, entries);
    }

    private Evidence made(Interface device) {
        return new Evidence(
                words.ip(device.at(), "-d link show " + LearnerCommand.quoted(device.name())),
                vxlan(device).shown());
    }

    private Evidence table(Interface device, List<ForwardingTable.Entry> entries) {
        return new Evidence(
                words.in(device.at(), "bridge fdb show dev " + LearnerCommand.quoted(device.name())),
                // of one device, its name is not shown
                entries.stream()
                        .map(entry -> entry.shown().replaceFirst(" dev \\S+", ""))
                        .collect(Collectors.joining("\n")));
    }
}
