package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.TcpOutcome;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.words.Words;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code tcp: {from: host, to: 10.9.0.11:80, result: connected}}; {@code timeout} counts only beside a control that answers a ping,
 * since silence alone does not show that the probe worked.
 */
public record TcpResult(Scope from, String host, int port, Result result, Optional<String> control)
        implements Expectation {
    public enum Result {
        CONNECTED,
        REFUSED,
        TIMEOUT
    }

    /** @throws IllegalArgumentException with a sentence for the author when the port is none */
    public TcpResult {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is 1 to 65535");
        }
    }

    @Override
    public String describe() {
        return switch (result) {
            case CONNECTED -> PlaceWords.place(from) + " connects to " + target();
            case REFUSED -> target() + " refuses a connection from " + PlaceWords.place(from);
            case TIMEOUT -> target() + " leaves " + PlaceWords.place(from) + " without an answer";
        };
    }

    @Override
    public String describeOpposite() {
        return switch (result) {
            case CONNECTED -> PlaceWords.place(from) + " cannot connect to " + target();
            case REFUSED -> target() + " does not refuse a connection from " + PlaceWords.place(from);
            case TIMEOUT -> target() + " answers " + PlaceWords.place(from) + " in some way";
        };
    }

    private String target() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Set.of(probe()));
        new Control(from, control).probe().ifPresent(probes::add);
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

    /** Not connecting is a negative: silence needs the control. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return with(facts, capture -> {
            TcpOutcome outcome = TcpOutcome.parse(capture);
            return result == Result.CONNECTED && outcome.kind() == TcpOutcome.Kind.TIMEOUT
                    ? new Control(from, control).silence(facts, evidence(facts, capture, outcome), target())
                    : Expectation.super.judgeOpposite(facts);
        });
    }

    private Verdict with(Facts facts, java.util.function.Function<ProbeCapture, Verdict> judge) {
        return ScopeLookup.within(facts, from, namespace -> facts.capture(probe())
                .map(judge)
                .orElseGet(() -> Verdict.cannotTell(
                        "no connection to " + target() + " was tried from " + PlaceWords.place(from))));
    }

    private Verdict judge(Facts facts, ProbeCapture capture) {
        TcpOutcome outcome = TcpOutcome.parse(capture);
        Evidence line = evidence(facts, capture, outcome);
        if (outcome.kind() == TcpOutcome.Kind.COULD_NOT_RUN) {
            return Verdict.cannotTell(
                    "no connection to " + target() + " could be tried: " + Words.text(outcome.line()),
                    Captures.errors(capture));
        }
        if (outcome.kind().name().equals(result.name())) {
            return result == Result.TIMEOUT
                    ? new Control(from, control).silence(facts, line, target())
                    : Verdict.met(line);
        }
        return Verdict.notMet(
                        target() + ": " + words(TcpOutcome.Kind.valueOf(result.name())),
                        target() + ": " + words(outcome.kind()),
                        line)
                .causedBy(new ReachCauses(facts, from).of(ProbeResult.of(outcome, capture), host, Optional.of(port)));
    }

    private Evidence evidence(Facts facts, ProbeCapture capture, TcpOutcome outcome) {
        return Captures.line(facts, from, capture, outcome.line());
    }

    private static String words(TcpOutcome.Kind kind) {
        return switch (kind) {
            case CONNECTED -> "connected";
            case REFUSED -> "connection refused";
            case TIMEOUT -> "no answer";
            case NO_ROUTE -> "no route";
            case UNREACHABLE -> "unreachable";
            case UNKNOWN_NAME -> "unknown name";
            case COULD_NOT_RUN -> "not tried";
        };
    }
}
