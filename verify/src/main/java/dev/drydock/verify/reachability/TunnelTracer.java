package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.Flooded;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.L2Topology.Remote;
import dev.drydock.verify.network.L2Topology.TunnelEnds;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.probe.ForwardingTable;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Follows frames through VXLAN tunnels: the outer UDP packet is followed like any other packet to the device that accepts it. Remembers what the
 * devices learned: use one instance for one connection.
 */
final class TunnelTracer implements L2Topology.Tunnels {
    private final NetworkModel model;
    private final PathWording words;
    private final TunnelFaults faults;
    private final Map<Sent, Passage> passages = new HashMap<>();
    private final Map<Learned, Remote> learned = new HashMap<>();
    private final Set<Sent> followed = new HashSet<>();
    private final Set<Sent> circular = new HashSet<>();

    /** The packets from a device to one of its remote addresses. */
    record Sent(Interface device, Remote remote) {}

    /**
     * The outcome for an outer packet.
     *
     * @param end the device that accepts it; empty where none does
     * @param source its source address on arrival
     * @param steps the steps of its way; where it is lost, the last one tells why
     */
    record Passage(Optional<Interface> end, IpAddress source, List<PathStep> steps) {
        Optional<StepFinding> stopped() {
            return steps.isEmpty()
                    ? Optional.empty()
                    : Optional.of(steps.get(steps.size() - 1).finding())
                            .filter(finding -> !(finding instanceof StepFinding.Holds));
        }
    }

    /** A MAC address that a device has learned with the remote address of its sender. */
    private record Learned(Interface device, MacAddress mac) {}

    TunnelTracer(NetworkModel model, PathWording words) {
        this.model = model;
        this.words = words;
        this.faults = new TunnelFaults(model, words);
    }

    @Override
    public TunnelEnds cross(Interface device, Optional<MacAddress> to, Optional<MacAddress> from) {
        List<Interface> ends = new ArrayList<>();
        Optional<List<Remote>> remotes = remotes(device, to);
        Optional<Message> unknown = remotes.isPresent() ? Optional.empty() : Optional.of(unread(device));
        for (Remote remote : remotes.orElse(List.of())) {
            Passage passage = passage(new Sent(device, remote));
            if (passage.stopped().orElse(null) instanceof StepFinding.CannotTell open) {
                unknown = unknown.or(() -> Optional.of(open.reason()));
            }
            Optional<Interface> end = passage.end()
                    .filter(there -> refused(there, from, passage.source()).isEmpty());
            end.ifPresent(there -> {
                ends.add(there);
                learn(there, from, passage.source());
            });
        }
        return new TunnelEnds(ends, unknown);
    }

    static Message unread(Interface device) {
        return say(
                "unclear.remotes",
                "interface",
                device.name(),
                "command",
                "bridge fdb show dev " + LearnerCommand.quoted(device.name()));
    }

    /** The remote addresses for a frame. A learned one counts unless a static entry exists. Empty where they are not known. */
    private Optional<List<Remote>> remotes(Interface device, Optional<MacAddress> to) {
        Optional<Remote> known = to.map(mac -> learned.get(new Learned(device, mac)));
        L2Topology l2 = new L2Topology(model);
        return known.isPresent() && to.flatMap(mac -> set(device, mac)).isEmpty()
                ? known.map(List::of)
                : l2.remotes(device, to);
    }

    private Optional<ForwardingTable.Entry> set(Interface device, MacAddress mac) {
        return model.forwarding(device.at()).orElse(List.of()).stream()
                .filter(entry -> entry.device().equals(device.name())
                        && entry.mac().equals(mac)
                        && entry.destination().isPresent()
                        && !entry.learned())
                .findFirst();
    }

    private void learn(Interface there, Optional<MacAddress> from, IpAddress source) {
        Vxlan vxlan = there.link().layer().vxlan().orElseThrow();
        from.filter(mac -> vxlan.learns())
                .ifPresent(mac -> learned.put(
                        new Learned(there, mac), new Remote(source, vxlan.port(), vxlan.id(), Optional.empty())));
    }

    /** The static entry that makes the device drop the frame: it has another remote address for the sender. */
    private Optional<ForwardingTable.Entry> refused(Interface there, Optional<MacAddress> from, IpAddress source) {
        boolean learns = there.link().layer().vxlan().orElseThrow().learns();
        return from.filter(mac -> learns).flatMap(mac -> set(there, mac)).filter(entry -> !entry.destination()
                .equals(Optional.of(source)));
    }

    private Passage passage(Sent sent) {
        Passage known = passages.get(sent);
        if (known != null) {
            return known;
        }
        if (!followed.add(sent)) {
            circular.add(sent);
            return new Passage(Optional.empty(), sent.remote().address(), List.of());
        }
        Passage passage = follow(sent);
        followed.remove(sent);
        passages.put(sent, passage);
        return passage;
    }

    private Passage follow(Sent sent) {
        Interface device = sent.device();
        IpAddress remote = sent.remote().address();
        Vxlan vxlan = device.link().layer().vxlan().orElseThrow();
        Node at = model.below(device);
        Optional<Router> router = model.router(at);
        Optional<IpAddress> source = vxlan.local().or(() -> router.flatMap(one -> one.sourceFor(remote)));
        List<PathStep> steps = new ArrayList<>();
        Message title = say("step.tunnel", "interface", words.end(device));
        if (source.filter(own -> router.filter(one -> one.isLocal(own)).isPresent())
                        .isEmpty()
                && vxlan.local().isPresent()) {
            steps.add(new PathStep(PathStep.Direction.THERE, Optional.of(at), title, faults.foreign(device, vxlan)));
            return new Passage(Optional.empty(), remote, steps);
        }
        IpAddress from = source.orElse(new IpAddress(remote.isIpv6() ? "::" : "0.0.0.0"));
        steps.add(new PathStep(
                PathStep.Direction.THERE,
                Optional.of(at),
                title,
                new StepFinding.Holds(say(
                        "holds.tunnel",
                        "source",
                        from,
                        "remote",
                        remote,
                        "port",
                        sent.remote().port()))));
        Header header = new Header(
                from,
                remote,
                Protocol.UDP,
                Ports.EPHEMERAL,
                Ports.of(sent.remote().port()));
        PathRecord record = new PathRecord(FlowForks.first());
        Optional<Arrival> arrival = tracer(at, sent, record).there(at, header, device(sent, router));
        record.all()
                .forEach(step -> steps.add(
                        new PathStep(step.leg(), step.at(), say("step.outer", "title", step.title()), step.finding())));
        if (arrival.isEmpty()) {
            reword(
                    steps,
                    finding -> circular.contains(sent) ? faults.circular(sent) : faults.lost(sent, from, finding));
            return new Passage(Optional.empty(), from, steps);
        }
        Header arrived = arrival.get().header();
        Optional<Interface> end = arrival.get().at().flatMap(node -> faults.takes(node, sent, arrived));
        if (end.isEmpty()) {
            steps.add(new PathStep(
                    PathStep.Direction.THERE,
                    arrival.get().at(),
                    say("step.tunnel-end"),
                    faults.untaken(sent, arrival.get().at(), arrived)));
        }
        return new Passage(end, arrived.source(), steps);
    }

    private PathTracer tracer(Node at, Sent sent, PathRecord record) {
        Scope scope = at.namespace().names().stream().findFirst().orElse(Scope.LAB_HOST);
        ReachabilityQuery question = new ReachabilityQuery(
                new Scope(Optional.of(at.host().name()), scope.kind(), scope.name()),
                Optional.empty(),
                sent.remote().address().toString(),
                Optional.of(sent.remote().port()),
                Protocol.UDP);
        return new PathTracer(
                new NextHop(model, words, this),
                new FilterDiagnosis(model, words, question),
                new ExternalNetwork(model, words, ProbeResult.NONE),
                record);
    }

    /** The interface that the outer packet must use, where the route would use another one; else empty. */
    private static Optional<String> device(Sent sent, Optional<Router> router) {
        return sent.remote()
                .via()
                .or(() -> sent.device().link().layer().vxlan().orElseThrow().device())
                .filter(name -> router.filter(
                                one -> one.way(sent.remote().address()).out().equals(PacketDevice.named(name)))
                        .isEmpty());
    }

    private static void reword(List<PathStep> steps, UnaryOperator<StepFinding> words) {
        int last = steps.size() - 1;
        PathStep step = steps.get(last);
        steps.set(last, new PathStep(step.leg(), step.at(), step.title(), words.apply(step.finding())));
    }

    /** The tunnels on the path of a frame that arrived, one step for each. */
    List<PathStep> crossings(FramePath path) {
        List<PathStep> steps = new ArrayList<>();
        path.spots().stream().filter(TunnelTracer::sends).forEach(spot -> passages.entrySet().stream()
                .filter(entry -> entry.getKey().device().equals(spot.end())
                        && entry.getValue().end().isPresent()
                        && path.spots()
                                .contains(
                                        new FramePosition(entry.getValue().end().get(), true)))
                .findFirst()
                .ifPresent(entry -> steps.add(entry.getValue().steps().get(0))));
        return steps;
    }

    static boolean sends(FramePosition spot) {
        return !spot.incoming() && spot.end().link().layer().vxlan().isPresent();
    }

    /**
     * Why frames get lost in tunnels: the steps of the first outer packet that is lost. Empty where none is.
     *
     * @param wired all positions that the frame reaches where all tunnels work
     * @param paths of the frame to its receiver; empty where there is none
     * @param to the receiver's MAC address; empty for a broadcast
     * @param from the sender's MAC address; empty where it is not known
     */
    List<PathStep> lost(Flooded wired, List<FramePath> paths, Optional<MacAddress> to, Optional<MacAddress> from) {
        List<FramePosition> spots = paths.isEmpty()
                ? wired.before().keySet().stream().toList()
                : paths.get(0).spots();
        for (FramePosition spot :
                spots.stream().filter(spot -> sends(spot) && spot.end().up()).toList()) {
            Interface device = spot.end();
            Optional<List<Remote>> remotes = remotes(device, to);
            if (remotes.isPresent() && remotes.get().isEmpty()) {
                return List.of(step(device, faults.without(device, to)));
            }
            for (Remote remote : remotes.orElse(List.of())) {
                Passage passage = passage(new Sent(device, remote));
                if (passage.stopped().orElse(null) instanceof Broken) {
                    return passage.steps();
                }
                Optional<ForwardingTable.Entry> entry =
                        passage.end().flatMap(end -> refused(end, from, passage.source()));
                if (entry.isPresent()) {
                    return List.of(step(device, faults.set(passage.end().get(), entry.get(), passage.source())));
                }
            }
        }
        return List.of();
    }

    private PathStep step(Interface device, StepFinding finding) {
        return new PathStep(
                PathStep.Direction.THERE,
                Optional.of(device.at()),
                say("step.tunnel", "interface", words.end(device)),
                finding);
    }
}
