package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import java.util.Set;

/** The one rule about silence: it proves nothing, unless a control that was pinged from the same place answered. */
record Control(Scope from, Optional<String> to) {

    Optional<ActiveProbe> probe() {
        return to.map(target -> new ActiveProbe.Ping(from, target));
    }

    /** What silence means: met when the control answered, else nobody can tell. */
    Verdict silence(Facts facts, Evidence silent, String subject) {
        if (to.isEmpty()) {
            return Verdict.cannotTell(
                    subject
                            + " is silent, which proves nothing by itself; a control that answers would show that the probe works",
                    silent);
        }
        Optional<ProbeCapture> capture = facts.capture(probe().orElseThrow());
        if (capture.isEmpty()) {
            return Verdict.cannotTell("the control " + to.get() + " was not pinged", silent);
        }
        PingOutcome outcome = PingOutcome.parse(capture.get(), Set.of());
        Evidence control = Captures.line(facts, from, capture.get(), outcome.line());
        return switch (outcome.kind()) {
            case REPLIED -> Verdict.met(silent, control);
            case COULD_NOT_RUN ->
                Verdict.cannotTell(
                        "the control " + to.get() + " could not be pinged: " + Words.text(outcome.line()),
                        silent,
                        control);
            case NO_ROUTE, NO_NEIGHBOUR, REJECTED, DROPPED, UNKNOWN_NAME ->
                Verdict.cannotTell(
                        subject + " is silent, but so is the control " + to.get() + ", so the silence proves nothing",
                        silent,
                        control);
        };
    }
}
