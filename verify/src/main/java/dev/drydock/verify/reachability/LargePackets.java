package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What happens to large packets where a small one gets through.
 *
 * @param asked their size in bytes with the IP header; empty for the largest ones that the sender uses
 */
public record LargePackets(NetworkModel model, ReachabilityQuery question, OptionalInt asked) {
    /** Of these facts. */
    public static LargePackets of(Facts facts, ReachabilityQuery question, OptionalInt asked) {
        return new LargePackets(NetworkModel.of(facts), question, asked);
    }

    /** One run with large packets. */
    private record Large(PacketSizes load, Reachability.Followed followed, Optional<SizeDiagnosis.Answerer> answerer) {
        Reachability reach() {
            return followed.reach();
        }

        /** Whether the answer is the packet that gets lost. */
        boolean breaksOnTheWayBack() {
            return reach().breaking()
                    .filter(step -> step.leg() == PathStep.Direction.BACK)
                    .isPresent();
        }

        int size() {
            return breaksOnTheWayBack() ? load.back() : load.there();
        }
    }

    /** The pings with large packets that check the result; empty where there is nothing to check. */
    public Set<ActiveProbe> probes() {
        return large(Map.of()).map(this::probes).orElse(Set.of());
    }

    private Set<ActiveProbe> probes(Large large) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        if (large.reach().broken().isPresent() || (asked.isPresent() && isPing())) {
            ping(large, large.size()).ifPresent(probes::add);
        }
        if (!probes.isEmpty() && !isPing()) {
            ping(large, 0).ifPresent(probes::add);
        }
        return probes;
    }

    private boolean isPing() {
        return question.port().isEmpty();
    }

    /**
     * The ping in the direction in which packets get lost. Empty where the answer gets lost and the asker's address was translated, so that the
     * other end cannot ping it.
     */
    private Optional<ActiveProbe.Ping> ping(Large large, int size) {
        if (isPing() || !large.breaksOnTheWayBack()) {
            return Optional.of(new ActiveProbe.Ping(question.from(), question.to(), size));
        }
        Optional<Node> source = model.node(question.from());
        return large.answerer()
                .filter(answerer ->
                        source.filter(node -> node.has(answerer.to())).isPresent())
                .map(answerer ->
                        new ActiveProbe.Ping(scope(answerer.at()), answerer.to().text(), size));
    }

    private Scope scope(Node node) {
        Scope scope = new PathWording(model, question.from()).scope(node);
        return new Scope(Optional.of(node.host().name()), scope.kind(), scope.name());
    }

    /**
     * The result. Empty where a small packet does not get through either. Without {@link #asked} also empty where large packets get through, or
     * that is not known.
     */
    public Optional<Reachability> found() {
        return large(Map.of()).flatMap(large -> {
            Reachability told = told(large);
            boolean says = asked.isPresent() || told.verdict() == Reachability.Verdict.BROKEN;
            return Optional.of(told).filter(one -> says);
        });
    }

    private Reachability told(Large large) {
        Reachability reach = large.reach();
        ProbeResult probe = reach.broken().isPresent() || isPing() ? tried(large) : ProbeResult.of(model, question);
        return new Reachability(
                question,
                reach.stages().stream().map(step -> mended(large, step)).toList(),
                reach.fate(),
                probe,
                reach.nameless(),
                Optional.empty(),
                new Reachability.Beside(OptionalInt.of(large.size()), Optional.empty(), Optional.empty()));
    }

    private ProbeResult tried(Large large) {
        Optional<ProbeResult> small = isPing() ? Optional.empty() : shown(large, 0);
        return small.filter(result -> !result.answered()).isPresent()
                ? ProbeResult.NONE
                : shown(large, large.size()).orElse(ProbeResult.NONE);
    }

    private Optional<ProbeResult> shown(Large large, int size) {
        Optional<ActiveProbe.Ping> ping = ping(large, size);
        Optional<ProbeCapture> capture = ping.flatMap(model.facts()::capture);
        return capture.map(one -> ProbeResult.ping(model, ping.get().in(), one));
    }

    /** The step with the command that raises an MTU, where the packets get through with it. */
    private PathStep mended(Large large, PathStep step) {
        Optional<Broken> broken = StepFinding.broken(step.finding())
                .filter(one -> one.cause() == Cause.MTU
                        && one.command().isEmpty()
                        && one.where().size() == 1);
        if (broken.isEmpty()) {
            return step;
        }
        Interface end = broken.get().where().get(0);
        // what stands on another interface takes no more than that one leaves
        boolean mends = end.link().kind().equals("veth")
                && large(Map.of(end, large.size()))
                        .filter(again -> again.reach().holds())
                        .isPresent();
        String command = new PathWording(model, question.from())
                .change(end.at(), "link set " + LearnerCommand.quoted(end.name()) + " mtu " + large.size());
        Broken told = broken.get();
        return new PathStep(
                step.leg(),
                step.at(),
                step.title(),
                new Broken(
                        told.cause(),
                        told.found(),
                        told.evidence(),
                        told.mend(),
                        Optional.of(command).filter(one -> mends),
                        told.where()));
    }

    /** Follows large packets. Empty where a small packet does not get through, or a multipath route is on the way. */
    private Optional<Large> large(Map<Interface, Integer> assumed) {
        FlowForks forks = FlowForks.first();
        Reachability.Followed small = follow(new PacketSizes(0, 0, assumed), forks);
        // where a flow may take several ways, sizes are not followed
        Optional<SizeDiagnosis.Largest> largest = small.largest()
                .filter(any -> small.reach().broken().isEmpty() && forks.next().isEmpty());
        return largest.map(most -> load(most, assumed))
                .filter(load -> load.there() > 0)
                .map(load -> new Large(
                        load, follow(load, FlowForks.first()), largest.flatMap(SizeDiagnosis.Largest::answerer)));
    }

    private Reachability.Followed follow(PacketSizes load, FlowForks forks) {
        return Reachability.follow(model, question, ProbeResult.NONE, load, forks);
    }

    private PacketSizes load(SizeDiagnosis.Largest most, Map<Interface, Integer> assumed) {
        int wanted = asked.orElse(most.there());
        return question.protocol() == Protocol.TCP
                ? new PacketSizes(
                        Math.min(asked.orElse(Integer.MAX_VALUE), most.segmentThere()),
                        Math.min(asked.orElse(Integer.MAX_VALUE), most.segmentBack()),
                        assumed)
                : new PacketSizes(wanted, wanted, assumed);
    }
}
