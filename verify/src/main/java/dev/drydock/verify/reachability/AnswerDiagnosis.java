package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.Optional;

/** Checks whether an answer arrives at the asking namespace, from the address that it asked. */
record AnswerDiagnosis(PathWording words) {
    /**
     * @param home the namespace that sent the first packet
     * @param first the header of the first packet as it was sent
     * @param end where the answer ended
     */
    StepFinding of(Node home, Header first, Arrival end) {
        Header now = end.header();
        if (end.at().isEmpty()) {
            return new StepFinding.CannotTell(say("unclear.answer-leaves", "address", now.destination()));
        }
        Node there = end.at().get();
        if (!there.equals(home)) {
            return new Broken(
                    Cause.WRONG_SOURCE,
                    say(
                            "broken.answer-elsewhere",
                            "address",
                            now.destination(),
                            "found",
                            words.place(there),
                            "place",
                            words.place(home)),
                    Optional.empty(),
                    say("mend.answerable-source"),
                    Optional.empty());
        }
        boolean known =
                now.source().equals(first.destination()) && now.sourcePort().equals(first.destinationPort());
        return known
                ? new StepFinding.Holds(say("holds.comes-back", "place", words.place(home)))
                : new Broken(
                        Cause.ANSWER_UNTRANSLATED,
                        say(
                                "broken.answer-untranslated",
                                "source",
                                now.source(),
                                "place",
                                words.place(home),
                                "address",
                                first.destination()),
                        Optional.empty(),
                        say("mend.translate-source"),
                        Optional.empty());
    }
}
