package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.DnsOutcome;

/** What is said of a question for a name, however often it is asked. */
record NameQuestion(Scope in, String name) {
    Verdict notAsked() {
        return Verdict.cannotTell("nobody was asked for " + name + " in " + PlaceWords.place(in));
    }

    /** @param line why */
    Verdict couldNotAsk(ProbeCapture capture, String line) {
        return Verdict.cannotTell("nobody could be asked for " + name + ": " + line, Captures.errors(capture));
    }

    /** {@code no address for rr: no name server answered}. */
    String noServer() {
        return "no address for " + name + ": no name server answered";
    }

    /** What a server said that named no address: {@code no such name as rr}. */
    String noAddress(DnsOutcome outcome) {
        return switch (outcome.kind()) {
            case ANSWERED -> "no address for " + name;
            case NO_SUCH_NAME -> "no such name as " + name;
            case SERVER_FAILED ->
                "no address for " + name + ": the name server " + (outcome.refused() ? "will not tell" : "failed");
            case NO_SERVER -> noServer();
            case COULD_NOT_RUN -> "nobody was asked for " + name;
        };
    }
}
