package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import java.util.Set;

/** {@code output: {run: "…", matches: "…"}}: the last resort, for what no fact covers. Only standard output is compared. */
public record OutputMatch(Scope in, String run, TextMatch match) implements Expectation {
    private static final int TIMED_OUT = 124;

    @Override
    public String describe() {
        return "the output of " + PlaceWords.quote(run) + place() + " " + Words.text(match.words());
    }

    @Override
    public String describeOpposite() {
        return "the output of " + PlaceWords.quote(run) + place() + " " + Words.text(match.opposite());
    }

    private String place() {
        return in.equals(Scope.LAB_HOST) ? "" : PlaceWords.within(in, "").stripTrailing();
    }

    @Override
    public Set<ActiveProbe> probes() {
        return Set.of(probe());
    }

    private ActiveProbe probe() {
        return new ActiveProbe.Output(in, run);
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(facts, in, namespace -> facts.capture(probe())
                .map(this::judge)
                .orElseGet(() -> Verdict.cannotTell(PlaceWords.quote(run) + " was not run")));
    }

    private Verdict judge(ProbeCapture capture) {
        if (!capture.ran()) {
            return Verdict.cannotTell(
                    PlaceWords.quote(run) + " could not run: " + capture.err().strip(), Captures.errors(capture));
        }
        if (capture.exit() == TIMED_OUT) {
            return Verdict.cannotTell(
                    PlaceWords.quote(run) + " did not come to its end in time", Captures.output(capture));
        }
        return switch (match.holds(capture.out())) {
            case YES -> Verdict.met(Captures.output(capture));
            case TOO_LONG -> Verdict.cannotTell(match.tooLong(), Captures.output(capture));
            case NO ->
                Verdict.notMet(
                                "output that " + Words.text(match.words()),
                                "output that " + Words.text(TextMatch.actual(capture.out())),
                                evidence(capture))
                        .because(
                                capture.exit() == 0
                                        ? Optional.empty()
                                        : Optional.of("the command ended with status " + capture.exit()));
        };
    }

    private static Evidence evidence(ProbeCapture capture) {
        return capture.out().isBlank() ? Captures.errors(capture) : Captures.output(capture);
    }
}
