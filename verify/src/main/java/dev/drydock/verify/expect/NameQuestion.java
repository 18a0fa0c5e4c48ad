package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;
import dev.drydock.verify.words.Message;

/** Sentences for DNS expectations. */
record NameQuestion(Scope in, String name) {
    Message notAsked() {
        return say("dns.nobody-asked", "name", name, "place", in);
    }

    /** @param line why the query could not be sent */
    Verdict couldNotAsk(ProbeCapture capture, Message line) {
        return Verdict.cannotTell(say("dns.could-not-ask", "name", name, "why", line), ProbeEvidence.errors(capture));
    }

    /** {@code no address for rr: no name server answered}. */
    Message noServer() {
        return say("dns.no-address-no-server", "name", name);
    }

    /** {@code no such name as rr}, or another answer without an address. */
    Message noAddress(DnsOutcome outcome) {
        return switch (outcome.kind()) {
            case ANSWERED -> say("dns.no-address", "name", name);
            case NO_SUCH_NAME -> say("dns.no-such-name", "name", name);
            case SERVER_FAILED -> say("dns.server-failed", "name", name, "refused", outcome.refused());
            case NO_SERVER -> noServer();
            case COULD_NOT_RUN -> say("dns.not-asked-for", "name", name);
        };
    }
}
