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
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code http: {from: host, url: "http://127.0.0.1:8080/", status: 200, body: {contains: hello}}}; without a status any answer will do. */
public record HttpAnswer(Scope from, String url, Optional<Integer> status, Optional<TextMatch> body)
        implements Expectation, Diagnosed {
    @Override
    public Message statement() {
        return say(
                "http.answers",
                "url",
                url,
                "place",
                from,
                "status",
                status.map(String::valueOf),
                "body",
                body.map(TextMatch::words));
    }

    @Override
    public Message denial() {
        return status.isEmpty() && body.isEmpty()
                ? say("http.does-not-answer", "url", url, "place", from)
                : Expectation.super.denial();
    }

    @Override
    public Set<ActiveProbe> probes() {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Set.of(probe()));
        probe().host().map(host -> ReachCauses.probes(from, host)).ifPresent(probes::addAll);
        return probes;
    }

    private ActiveProbe.Http probe() {
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

    /** A timeout is met only with a control, since silence does not prove that there is no answer. */
    @Override
    public Verdict judgeOpposite(Facts facts) {
        return with(facts, capture -> {
            HttpOutcome outcome = HttpOutcome.parse(capture);
            return outcome.kind() == HttpOutcome.Kind.TIMEOUT
                    ? new ControlPing(from, Optional.empty()).silence(facts, evidence(facts, capture, outcome), url)
                    : Expectation.super.judgeOpposite(facts);
        });
    }

    private Verdict with(Facts facts, java.util.function.Function<ProbeCapture, Verdict> judge) {
        return ScopeLookup.probed(facts, from, probe(), say("http.not-asked", "url", url, "place", from), judge);
    }

    private Verdict judge(Facts facts, ProbeCapture capture) {
        HttpOutcome outcome = HttpOutcome.parse(capture);
        Evidence line = evidence(facts, capture, outcome);
        return switch (outcome.kind()) {
            case ANSWERED -> answered(facts, capture, outcome);
            case COULD_NOT_RUN ->
                Verdict.cannotTell(
                        say("http.could-not-run", "url", url, "error", outcome.line()), ProbeEvidence.errors(capture));
            case REFUSED, TIMEOUT, UNREACHABLE, UNKNOWN_NAME, NOT_HTTP ->
                Verdict.notMet(
                                say("http.answer", "url", url, "status", status.map(String::valueOf)),
                                noAnswer(outcome),
                                line)
                        .causedBy(why(facts));
        };
    }

    /**
     * The evidence of a failed request: curl's last message. A command that would wait for ever is shown with a time limit. In a container the
     * command may be wget, without curl's name in the message.
     */
    private Evidence evidence(Facts facts, ProbeCapture capture, HttpOutcome outcome) {
        boolean curl = capture.command().contains("curl -i ");
        Optional<Message> last = capture.err()
                .lines()
                .filter(line -> outcome.kind() != HttpOutcome.Kind.ANSWERED && line.startsWith("curl: "))
                .reduce((first, second) -> second)
                .map(line -> curl ? line : line.replaceFirst("^curl: (?:\\(\\d+\\) )?", ""))
                .map(Message::verbatim);
        ProbeCapture asked = outcome.kind() != HttpOutcome.Kind.TIMEOUT
                ? capture
                : ProbeCapture.of(
                        curl
                                ? capture.command().replaceFirst("curl -i ", "curl -i -m 4 ")
                                : capture.command().replaceFirst("wget -S ", "timeout 4 wget -S "),
                        capture.exit(),
                        capture.out(),
                        capture.err());
        return ProbeEvidence.line(facts, from, asked, last.orElse(outcome.line()));
    }

    private Message noAnswer(HttpOutcome outcome) {
        String kind = outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return say(
                "http.no-answer." + (outcome.kind() == HttpOutcome.Kind.NOT_HTTP && outcome.ended() ? "ended" : kind),
                "url",
                url);
    }

    private Verdict answered(Facts facts, ProbeCapture capture, HttpOutcome outcome) {
        Comparison comparison = new Comparison().looking(evidence(facts, capture, outcome));
        status.ifPresent(wanted -> comparison.that(
                wanted == outcome.status(),
                say("http.status", "status", wanted),
                say("http.status", "status", outcome.status())));
        body.ifPresent(wanted -> comparison
                .looking(Evidence.printed(capture.command(), ProbeEvidence.head(outcome.body())))
                .text(wanted, outcome.body(), say("http.body"), TextMatch.actual(outcome.body())));
        return comparison.verdict();
    }

    private Optional<Message> why(Facts facts) {
        return broken(facts).map(StepFinding.Broken::found);
    }

    @Override
    public Optional<StepFinding.Broken> broken(Facts facts) {
        return facts.capture(probe()).flatMap(capture -> probe().host().flatMap(host -> new ReachCauses(facts, from)
                .of(ProbeResult.of(HttpOutcome.parse(capture), capture), host, Optional.of(probe().port()))));
    }
}
