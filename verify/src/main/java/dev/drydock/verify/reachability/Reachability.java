package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Why one namespace can or cannot reach another. Immutable.
 *
 * @param stages the steps of the packet and its answer; the last one is broken, or not known, where the packet does not get through
 * @param fate what happened to the packet; behind Docker's proxy, to the packet of the proxy's own connection
 * @param probe the result of the real probe, taken together with the facts
 * @param nameless why the name in the query does not resolve, so that the target's own address was followed; empty where it resolves, or the query
 *     has no name
 * @param branches the outcomes for each next hop of a multipath route; empty where there is only one way
 * @param beside further findings
 */
public record Reachability(
        ReachabilityQuery question,
        List<PathStep> stages,
        Disposition fate,
        ProbeResult probe,
        Optional<StepFinding> nameless,
        Optional<FlowBranches> branches,
        Beside beside) {
    /**
     * Findings that are not steps of the packet's way.
     *
     * @param size bytes of the packet with its IP header; empty for the usual small packet
     * @param large where a small packet gets through and a large one does not: the result for the large one; else empty
     * @param stale a conntrack entry that still sends packets with known ports where the rules no longer do; empty where there is none, or none was
     *     read
     */
    public record Beside(OptionalInt size, Optional<Reachability> large, Optional<StepFinding.Broken> stale) {
        /** No findings, for a small packet. */
        public static final Beside NOTHING = new Beside(OptionalInt.empty(), Optional.empty(), Optional.empty());

        Beside withEvidence(UnaryOperator<Evidence> shown) {
            return new Beside(
                    size, large.map(more -> more.withEvidence(shown)), stale.map(old -> old.withEvidence(shown)));
        }
    }

    /** The conclusion from model and probe. */
    public enum Verdict {
        REACHES,
        /** A step is broken, and no answer came. */
        BROKEN,
        /** The model could not follow the packet to its end, or contradicts the probe. */
        CANNOT_TELL
    }

    public Reachability {
        stages = List.copyOf(stages);
        Objects.requireNonNull(branches);
    }

    /** A result for a query without a name. */
    public Reachability(ReachabilityQuery question, List<PathStep> stages, Disposition fate, ProbeResult probe) {
        this(question, stages, fate, probe, Optional.empty(), Optional.empty(), Beside.NOTHING);
    }

    /** The result with a summary for all next hops. */
    Reachability branching(FlowBranches branches) {
        return new Reachability(question, stages, fate, probe, nameless, Optional.of(branches), beside);
    }

    /** The result with these further findings. */
    public Reachability with(Beside more) {
        return new Reachability(question, stages, fate, probe, nameless, branches, more);
    }

    /** The result with the outcome for large packets. */
    public Reachability with(Optional<Reachability> larger) {
        return with(new Beside(beside.size, larger, beside.stale));
    }

    /** Whether a ping is the probe that checked the result. */
    public boolean isPinged() {
        return question.port().isEmpty() || (beside.size.isPresent() && broken().isPresent());
    }

    /** The probes that every query needs in addition to the sweep: the packet filters of all namespaces. */
    public static Set<ActiveProbe> readings() {
        return Set.of(new ActiveProbe.PacketFilters());
    }

    /**
     * The probes for a query: the real connection or ping, the containers behind a published port, the name, and conntrack entries.
     *
     * @param before the facts that were read so far
     */
    public static Set<ActiveProbe> probes(Facts before, ReachabilityQuery question) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        ExternalNetwork.asked(question).ifPresent(probes::add);
        question.port()
                .filter(port -> question.protocol() == Protocol.TCP)
                .ifPresent(port -> probes.addAll(LocalDelivery.probes(before, port, Protocol.TCP)));
        probes.addAll(names(question));
        probes.addAll(StaleEntries.of(NetworkModel.of(before), question).probes());
        return probes;
    }

    /** The DNS probe for the name in the query; empty where it has none. */
    public static Set<ActiveProbe> names(ReachabilityQuery question) {
        return name(question).map(name -> NameResolution.probe(question.from(), name)).stream()
                .collect(Collectors.toSet());
    }

    /**
     * The probes that are still needed after the first ones: for a silent name server, or else for traffic control. Empty where nothing more can be
     * found out.
     */
    public static Set<ActiveProbe> further(Facts facts, ReachabilityQuery question) {
        NetworkModel model = NetworkModel.of(facts);
        PathRecord trace = new PathRecord(FlowForks.first());
        RoundTrip course = new RoundTrip(model, question, trace, ProbeResult.of(model, question), PacketSizes.SMALL);
        course.run();
        return name(question)
                .flatMap(name -> new NameResolution(model, question.from(), name).unanswered())
                .filter(way -> question.name().isEmpty())
                .map(NameServerDiagnosis::probes)
                .orElseGet(() -> TrafficControl.of(trace, course.probe(), model, question.from())
                        .probes());
    }

    /**
     * The query with the address that its name has for the asking namespace. The same query where it has no name or no target, or the name has no
     * IPv4 address.
     */
    public static ReachabilityQuery named(Facts facts, ReachabilityQuery question) {
        return question.name()
                .flatMap(name -> new NameResolution(NetworkModel.of(facts), question.from(), name).address())
                .filter(address -> !address.isIpv6())
                .filter(address ->
                        question.target().flatMap(NetworkModel.of(facts)::node).isPresent())
                .map(question::at)
                .orElse(question);
    }

    /**
     * Why the target was reached although it should not be: the source has an address in the same subnet. Empty where that is not so.
     *
     * @param to an address; for other texts the result is empty
     */
    public static Optional<Message> whyReached(Facts facts, Scope from, String to) {
        NetworkModel model = NetworkModel.of(facts);
        PathWording words = new PathWording(model, from);
        return IpAddress.tryParse(to).flatMap(address -> model.node(from)
                .flatMap(source -> EndpointDiagnosis.inSubnet(words, source, address)));
    }

    /** Why the name does not resolve; empty where it does, or the reason is not known. */
    public static Optional<StepFinding.Broken> unresolved(Facts facts, Scope from, String name) {
        return Optional.of(of(facts, ReachabilityQuery.of(from, name, Optional.empty()), ProbeResult.NONE))
                .filter(Reachability::isNameless)
                .flatMap(Reachability::why);
    }

    private static Optional<String> name(ReachabilityQuery question) {
        return question.name().or(() -> Optional.of(question.to())
                .filter(to -> !to.isEmpty()
                        && !to.equals(NameResolution.LOCALHOST)
                        && ZonedAddress.tryParse(to).isEmpty()));
    }

    /** Follows the packet and its answer, and compares the outcome with the probe in the facts. */
    public static Reachability of(Facts facts, ReachabilityQuery question) {
        NetworkModel model = NetworkModel.of(facts);
        return of(model, question, ProbeResult.of(model, question));
    }

    /** Follows the packet and its answer, and compares the outcome with this probe. */
    public static Reachability of(Facts facts, ReachabilityQuery question, ProbeResult probe) {
        return of(NetworkModel.of(facts), question, probe);
    }

    private static Reachability of(NetworkModel model, ReachabilityQuery question, ProbeResult probe) {
        PathWording words = new PathWording(model, question.from());
        return FlowBranches.of(words, forks -> {
            Followed followed = follow(model, question, probe, PacketSizes.SMALL, forks);
            Optional<StepFinding.Broken> stale = new StaleEntries(model, words, followed.crossings()).first();
            return followed.reach().with(new Beside(OptionalInt.empty(), Optional.empty(), stale));
        });
    }

    /**
     * The outcome for packets of one size.
     *
     * @param largest what those that make them send at most; empty where the answer did not get on its way
     * @param crossings how the packet was translated on its way, as far as that goes
     * @param departure where the packet left the last namespace that sent it on, or tried to; empty where none did
     */
    record Followed(
            Reachability reach,
            Optional<SizeDiagnosis.Largest> largest,
            List<StaleEntries.Crossing> crossings,
            Optional<PathRecord.Departure> departure) {}

    /** Follows the packet and its answer with these sizes. */
    static Followed follow(
            NetworkModel model, ReachabilityQuery question, ProbeResult probe, PacketSizes load, FlowForks forks) {
        PathRecord trace = new PathRecord(forks);
        RoundTrip course = new RoundTrip(model, question, trace, probe, load);
        course.run();
        TrafficControl.of(trace, course.probe(), model, question.from()).tell(trace);
        if (trace.broken().isPresent()) {
            trace.add(say("step.rest"), new StepFinding.NotReached());
        }
        return new Followed(
                new Reachability(
                        question,
                        trace.all(),
                        trace.fate(),
                        course.probe(),
                        course.unknown(),
                        Optional.empty(),
                        Beside.NOTHING),
                course.largest(),
                course.crossings(),
                trace.departure());
    }

    /** The finding at the first broken step; empty where no step is broken. */
    public Optional<StepFinding.Broken> broken() {
        return breaking().flatMap(stage -> StepFinding.broken(stage.finding()));
    }

    /** The first broken step; empty where none is. */
    public Optional<PathStep> breaking() {
        return stages.stream()
                .filter(stage -> StepFinding.broken(stage.finding()).isPresent())
                .findFirst();
    }

    /** The result without repair commands. */
    Reachability withoutCommand() {
        return new Reachability(
                question, breaking(StepFinding.Broken::withoutCommand), fate, probe, nameless, branches, beside);
    }

    private List<PathStep> breaking(UnaryOperator<StepFinding.Broken> other) {
        return stages.stream()
                .map(stage -> StepFinding.broken(stage.finding())
                        .map(broken -> new PathStep(stage.leg(), stage.at(), stage.title(), other.apply(broken)))
                        .orElse(stage))
                .toList();
    }

    /** The result with each evidence replaced, for instance by the real output of its command. */
    public Reachability withEvidence(UnaryOperator<Evidence> shown) {
        List<PathStep> seen = breaking(broken -> broken.withEvidence(shown));
        Optional<StepFinding> unknown = nameless.map(finding -> StepFinding.broken(finding)
                .<StepFinding>map(broken -> broken.withEvidence(shown))
                .orElse(finding));
        return new Reachability(question, seen, fate, probe, unknown, branches, beside.withEvidence(shown));
    }

    /** The finding that explains why the packet or its answer is lost; empty unless the verdict is BROKEN. */
    public Optional<StepFinding.Broken> why() {
        return verdict() == Verdict.BROKEN ? broken() : Optional.empty();
    }

    /** Whether in the model the packet and its answer get through. */
    public boolean holds() {
        return !stages.isEmpty() && stages.stream().allMatch(stage -> stage.finding() instanceof StepFinding.Holds);
    }

    /** The conclusion from the model and the probe. Where no step is broken, an answer to the probe is enough for REACHES. */
    public Verdict verdict() {
        boolean unchecked =
                beside.size.isPresent() && broken().isPresent() && probe.kind() == ProbeResult.Kind.NOT_TRIED;
        if (disagree() || unchecked) {
            return Verdict.CANNOT_TELL;
        }
        if (broken().isPresent()) {
            return Verdict.BROKEN;
        }
        return holds() || probe.answered() ? Verdict.REACHES : Verdict.CANNOT_TELL;
    }

    /** Whether the model and the probe contradict each other. */
    public boolean disagree() {
        if (broken().isEmpty()) {
            return probe.failed() && holds();
        }
        boolean slow = stages.stream()
                .anyMatch(stage ->
                        stage.leg() == PathStep.Direction.NAME && stage.finding() instanceof StepFinding.Holds);
        Cause cause = broken().get().cause();
        // another one outside has the address of the place that was asked about
        boolean byAnother = cause == Cause.OVERLAP && question.target().isPresent() && probe.answered();
        return isNameless()
                ? probe.deniesNamelessness(slow)
                : !byAnother && probe.contradicts(breaking().orElseThrow().leg(), cause, fate);
    }

    /** Whether the name has no address, so that no packet could be sent. */
    public boolean isNameless() {
        return breaking()
                .filter(step -> step.leg() == PathStep.Direction.NAME
                        && broken().orElseThrow().cause() != Cause.STALE_NAME)
                .isPresent();
    }
}
