package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.HttpOutcome;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** {@code http: {from: host, url: "http://127.0.0.1:8080/", status: 200, body: {contains: hello}}}; without a status any answer will do. */
public record HttpAnswer(Scope from, String url, Optional<Integer> status, Optional<TextMatch> body)
        implements Expectation, Diagnosed {
    @Override
    public String describe() {
        return url + " answers " + PlaceWords.place(from)
                + status.map(code -> " with status " + code).orElse("")
                + body.map(text -> (status.isPresent() ? " and" : " with") + " a body that " + Words.text(text.words()))
                        .orElse("");
    }

    @Override
    public String describeOpposite() {
        return status.isEmpty() && body.isEmpty()
                ? url + " does not answer " + PlaceWords.place(from)
                : Expectation.super.describeOpposite();
    }

    @Override
    public Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Set.of(probe()));
        target((host, port) -> Optional.of(ReachCauses.probes(from, host))).ifPresent(probes::addAll);
        return probes;
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Http(from, url);
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
        return ScopeLookup.within(facts, from, namespace -> facts.capture(probe())
                .map(judge)
                .orElseGet(() -> Verdict.cannotTell(url + " was not asked for from " + PlaceWords.place(from))));
    }

    private Verdict judge(Facts facts, ProbeCapture capture) {
        HttpOutcome outcome = HttpOutcome.parse(capture);
        Evidence line = Captures.line(facts, from, capture, outcome.line());
        return switch (outcome.kind()) {
            case ANSWERED -> answered(facts, capture, outcome);
            case COULD_NOT_RUN ->
                Verdict.cannotTell(
                        url + " could not be asked for: " + Words.text(outcome.line()), Captures.errors(capture));
            case REFUSED -> none(": connection refused", line).causedBy(why(facts));
            case TIMEOUT -> none("", line).causedBy(why(facts));
            case UNREACHABLE -> none(": unreachable", line).causedBy(why(facts));
            case UNKNOWN_NAME -> none(": unknown name", line).causedBy(why(facts));
            case NOT_HTTP -> Verdict.notMet(wanted(), ended(outcome), line).causedBy(why(facts));
        };
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
                .text(wanted, outcome.body(), say("http.body"), TextMatch.actual(outcome.body())));
        return comparison.verdict();
    }

    private Verdict.NotMet none(String because, Evidence line) {
        return Verdict.notMet(wanted(), "no answer from " + url + because, line);
    }

    private String ended(HttpOutcome outcome) {
        return outcome.ended()
                ? "no answer from " + url + ": the connection was ended at once"
                : "something that is not HTTP answers";
    }

    private Optional<Message> why(Facts facts) {
        return broken(facts).map(StepFinding.Broken::found);
    }

    @Override
    public Optional<StepFinding.Broken> broken(Facts facts) {
        return facts.capture(probe())
                .flatMap(capture -> target((host, port) -> new ReachCauses(facts, from)
                        .of(ProbeResult.of(HttpOutcome.parse(capture), capture), host, Optional.of(port))));
    }

    private <T> Optional<T> target(BiFunction<String, Integer, Optional<T>> ask) {
        try {
            URI address = new URI(url);
            int port = address.getPort() < 0 ? 80 : address.getPort();
            return address.getHost() == null
                    ? Optional.empty()
                    : ask.apply(address.getHost().replaceAll("[\\[\\]]", ""), port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
