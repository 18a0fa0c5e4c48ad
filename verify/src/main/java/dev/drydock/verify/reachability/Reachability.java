package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why one place can or cannot reach another.
 *
 * @param stages the causal chain; nothing follows a link that is broken, or that cannot be told
 * @param fate what becomes of the packet; behind Docker's proxy, of the one that the proxy makes
 * @param probe what the real probe of the same moment showed
 */
public record Reachability(ReachabilityQuery question, List<PathStep> stages, Disposition fate, ProbeResult probe) {
    /** What model and probe say together. */
    public enum Verdict {
        REACHES,
        /** A link is broken, and no answer came. */
        BROKEN,
        /** The model could not follow the packet to its end, or it contradicts the probe. */
        CANNOT_TELL
    }

    public Reachability {
        stages = List.copyOf(stages);
    }

    /** What must be read beyond a sweep, whatever the question: what decides the way of packets in every namespace. */
    public static Set<ActiveProbe> readings() {
        return Set.of(new ActiveProbe.PacketFilters());
    }

    /** What must be tried, once it is known what there is: the real probe, what is behind a published port, and what a name means. */
    public static Set<ActiveProbe> probes(Facts before, ReachabilityQuery question) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        ExternalNetwork.asked(question).ifPresent(probes::add);
        question.port().ifPresent(port -> probes.addAll(LocalDelivery.probes(before, port)));
        probes.addAll(names(question));
        return probes;
    }

    /** What asks for the name that is to be reached, where it is one. */
    public static Set<ActiveProbe> names(ReachabilityQuery question) {
        return isName(question) ? Set.of(NameResolution.probe(question.from(), question.to())) : Set.of();
    }

    /** Why somebody was reached who should not be: the source may be in the very subnet. */
    public static Optional<Message> whyReached(Facts facts, Scope from, String to) {
        NetworkModel model = NetworkModel.of(facts);
        PathWording words = new PathWording(model, from);
        return IpAddress.tryParse(to).flatMap(address -> model.node(from)
                .flatMap(source -> EndpointDiagnosis.inSubnet(words, source, address)));
    }

    /** Why a name has no address for a place whose name server was asked; empty where it was not, or nobody can tell. */
    public static Optional<StepFinding.Broken> unresolved(Facts facts, Scope from, String name) {
        return StepFinding.broken(new NameResolution(NetworkModel.of(facts), from, name).missing(ProbeResult.NONE));
    }

    /** Why a namespace does not get to its gateway by this interface; empty where it does, or nobody can tell. */
    public static Optional<Cause> toGateway(NetworkModel model, Interface out, IpAddress gateway) {
        NextHop hop = new NextHop(model, new PathWording(model, Scope.LAB_HOST));
        return StepFinding.broken(hop.deliver(out, gateway, true).finding()).map(StepFinding.Broken::cause);
    }

    private static boolean isName(ReachabilityQuery question) {
        return !question.to().isEmpty()
                && !question.to().equals(NameResolution.LOCALHOST)
                && IpAddress.tryParse(question.to()).isEmpty();
    }

    /** Follows the packet and its answer. */
    public static Reachability of(Facts facts, ReachabilityQuery question) {
        NetworkModel model = NetworkModel.of(facts);
        return of(model, question, ProbeResult.of(model, question));
    }

    /** Follows the packet and its answer, and says it of this probe. */
    public static Reachability of(Facts facts, ReachabilityQuery question, ProbeResult probe) {
        return of(NetworkModel.of(facts), question, probe);
    }

    private static Reachability of(NetworkModel model, ReachabilityQuery question, ProbeResult probe) {
        PathRecord trace = new PathRecord();
        Course course = new Course(model, question, trace, probe);
        course.run();
        if (trace.broken().isPresent()) {
            trace.add(say("step.rest"), new StepFinding.NotReached());
        }
        return new Reachability(question, trace.all(), trace.fate(), course.probe);
    }

    /** The link that is broken. */
    public Optional<StepFinding.Broken> broken() {
        return breaking().flatMap(stage -> StepFinding.broken(stage.finding()));
    }

    /** The step at which the chain breaks; empty where none does. */
    public Optional<PathStep> breaking() {
        return stages.stream()
                .filter(stage -> StepFinding.broken(stage.finding()).isPresent())
                .findFirst();
    }

    /** The link that keeps the packet or its answer from getting through; empty where nobody can tell, or nothing does. */
    public Optional<StepFinding.Broken> why() {
        return verdict() == Verdict.BROKEN ? broken() : Optional.empty();
    }

    /** Whether the model sees the packet and its answer come through. */
    public boolean holds() {
        return !stages.isEmpty() && stages.stream().allMatch(stage -> stage.finding() instanceof StepFinding.Holds);
    }

    public Verdict verdict() {
        if (disagree()) {
            return Verdict.CANNOT_TELL;
        }
        if (broken().isPresent()) {
            return Verdict.BROKEN;
        }
        return holds() || probe.answered() ? Verdict.REACHES : Verdict.CANNOT_TELL;
    }

    /** Whether the model and the real probe contradict each other. */
    public boolean disagree() {
        return broken().isPresent() ? probe.contradicts(broken().get().cause(), fate) : probe.failed() && holds();
    }

    /** One question's way through the world, told to a trail. */
    private static final class Course {
        private final NetworkModel model;
        private final ReachabilityQuery question;
        private final PathRecord trace;
        private ProbeResult probe;

        Course(NetworkModel model, ReachabilityQuery question, PathRecord trace, ProbeResult probe) {
            this.model = model;
            this.question = question;
            this.trace = trace;
            this.probe = probe;
        }

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
            Optional<IpAddress> to = IpAddress.tryParse(question.to()).or(this::resolved);
            if (to.isEmpty()) {
                return;
            }
            if (to.get().isIpv6()) {
                LocalDelivery delivery = new LocalDelivery(model, words, new FilterDiagnosis(model, words, question));
                new Ipv6Path(model, words, delivery, trace).follow(source.get(), to.get(), question.port());
                return;
            }
            connection(words, source.get(), to.get());
        }

        private Optional<IpAddress> resolved() {
            NameResolution resolution = new NameResolution(model, question.from(), question.to());
            Optional<IpAddress> address = resolution.address();
            Message title = say("step.name", "name", question.to());
            if (address.isEmpty()) {
                trace.add(title, resolution.missing(probe));
            } else if (probe.failed() && resolution.isAmbiguous()) {
                trace.cannotTell(title, say("unclear.several-addresses"));
                return Optional.empty();
            } else {
                trace.holds(title, resolution.resolved(address.get()));
            }
            return address;
        }

        private void connection(PathWording words, Node source, IpAddress to) {
            Optional<Router> router = model.router(source);
            if (router.isEmpty()) {
                trace.cannotTell(
                        say("step.route", "place", words.place(source)),
                        say("unclear.interfaces-or-routes", "place", words.place(source)));
                return;
            }
            Optional<IpAddress> from = router.get().sourceFor(to);
            FilterDiagnosis filters = new FilterDiagnosis(model, words, question);
            // a packet without a source is stopped by the lack of a route or of an address, whichever comes first
            Header header = header(from.orElse(new IpAddress("0.0.0.0")), to);
            ExternalNetwork external = new ExternalNetwork(model, words, probe);
            PathTracer tracer = new PathTracer(model, words, filters, external, trace);
            if (from.isEmpty() && router.get().way(to).kind() == RouteLookup.Kind.ON) {
                trace.holds(
                        say("step.route", "place", words.place(source)),
                        router.get().way(to).words());
                trace.add(
                        say("step.address", "place", words.place(source)),
                        EndpointDiagnosis.addressless(model, words, source));
                return;
            }
            Optional<PathTracer.Arrival> arrival = tracer.there(source, header);
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
            } else if (!answered(words, filters, arrival.get())) {
                return;
            }
            tracer.back(source, header, arrival.get());
        }

        /** Whether somebody answers where the packet arrived, Docker's proxy and who is behind it included. */
        private boolean answered(PathWording words, FilterDiagnosis filters, PathTracer.Arrival arrival) {
            LocalDelivery delivery = new LocalDelivery(model, words, filters);
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
                    answer.finding());
            if (!(answer.finding() instanceof StepFinding.Holds)) {
                return false;
            }
            if (answer.behind().isEmpty()) {
                return true;
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
            probe = probe.behindProxy(delivery.tried(at, answer.behind().get()));
            PathTracer second = new PathTracer(model, words, filters, new ExternalNetwork(model, words, probe), trace);
            Optional<PathTracer.Arrival> behind = second.there(at, onward.get());
            if (behind.isEmpty() || behind.get().at().isEmpty()) {
                return false;
            }
            StepFinding there =
                    delivery.behindProxy(behind.get(), answer.behind().get());
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

        private Header header(IpAddress from, IpAddress to) {
            return new Header(
                    from,
                    to,
                    question.port().isPresent() ? Protocol.TCP : Protocol.ICMP,
                    question.port().isPresent() ? Ports.EPHEMERAL : Ports.NONE,
                    question.port().map(Ports::of).orElse(Ports.NONE));
        }
    }
}
