package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.PingOutcome;
import java.util.Optional;
import java.util.Set;

/** The rule about silence: it proves nothing, unless a control that was pinged from the same namespace answered. */
record ControlPing(Scope from, Optional<String> to) {

    Optional<ActiveProbe> probe() {
        return to.map(control -> new ActiveProbe.Ping(from, control));
    }

    /** The verdict for silence: met where the control answered, else open. */
    Verdict silence(Facts facts, Evidence silent, String target) {
        if (to.isEmpty()) {
            return Verdict.cannotTell(say("control.wanted", "target", target), silent);
        }
        Optional<ProbeCapture> capture = facts.capture(probe().orElseThrow());
        if (capture.isEmpty()) {
            return Verdict.cannotTell(say("control.not-pinged", "control", to), silent);
        }
        PingOutcome outcome = PingOutcome.parse(capture.get(), Set.of());
        Evidence control = ProbeEvidence.line(facts, from, capture.get(), outcome.line());
        return switch (outcome.kind()) {
            case REPLIED -> Verdict.met(silent, control);
            case COULD_NOT_RUN ->
                Verdict.cannotTell(
                        say("control.could-not-run", "control", to, "error", outcome.line()), silent, control);
            case ANSWERED_BY_ANOTHER, NO_ROUTE, NO_NEIGHBOUR, REJECTED, DROPPED, UNKNOWN_NAME ->
                Verdict.cannotTell(say("control.silent", "target", target, "control", to), silent, control);
        };
    }
}
