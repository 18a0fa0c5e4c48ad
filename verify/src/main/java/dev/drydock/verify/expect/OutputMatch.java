package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.Set;

/** {@code output: {run: "…", matches: "…"}}: compares the standard output of a command. Only for states that no other expectation covers. */
public record OutputMatch(Scope in, String run, TextMatch match) implements Expectation {
    private static final int TIMED_OUT = 124;

    @Override
    public Message statement() {
        return output(match.words());
    }

    @Override
    public Message denial() {
        return output(match.opposite());
    }

    private Message output(Message text) {
        Object place = in.equals(Scope.LAB_HOST) ? "" : in;
        return say("output.is", "command", TextMatch.quote(run), "place", place, "text", text);
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
        return ScopeLookup.probed(
                facts, in, probe(), say("output.not-run", "command", TextMatch.quote(run)), this::judge);
    }

    private Verdict judge(ProbeCapture capture) {
        if (capture.obstacle().isPresent()) {
            return Verdict.cannotTell(
                    say("output.could-not-run")
                            .with("command", TextMatch.quote(run))
                            .with("why", capture.obstacle().get()),
                    ProbeEvidence.errors(capture));
        }
        if (capture.exit() == TIMED_OUT) {
            return Verdict.cannotTell(
                    say("output.too-slow", "command", TextMatch.quote(run)), ProbeEvidence.output(capture));
        }
        return switch (match.holds(capture.out())) {
            case YES -> Verdict.met(ProbeEvidence.output(capture));
            case TOO_LONG -> Verdict.cannotTell(match.tooLong(), ProbeEvidence.output(capture));
            case NO ->
                Verdict.notMet(
                                say("output.that", "text", match.words()),
                                say("output.that", "text", TextMatch.actual(capture.out())),
                                evidence(capture))
                        .causedBy(
                                capture.exit() == 0
                                        ? Optional.empty()
                                        : Optional.of(say("output.ended", "status", capture.exit())));
        };
    }

    private static Evidence evidence(ProbeCapture capture) {
        return capture.out().isBlank() ? ProbeEvidence.errors(capture) : ProbeEvidence.output(capture);
    }
}
