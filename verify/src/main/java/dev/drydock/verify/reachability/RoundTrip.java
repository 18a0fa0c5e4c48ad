package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.PortError;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Follows the packet and the answer of one query and writes the steps to a {@link PathRecord}. Use one instance for one run. */
final class RoundTrip {
    private final NetworkModel model;
    private final ReachabilityQuery question;
    private final PathRecord trace;
    private final PacketSizes load;
    private ProbeResult probe;
    private Optional<StepFinding> unknown = Optional.empty();
    private Optional<SizeDiagnosis.Largest> largest = Optional.empty();
    private List<StaleEntries.Crossing> crossings = List.of();

    RoundTrip(NetworkModel model, ReachabilityQuery question, PathRecord trace, ProbeResult probe, PacketSizes load) {
        this.model = model;
        this.question = question;
        this.trace = trace;
        this.probe = probe;
        this.load = load;
    }

    /** The probe result that applies; behind Docker's proxy that of the proxy's own connection. */
    ProbeResult probe() {
        return probe;
    }

    /** Why the name of the target does not resolve, although its address was followed; empty where it resolves, or no name was asked for. */
    Optional<StepFinding> unknown() {
        return unknown;
    }

    /** The largest packets that both ends send; empty where no answer was sent. */
    Optional<SizeDiagnosis.Largest> largest() {
        return largest;
    }

    /** How its packet was translated on its way, as far as that goes. */
    List<StaleEntries.Crossing> crossings() {
        return crossings;
    }

    /** To be called once. */
    void run() {
        PathWording words = new PathWording(model, question.from());
        Optional<Node> source = model.node(question.from());
        if (source.isEmpty()) {
            trace.add(
                    question.from().name().isEmpty()
                            ? say("step.source")
                            : Message.verbatim(question.from().name()),
                    EndpointDiagnosis.missing(model, question.from()));
            return;
        }
        trace.isIn(source.get());
        Optional<Node> target = question.target().flatMap(model::node);
        if (question.target().isPresent() && target.isEmpty()) {
            trace.add(
                    Message.verbatim(question.target().get().name()),
                    EndpointDiagnosis.missing(model, question.target().get()));
            return;
        }
        if (question.to().isEmpty()) {
            trace.add(
                    say("step.address-of", "place", words.place(target.orElseThrow())),
                    EndpointDiagnosis.addressless(model, words, target.get()));
            return;
        }
        Optional<ZonedAddress> typed = ZonedAddress.tryParse(question.to());
        Optional<IpAddress> to = question.name().isPresent()
                ? called(question.name().get())
                : typed.map(ZonedAddress::address)
                        .map(address -> UnspecifiedAddress.meant(trace, address))
                        .or(() -> resolved(question.to()));
        if (to.isEmpty()) {
            return;
        }
        connection(words, source.get(), to.get(), typed.flatMap(ZonedAddress::zone));
    }

    /** The address at which a place is called by its name: what the name is, else the place's own. */
    private Optional<IpAddress> called(String name) {
        NameResolution resolution = new NameResolution(model, question.from(), name);
        if (!resolution.isAsked()) {
            return IpAddress.tryParse(question.to());
        }
        if (resolution.address().isPresent()) {
            return resolved(name);
        }
        unknown = Optional.of(resolution.missing());
        return IpAddress.tryParse(question.to());
    }

    private Optional<IpAddress> resolved(String name) {
        trace.follow(PathStep.Direction.NAME);
        NameResolution resolution = new NameResolution(model, question.from(), name);
        Optional<IpAddress> address = resolution.address();
        Message title = say("step.name", "name", name);
        if (address.isEmpty()) {
            Optional<NameServerDiagnosis> way = resolution.unanswered();
            way.ifPresent(unanswered -> unanswered.follow(trace));
            if (way.isEmpty()) {
                trace.add(title, resolution.missing());
            }
            return Optional.empty();
        }
        if (question.name().isEmpty()) {
            List<IpAddress> all = resolution.addresses();
            Optional<IpAddress> pinged = probe.pinged().filter(one -> one.isIpv6() && !all.contains(one));
            if (pinged.isPresent()) {
                trace.holds(title, say("holds.name-by-ping", "address", pinged.get()));
                trace.follow(PathStep.Direction.THERE);
                return pinged;
            }
            address = Optional.of(
                    trace.forks().address(model.node(question.from()).orElseThrow(), all));
        }
        Optional<StepFinding.Broken> stale = probe.failed() ? resolution.stale(address.get()) : Optional.empty();
        if (stale.isPresent()) {
            trace.add(title, stale.get());
            return Optional.empty();
        }
        trace.holds(title, resolution.resolved(address.get()));
        trace.follow(PathStep.Direction.THERE);
        return address;
    }

    private void connection(PathWording words, Node source, IpAddress to, Optional<String> zone) {
        Optional<Router> router =
                model.router(source).map(one -> zone.isEmpty() || one.isLocal(to) ? one : one.leavingBy(zone));
        if (router.isEmpty()) {
            trace.cannotTell(
                    say("step.route", "place", words.place(source)),
                    say("unclear.interfaces-or-routes", "place", words.place(source)));
            return;
        }
        Optional<IpAddress> from =
                trace.forks().source(source, router.get(), to, question.port().isEmpty());
        FilterDiagnosis filters = new FilterDiagnosis(model, words, question);
        // a packet without a source is stopped by the lack of a route or of an address, whichever comes first
        Header header = header(from.orElse(new IpAddress(to.isIpv6() ? "::" : "0.0.0.0")), to);
        ExternalNetwork external = new ExternalNetwork(model, words, probe);
        NextHop nextHop = new NextHop(model, words);
        ConnectionTracking connections = new ConnectionTracking();
        PathTracer tracer = new PathTracer(nextHop, filters, external, trace, load, connections);
        if (from.isEmpty() && router.get().way(to).kind() == RouteLookup.Kind.ON) {
            trace.holds(
                    say("step.route", "place", words.place(source)),
                    router.get().way(to).words());
            trace.add(
                    say("step.address", "place", words.place(source)),
                    EndpointDiagnosis.addressless(model, words, source));
            return;
        }
        Optional<Arrival> arrival = tracer.there(source, header, zone);
        crossings = tracer.crossings();
        if (arrival.isEmpty()) {
            return;
        }
        if (arrival.get().at().isEmpty()) {
            Optional<StepFinding.Broken> refused = external.refused();
            if (refused.isPresent()) {
                trace.add(say("step.outside"), refused.get());
                return;
            }
            trace.holds(
                    say("step.outside"),
                    say("holds.beyond", "place", words.place(arrival.get().last())));
        } else if (!answered(
                words, filters, arrival.get(), refusal -> refused(words, tracer, source, refusal, arrival.get()))) {
            return;
        }
        tracer.back(source, header, arrival.get());
        largest = Optional.of(tracer.largest());
        if (load.equals(PacketSizes.SMALL)) {
            new LaterPacket(nextHop, filters, external, trace, connections).follow(source, header, zone);
        }
    }

    /**
     * Whether the arrived packet is answered: the kernel replies to a ping, a process listens at the port, and behind Docker's proxy also the
     * container.
     */
    private boolean answered(
            PathWording words, FilterDiagnosis filters, Arrival arrival, UnaryOperator<StepFinding> refused) {
        LocalDelivery delivery = new LocalDelivery(model, words, filters, question.protocol());
        LocalDelivery.Answer answer = delivery.at(arrival, question);
        Node at = arrival.at().orElseThrow();
        trace.add(
                question.port().isPresent()
                        ? say(
                                "step.port",
                                "port",
                                arrival.header().destinationPort().first(),
                                "place",
                                words.place(at))
                        : say("step.echo", "place", words.place(at)),
                refused.apply(answer.finding()));
        if (!(answer.finding() instanceof StepFinding.Holds)) {
            return false;
        }
        if (answer.behind().isEmpty()) {
            return new DatagramAnswer(model, words).comesBack(trace, arrival, probe);
        }
        Optional<Header> onward = delivery.proxied(at, answer.behind().get(), arrival.header());
        if (onward.isEmpty()) {
            trace.cannotTell(say("step.proxy"), say("unclear.proxy"));
            return false;
        }
        trace.holds(
                say("step.proxy"),
                say(
                        "holds.proxy",
                        "address",
                        onward.get().destination(),
                        "port",
                        onward.get().destinationPort().first()));
        trace.packetIs(Disposition.HELD);
        probe = probe.behindProxy(question, delivery.tried(at, answer.behind().get()));
        PathTracer second =
                new PathTracer(new NextHop(model, words), filters, new ExternalNetwork(model, words, probe), trace);
        Optional<Arrival> behind = second.there(at, onward.get(), Optional.empty());
        if (behind.isEmpty() || behind.get().at().isEmpty()) {
            return false;
        }
        StepFinding there = delivery.behindProxy(behind.get(), answer.behind().get());
        trace.add(
                say(
                        "step.port",
                        "port",
                        onward.get().destinationPort().first(),
                        "place",
                        words.place(behind.get().at().get())),
                there);
        if (there instanceof StepFinding.Holds) {
            second.back(at, onward.get(), behind.get());
        }
        return trace.broken().isEmpty() && !trace.unknown();
    }

    /** The finding at a door that a datagram found closed, with the reason why its sender was not told, as the probe shows. */
    private StepFinding refused(
            PathWording words, PathTracer tracer, Node source, StepFinding finding, Arrival arrival) {
        Packet datagram = Packet.of(arrival.header(), PacketDevice.named(arrival.device()), false);
        return StepFinding.broken(finding)
                .filter(broken -> probe.kind() == ProbeResult.Kind.UNWANTED)
                .flatMap(broken -> PortError.of(datagram)
                        .flatMap(error -> tracer.errorLost(arrival.at().orElseThrow(), error, source, false))
                        .flatMap(StepFinding::broken)
                        .<StepFinding>map(lost -> broken.saying(said -> say(
                                "broken.refusal-lost",
                                "refusal",
                                said,
                                "place",
                                words.place(source),
                                "why",
                                lost.found()))))
                .orElse(finding);
    }

    private Header header(IpAddress from, IpAddress to) {
        return new Header(
                from,
                to,
                question.protocol() == Protocol.ICMP ? Protocol.icmp(to.isIpv6()) : question.protocol(),
                question.port().isPresent() ? Ports.EPHEMERAL : Ports.NONE,
                question.port().map(Ports::of).orElse(Ports.NONE));
    }
}
