package dev.drydock.engine.session;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Diagnosed;
import dev.drydock.verify.expect.DnsAnswer;
import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.HttpAnswer;
import dev.drydock.verify.expect.PingReach;
import dev.drydock.verify.expect.TcpResult;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.DatagramProbe;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.SilentProbes;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.topology.Fault;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether all who tell a learner what is wrong name the same cause of the same facts:
 *
 * <ol>
 *   <li>a goal that asks the same thing and is not met, by ping, connection, web or name, names that of {@code why};
 *   <li>a trace that names a cause names that of {@code why};
 *   <li>where {@code why} blames an interface, and the picture of the network marks that interface with causes, its cause is among these; a
 *       gateway that nothing has, of the namespace at which the way out breaks, is marked with it too;
 *   <li>every mark with a cause is true: of somebody's way through that network {@code why} says the same of the same interface;
 *   <li>in a healthy network nothing is marked with a cause that lies in a namespace on the packet's way;
 *   <li>no probe that came through is one of those that are given up early.
 * </ol>
 *
 * @param traced the cause that the trace of the same question named
 */
record OneDiagnosis(Facts facts, ReachabilityQuery question, Optional<Cause> traced) {
    /** One state, named by those who stand on the interface and as its own namespace sees it. */
    private static final Set<Cause> DOWN = EnumSet.of(Cause.INTERFACE_DOWN, Cause.PARENT_DOWN);

    /** What keeps a packet from its gateway because nothing there has that address. */
    private static final Set<Cause> GATEWAY =
            EnumSet.of(Cause.WRONG_GATEWAY, Cause.BRIDGE_UNADDRESSED, Cause.NOBODY_THERE);

    /** What has to be read and tried so that all of them can be asked. */
    static Set<ActiveProbe> probes(Facts before, ReachabilityQuery question) {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Reachability.readings());
        probes.addAll(Reachability.probes(before, question));
        probes.addAll(DatagramProbe.probes(before, question));
        goals(question).forEach(goal -> probes.addAll(goal.probes()));
        return probes;
    }

    private static List<Expectation> goals(ReachabilityQuery question) {
        List<Expectation> goals = new ArrayList<>();
        String to = question.to();
        // no goal sends datagrams
        if (to.isEmpty() || question.protocol() == Protocol.UDP) {
            return goals;
        }
        if (question.port().isPresent()) {
            int port = question.port().get();
            goals.add(new TcpResult(question.from(), to, port, TcpResult.Result.CONNECTED, Optional.empty()));
            goals.add(new HttpAnswer(
                    question.from(),
                    "http://" + (to.contains(":") ? "[" + to + "]" : to) + ":" + port + "/",
                    Optional.empty(),
                    Optional.empty()));
        } else {
            goals.add(new PingReach(question.from(), to, true, Set.of(), Optional.empty()));
        }
        if (ZonedAddress.tryParse(to).isEmpty()) {
            goals.add(new DnsAnswer(question.from(), to, Optional.empty(), true, Optional.empty()));
        }
        return goals;
    }

    /** The same, had the trace named this. */
    OneDiagnosis traced(Cause other) {
        return new OneDiagnosis(facts, question, Optional.of(other));
    }

    Reachability reach() {
        return Reachability.of(facts, question);
    }

    /** @return a sentence for each that names another cause; none where they agree */
    List<String> differences(boolean healthy) {
        Reachability reach = reach();
        List<String> differences = new ArrayList<>();
        // who follows the address that a stale name gives is not told of the name
        boolean stale =
                reach.why().filter(why -> why.cause() == Cause.STALE_NAME).isPresent();
        if (!stale) {
            goals(question).forEach(goal -> differences.addAll(goal(goal, reach.why())));
            differences.addAll(trace(reach.why()));
        }
        List<Fault> marks = Topology.of(facts).faults().stream()
                .filter(fault -> fault.cause().isPresent())
                .toList();
        reach.why()
                .ifPresent(why ->
                        differences.addAll(marks(marks, why, reach.breaking().orElseThrow())));
        marks.forEach(mark -> differences.addAll(untrue(mark)));
        if (reach.probe().answered()) {
            SilentProbes.of(facts, probes(facts, question))
                    .keySet()
                    .forEach(probe -> differences.add("it was answered, and would be given up: " + probe));
        }
        if (healthy) {
            Set<String> way = new LinkedHashSet<>();
            reach.stages().forEach(step -> step.at().ifPresent(node -> way.add(box(node))));
            marks.stream()
                    .filter(mark -> mark.where().stream().anyMatch(end -> way.contains(end.box())))
                    .forEach(mark -> differences.add("the picture marks a healthy way: " + mark.words()));
        }
        return differences;
    }

    private List<String> goal(Expectation goal, Optional<Broken> why) {
        Verdict verdict = goal.judge(facts);
        Optional<Broken> broken = ((Diagnosed) goal).broken(facts);
        List<String> differences = new ArrayList<>();
        if (!(verdict instanceof Verdict.NotMet notMet)) {
            return differences;
        }
        boolean byName = goal instanceof DnsAnswer;
        boolean otherProbe = goal instanceof HttpAnswer || byName;
        boolean name = why.filter(one -> one.cause().name().startsWith("NAME_")).isPresent();
        boolean mayBeSilent = (otherProbe && (broken.isEmpty() || why.isEmpty())) && !(byName && name);
        if (!mayBeSilent && !broken.map(Broken::cause).equals(why.map(Broken::cause))) {
            differences.add(
                    "the goal '" + Words.text(goal.statement()) + "' says " + cause(broken) + ", why " + cause(why));
        }
        if (!byName && !notMet.cause().map(Words::text).equals(broken.map(one -> Words.text(one.found())))) {
            differences.add("the goal '" + Words.text(goal.statement()) + "' shows " + notMet.cause() + ", and means "
                    + broken);
        }
        return differences;
    }

    private List<String> trace(Optional<Broken> why) {
        return traced.isPresent()
                        && why.isPresent()
                        && traced.get() != why.get().cause()
                ? List.of("the trace says " + traced.get().id() + ", why " + cause(why))
                : List.of();
    }

    private static List<String> marks(List<Fault> marks, Broken why, PathStep step) {
        List<String> differences = new ArrayList<>();
        for (Interface blamed : why.where()) {
            List<Cause> causes = marks.stream()
                    .filter(mark -> mark.where().contains(id(blamed)))
                    .flatMap(mark -> mark.cause().stream())
                    .toList();
            if (!causes.isEmpty() && causes.stream().noneMatch(cause -> same(cause, why.cause()))) {
                differences.add("the picture marks " + id(blamed) + " with " + causes + ", why says " + why.cause());
            }
        }
        boolean gateway = GATEWAY.contains(why.cause());
        marks.stream()
                .filter(mark -> gateway && mark.kind() == Fault.Kind.NO_SUCH_GATEWAY)
                .filter(mark -> step.at()
                        .filter(node -> box(node).equals(mark.where().get(0).box()))
                        .isPresent())
                .filter(mark -> mark.cause().orElseThrow() != why.cause())
                .forEach(mark -> differences.add("the picture says '" + mark.words() + "' with "
                        + mark.cause().get() + ", why says " + why.cause()));
        return differences;
    }

    private static boolean same(Cause one, Cause other) {
        return one == other || (DOWN.contains(one) && DOWN.contains(other));
    }

    /** A mark of which nobody's way says the same. */
    private List<String> untrue(Fault mark) {
        boolean gateway = mark.kind() == Fault.Kind.NO_SUCH_GATEWAY;
        Cause cause = mark.cause().orElseThrow();
        boolean told = ways().anyMatch(reach -> reach.why()
                .filter(why -> why.cause() == cause)
                .filter(why -> gateway
                        || why.where().stream().anyMatch(end -> mark.where().contains(id(end))))
                .isPresent());
        return told ? List.of() : List.of("nobody's way shows what is marked: " + mark.words() + " (" + cause + ")");
    }

    /** The ways from every namespace that has a name to every address of the lab, to one more of each network, and to the outside. */
    private Stream<Reachability> ways() {
        NetworkModel model = NetworkModel.of(facts);
        Set<String> targets = new LinkedHashSet<>(List.of("8.8.8.8"));
        model.nodes().stream()
                .flatMap(Node::ends)
                .flatMap(Interface::everyAddress)
                .forEach(address -> {
                    targets.add(address.address().text());
                    targets.add(address.address().text().replaceFirst("\\d+$", "201"));
                });
        targets.removeIf(target -> target.startsWith("127."));
        return model.nodes().stream()
                .flatMap(node -> node.namespace().names().stream()
                        .limit(1)
                        .map(name -> new Scope(Optional.of(node.host().name()), name.kind(), name.name())))
                .flatMap(from -> Stream.concat(
                        targets.stream().map(to -> ReachabilityQuery.of(from, to, Optional.empty())),
                        model.nodes().stream()
                                .flatMap(node -> node.namespace().names().stream()
                                        .limit(1)
                                        .map(name -> new Scope(
                                                Optional.of(node.host().name()), name.kind(), name.name())))
                                .map(target -> new ReachabilityQuery(from, Optional.of(target), "", Optional.empty()))))
                .map(asked -> Reachability.of(facts, asked));
    }

    private static String cause(Optional<Broken> broken) {
        return broken.map(one -> one.cause().id() + " (" + Words.text(one.found()) + ")")
                .orElse("nothing");
    }

    private static String box(Node node) {
        return node.host().name() + "/" + node.namespace().label();
    }

    private static InterfaceId id(Interface end) {
        return new InterfaceId(box(end.at()), end.name());
    }
}
