package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ping: {from: netns:red, to: 10.8.0.2, reachable: false, because: [no_route, dropped], control: 10.9.0.1}}.
 *
 * <p>A negative needs proof. Each symptom but silence is a kernel's own answer and proves it: no route, no ARP reply, rejected, unknown name,
 * sending forbidden by the sender's own rules. Silence, also of a name server, proves it only where a {@code control} answers a ping from the same
 * namespace; else the verdict is open. {@code because} restricts the symptoms that count.
 */
public record PingReach(Scope from, String to, boolean reachable, Set<PingCauses> because, Optional<String> control)
        implements Expectation, Diagnosed {
    /** @throws IllegalArgumentException with a sentence for the author when a reason is given for a positive */
    public PingReach {
        if (reachable && !because.isEmpty()) {
            throw new Complaint(say("ping.because-of-an-answer"));
        }
        because = because.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(because));
    }

    @Override
    public Message statement() {
        return reachable
                ? say("ping.reaches", "place", from, "target", to)
                : say("ping.cannot-reach", "place", from, "target", to, "symptoms", because);
    }

    @Override
    public Message denial() {
        return because.isEmpty()
                ? new PingReach(from, to, !reachable, Set.of(), control).statement()
                : Expectation.super.denial();
    }

    @Override
    public Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Set.of(probe()));
        new ControlPing(from, control).probe().ifPresent(probes::add);
        probes.addAll(ReachCauses.probes(from, to));
        return probes;
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Ping(from, to);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(from);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(facts, from, namespace -> facts.capture(probe())
                .map(capture -> judge(facts, namespace, capture))
                .orElseGet(() -> Verdict.cannotTell(say("ping.not-tried", "target", to, "place", from))));
    }

    /** Like every negative, it needs proof. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return because.isEmpty()
                ? new PingReach(from, to, !reachable, Set.of(), control).judge(facts)
                : Expectation.super.judgeOpposite(facts);
    }

    private Verdict judge(Facts facts, Namespace namespace, ProbeCapture capture) {
        PingOutcome outcome = PingOutcome.parse(capture, own(namespace));
        Evidence line = ProbeEvidence.line(facts, from, capture, outcome.line());
        if (outcome.kind() == PingOutcome.Kind.COULD_NOT_RUN) {
            return Verdict.cannotTell(
                    say("ping.could-not-run", "error", outcome.line()), ProbeEvidence.errors(capture));
        }
        if (outcome.kind() == PingOutcome.Kind.ANSWERED_BY_ANOTHER) {
            Message expected = reachable ? say("ping.answer", "target", to) : noAnswer(because, Optional.empty());
            return Verdict.notMet(expected, say("ping.answer-of-another", "address", outcome.by(), "target", to), line)
                    .causedBy(broken(facts).map(StepFinding.Broken::found));
        }
        boolean replied = outcome.kind() == PingOutcome.Kind.REPLIED;
        if (reachable) {
            return replied
                    ? Verdict.met(line)
                    : Verdict.notMet(say("ping.answer", "target", to), noAnswer(outcome), line)
                            .causedBy(broken(facts).map(StepFinding.Broken::found));
        }
        if (replied) {
            return Verdict.notMet(noAnswer(because, Optional.empty()), say("ping.answer", "target", to), line)
                    .causedBy(Reachability.whyReached(facts, from, to));
        }
        return judgeSymptom(facts, namespace, outcome, line);
    }

    private Verdict judgeSymptom(Facts facts, Namespace namespace, PingOutcome outcome, Evidence line) {
        PingCauses symptom = PingCauses.valueOf(outcome.kind().name());
        boolean wanted = because.isEmpty() || because.contains(symptom);
        boolean named = because.contains(symptom);
        boolean noServer = symptom == PingCauses.UNKNOWN_NAME && outcome.silent() && !named;
        boolean silent = symptom == PingCauses.DROPPED && outcome.silent();
        if (!because.isEmpty()
                && symptom == PingCauses.REJECTED
                && unread(namespace).isPresent()) {
            return Verdict.cannotTell(
                    say("ping.unknown-router")
                            .with("target", to)
                            .with("why", unread(namespace).get().reason()),
                    line);
        }
        if (silent && !wanted && because.contains(PingCauses.NO_NEIGHBOUR)) {
            return Verdict.cannotTell(say("ping.silent-so-far", "target", to), line);
        }
        if (!wanted) {
            return Verdict.notMet(noAnswer(because, Optional.empty()), noAnswer(outcome), line)
                    .causedBy(broken(facts).map(StepFinding.Broken::found));
        }
        return silent || noServer ? new ControlPing(from, control).silence(facts, line, to) : Verdict.met(line);
    }

    @Override
    public Optional<StepFinding.Broken> broken(Facts facts) {
        return ScopeLookup.find(facts, from)
                .flatMap(namespace -> facts.capture(probe()).flatMap(capture -> new ReachCauses(facts, from)
                        .of(
                                ProbeResult.of(PingOutcome.parse(capture, own(namespace)), capture),
                                to,
                                Optional.empty())));
    }

    private Message noAnswer(PingOutcome outcome) {
        return noAnswer(
                Set.of(PingCauses.valueOf(outcome.kind().name())),
                outcome.by().filter(address -> outcome.kind() == PingOutcome.Kind.REJECTED));
    }

    /** @param by the sender of the rejection */
    private Message noAnswer(Set<PingCauses> symptoms, Optional<IpAddress> by) {
        return say("ping.no-answer", "target", to, "symptoms", symptoms, "router", by);
    }

    private static Set<IpAddress> own(Namespace namespace) {
        return FactCauses.links(namespace)
                .flatMap(link -> link.addresses().stream())
                .map(InterfaceAddress::address)
                .map(cidr -> cidr.address())
                .collect(Collectors.toSet());
    }

    /** The unread interfaces of the sender's namespace. Without their addresses an error of the sender's own kernel cannot be recognized. */
    private static Optional<Reading.Unknown<List<Link>>> unread(Namespace namespace) {
        return namespace.links().fold(known -> Optional.empty(), Optional::of);
    }
}
