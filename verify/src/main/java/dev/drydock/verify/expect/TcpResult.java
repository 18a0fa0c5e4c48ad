package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.TcpOutcome;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code tcp: {from: host, to: 10.9.0.11:80, result: connected}}. {@code timeout} is met only where a control answers a ping, since silence alone
 * proves nothing.
 */
public record TcpResult(Scope from, String host, int port, Result result, Optional<String> control)
        implements Expectation, Diagnosed {
    public enum Result {
        CONNECTED,
        REFUSED,
        TIMEOUT
    }

    /** @throws IllegalArgumentException with a sentence for the author when the port is out of range */
    public TcpResult {
        if (port < 1 || port > 65535) {
            throw new Complaint(say("tcp.port-out-of-range"));
        }
    }

    @Override
    public Message statement() {
        return say("tcp.statement." + id(result), "place", from, "target", target());
    }

    @Override
    public Message denial() {
        return say("tcp.denial." + id(result), "place", from, "target", target());
    }

    private String target() {
        return IpAddress.beforePort(host) + ":" + port;
    }

    @Override
    public Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Set.of(probe()));
        new ControlPing(from, control).probe().ifPresent(probes::add);
        probes.addAll(ReachCauses.probes(from, host));
        return probes;
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Tcp(from, host, port);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(from);
    }

    @Override
    public Verdict judge(Facts facts) {
        return with(facts, capture -> judge(facts, capture));
    }

    /** As a negative it needs the control for silence. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return with(facts, capture -> {
            TcpOutcome outcome = TcpOutcome.parse(capture);
            return result == Result.CONNECTED && outcome.kind() == TcpOutcome.Kind.TIMEOUT
                    ? new ControlPing(from, control).silence(facts, evidence(facts, capture, outcome), target())
                    : Expectation.super.judgeOpposite(facts);
        });
    }

    private Verdict with(Facts facts, java.util.function.Function<ProbeCapture, Verdict> judge) {
        return ScopeLookup.probed(facts, from, probe(), say("tcp.not-tried", "target", target(), "place", from), judge);
    }

    private Verdict judge(Facts facts, ProbeCapture capture) {
        TcpOutcome outcome = TcpOutcome.parse(capture);
        Evidence line = evidence(facts, capture, outcome);
        if (outcome.kind() == TcpOutcome.Kind.COULD_NOT_RUN) {
            return Verdict.cannotTell(
                    say("tcp.could-not-run", "target", target(), "error", outcome.line()),
                    ProbeEvidence.errors(capture));
        }
        if (outcome.kind().name().equals(result.name())) {
            return result == Result.TIMEOUT
                    ? new ControlPing(from, control).silence(facts, line, target())
                    : Verdict.met(line);
        }
        return Verdict.notMet(
                        say("tcp.outcome." + id(result), "target", target()),
                        say("tcp.outcome." + id(outcome.kind()), "target", target()),
                        line)
                .causedBy(broken(facts).map(StepFinding.Broken::found));
    }

    @Override
    public Optional<StepFinding.Broken> broken(Facts facts) {
        return facts.capture(probe()).flatMap(capture -> new ReachCauses(facts, from)
                .of(ProbeResult.of(TcpOutcome.parse(capture), capture), host, Optional.of(port)));
    }

    private Evidence evidence(Facts facts, ProbeCapture capture, TcpOutcome outcome) {
        return ProbeEvidence.line(facts, from, capture, outcome.line());
    }

    private static String id(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
