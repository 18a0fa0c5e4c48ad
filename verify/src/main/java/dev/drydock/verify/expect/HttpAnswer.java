package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.HttpOutcome;
import dev.drydock.verify.probe.TcpOutcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** {@code http: {from: host, url: "http://127.0.0.1:8080/", status: 200, body: {contains: hello}}}; without a status any answer will do. */
public record HttpAnswer(Scope from, String url, Optional<Integer> status, Optional<TextMatch> body)
        implements Expectation {
    @Override
    public String describe() {
        return url + " answers " + Words.place(from)
                + status.map(code -> " with status " + code).orElse("")
                + body.map(text -> (status.isPresent() ? " and" : " with") + " a body that " + text.words())
                        .orElse("");
    }

    @Override
    public String describeOpposite() {
        return status.isEmpty() && body.isEmpty()
                ? url + " does not answer " + Words.place(from)
                : Expectation.super.describeOpposite();
    }

    @Override
    public Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Set.of(probe()));
        probes.addAll(BrokenLink.probes(from));
        return probes;
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Http(from, url);
    }

    @Override
    public Set<String> sysctls() {
        return Set.of(BrokenLink.FORWARDING);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(from);
    }

    @Override
    public Verdict judge(Facts facts) {
        return with(facts, capture -> judge(facts, capture));
    }

    /** Silence does not prove that there is no answer. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return with(facts, capture -> {
            HttpOutcome outcome = HttpOutcome.parse(capture);
            return outcome.kind() == HttpOutcome.Kind.TIMEOUT
                    ? new Control(from, Optional.empty())
                            .silence(facts, Captures.line(facts, from, capture, outcome.line()), url)
                    : Expectation.super.judgeOpposite(facts);
        });
    }

    private Verdict with(Facts facts, java.util.function.Function<ProbeCapture, Verdict> judge) {
        return Sites.within(facts, from, namespace -> facts.capture(probe())
                .map(judge)
                .orElseGet(() -> Verdict.cannotTell(url + " was not asked for from " + Words.place(from))));
    }

    private Verdict judge(Facts facts, ProbeCapture capture) {
        HttpOutcome outcome = HttpOutcome.parse(capture);
        Evidence line = Captures.line(facts, from, capture, outcome.line());
        return switch (outcome.kind()) {
            case ANSWERED -> answered(facts, capture, outcome);
            case COULD_NOT_RUN ->
                Verdict.cannotTell(url + " could not be asked for: " + outcome.line(), Captures.errors(capture));
            case REFUSED -> none(facts, "connection refused", TcpOutcome.Kind.REFUSED, line);
            case TIMEOUT -> none(facts, "no answer", TcpOutcome.Kind.TIMEOUT, line);
            case UNREACHABLE -> none(facts, "unreachable", unreachable(outcome), line);
            case UNKNOWN_NAME -> none(facts, "unknown name", TcpOutcome.Kind.UNKNOWN_NAME, line);
            case NOT_HTTP ->
                Verdict.notMet(wanted(), ended(outcome), line)
                        .because(target((host, port) -> new BrokenLink(facts, from).whyEndedAtOnce(host, port)));
        };
    }

    /** {@code Immediate connect fail for 8.8.8.8: Network is unreachable} is the source's own word that it has no way. */
    private static TcpOutcome.Kind unreachable(HttpOutcome outcome) {
        return outcome.line().contains("Network is unreachable")
                ? TcpOutcome.Kind.NO_ROUTE
                : TcpOutcome.Kind.UNREACHABLE;
    }

    private String wanted() {
        return "an answer from " + url
                + status.map(code -> " with status " + code).orElse("");
    }

    private Verdict answered(Facts facts, ProbeCapture capture, HttpOutcome outcome) {
        Comparison comparison = new Comparison().looking(Captures.line(facts, from, capture, outcome.line()));
        status.ifPresent(wanted ->
                comparison.that(wanted == outcome.status(), "status " + wanted, "status " + outcome.status()));
        body.ifPresent(wanted -> comparison
                .looking(new Evidence(capture.command(), Captures.head(outcome.body())))
                .that(
                        wanted.holds(outcome.body()),
                        "a body that " + wanted.words(),
                        "a body that " + TextMatch.actual(outcome.body())));
        return comparison.verdict();
    }

    private Verdict none(Facts facts, String found, TcpOutcome.Kind kind, Evidence line) {
        return Verdict.notMet(
                        wanted(),
                        found.equals("no answer") ? "no answer from " + url : "no answer from " + url + ": " + found,
                        line)
                .because(why(facts, kind));
    }

    /** {@code curl: (56) Recv failure: Connection reset by peer}, {@code curl: (52) Empty reply from server}. */
    private String ended(HttpOutcome outcome) {
        return outcome.line().contains("Connection reset") || outcome.line().contains("Empty reply")
                ? "no answer from " + url + ": the connection was ended at once"
                : "something that is not HTTP answers";
    }

    private Optional<String> why(Facts facts, TcpOutcome.Kind kind) {
        return target((host, port) -> new BrokenLink(facts, from).why(kind, host, port));
    }

    private Optional<String> target(BiFunction<String, Integer, Optional<String>> why) {
        try {
            URI address = new URI(url);
            int port = address.getPort() < 0 ? 80 : address.getPort();
            return address.getHost() == null
                    ? Optional.empty()
                    : why.apply(address.getHost().replaceAll("[\\[\\]]", ""), port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
