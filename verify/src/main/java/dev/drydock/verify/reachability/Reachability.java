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
 * Why one place can or cannot reach another.
 *
 * @param stages the causal chain; nothing follows a link that is broken, or that cannot be told
 * @param fate what becomes of the packet; behind Docker's proxy, of the one that the proxy makes
 * @param probe what the real probe of the same moment showed
 * @param nameless why the asker's programs do not know the name by which a place was asked for, so that it is the place's address that was
 *     followed; empty where they do, or no name was to be resolved
 * @param branches where a multipath route has several next hops; empty where there is one way
 * @param beside what is known beside the chain
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
     * What the chain does not tell.
     *
     * @param size of the packet that was followed, in bytes with its IP header; empty for one as small as its kind has it
     * @param large where this one passes and larger ones do not: the same question with such a one
     * @param stale an entry of connection tracking by which packets that go on with their ports are sent elsewhere than the rules say now; empty
     *     where there is none, or none was read
     */
    public record Beside(OptionalInt size, Optional<Reachability> large, Optional<StepFinding.Broken> stale) {
        /** Of a small packet, and nothing else to be said. */
        public static final Beside NOTHING = new Beside(OptionalInt.empty(), Optional.empty(), Optional.empty());

        Beside withEvidence(UnaryOperator<Evidence> shown) {
            return new Beside(
                    size, large.map(more -> more.withEvidence(shown)), stale.map(old -> old.withEvidence(shown)));
        }
    }

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
        Objects.requireNonNull(branches);
    }

    /** Where no name had to be resolved. */
    public Reachability(ReachabilityQuery question, List<PathStep> stages, Disposition fate, ProbeResult probe) {
        this(question, stages, fate, probe, Optional.empty(), Optional.empty(), Beside.NOTHING);
    }

    /** The same, with what is known of the other ways that a flow may take. */
    Reachability branching(FlowBranches branches) {
        return new Reachability(question, stages, fate, probe, nameless, Optional.of(branches), beside);
    }

    /** The same, with something to be said beside the chain. */
    public Reachability with(Beside more) {
        return new Reachability(question, stages, fate, probe, nameless, branches, more);
    }

    /** The same, with what becomes of larger packets. */
    public Reachability with(Optional<Reachability> larger) {
        return with(new Beside(beside.size, larger, beside.stale));
    }

    /** Whether a ping is what checked it. */
    public boolean isPinged() {
        return question.port().isEmpty() || (beside.size.isPresent() && broken().isPresent());
    }

    /** What must be read beyond a sweep, whatever the question: what decides the way of packets in every namespace. */
    public static Set<ActiveProbe> readings() {
        return Set.of(new ActiveProbe.PacketFilters());
    }

    /** What must be tried, once it is known what there is: the real probe, what is behind a published port, and what a name means. */
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

    /** What asks for the name that is to be reached, where it is one, or that of the place which is. */
    public static Set<ActiveProbe> names(ReachabilityQuery question) {
        return name(question).map(name -> NameResolution.probe(question.from(), name)).stream()
                .collect(Collectors.toSet());
    }

    /** What must be tried as well, now that no name server answered; none where nothing more is to be learnt. */
    public static Set<ActiveProbe> further(Facts facts, ReachabilityQuery question) {
        NetworkModel model = NetworkModel.of(facts);
        PathRecord trace = new PathRecord(FlowForks.first());
        Course course = new Course(model, question, trace, ProbeResult.of(model, question), Load.SMALL);
        course.run();
        return name(question)
                .flatMap(name -> new NameResolution(model, question.from(), name).unanswered())
                .filter(way -> question.name().isEmpty())
                .map(NameServerWay::probes)
                .orElseGet(() -> TrafficControl.of(trace, course.probe(), model, question.from())
                        .probes());
    }

    /** The question at the address that its name has for who asks; the same where it asks for no place by name, or the name has none. */
    public static ReachabilityQuery named(Facts facts, ReachabilityQuery question) {
        return question.name()
                .flatMap(name -> new NameResolution(NetworkModel.of(facts), question.from(), name).address())
                .filter(address -> !address.isIpv6())
                .filter(address ->
                        question.target().flatMap(NetworkModel.of(facts)::node).isPresent())
                .map(question::at)
                .orElse(question);
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
        PathWording words = new PathWording(model, question.from());
        return FlowBranches.of(words, forks -> {
            Followed followed = follow(model, question, probe, Load.SMALL, forks);
            Optional<StepFinding.Broken> stale = new StaleEntries(model, words, followed.crossings()).first();
            return followed.reach().with(new Beside(OptionalInt.empty(), Optional.empty(), stale));
        });
    }

    /**
     * How it went with packets of some size.
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
            NetworkModel model, ReachabilityQuery question, ProbeResult probe, Load load, FlowForks forks) {
        PathRecord trace = new PathRecord(forks);
        Course course = new Course(model, question, trace, probe, load);
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

    /** The same, with no command promised to mend it. */
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

    /** The same with other evidence in each place of some: as its command really shows it. */
    public Reachability withEvidence(UnaryOperator<Evidence> shown) {
        List<PathStep> seen = breaking(broken -> broken.withEvidence(shown));
        Optional<StepFinding> unknown = nameless.map(finding -> StepFinding.broken(finding)
                .<StepFinding>map(broken -> broken.withEvidence(shown))
                .orElse(finding));
        return new Reachability(question, seen, fate, probe, unknown, branches, beside.withEvidence(shown));
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

    /** Whether the model and the real probe contradict each other. */
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

    /** Whether it breaks before there is an address: the name has none, or its servers do not answer. */
    public boolean isNameless() {
        return breaking()
                .filter(step -> step.leg() == PathStep.Direction.NAME
                        && broken().orElseThrow().cause() != Cause.STALE_NAME)
                .isPresent();
    }
}
