package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers how the wanted attributes of one thing compare with what was read. Three-valued: a difference decides, whatever else is
 * unknown; without one, an unknown attribute leaves it open; else all is as wanted.
 */
final class Comparison {
    private final List<Message> expected = new ArrayList<>();
    private final List<Message> found = new ArrayList<>();
    private final Set<Evidence> looked = new LinkedHashSet<>();
    private final Set<Evidence> deciding = new LinkedHashSet<>();
    private Optional<Evidence> last = Optional.empty();
    private Optional<Message> cause = Optional.empty();
    private Optional<Verdict> open = Optional.empty();

    /** What was looked at for the attributes that follow; a difference shows only what decided it. */
    Comparison looking(Evidence evidence) {
        looked.add(evidence);
        last = Optional.of(evidence);
        return this;
    }

    /** One attribute, in parallel words. */
    Comparison that(boolean same, Message wanted, Message actual) {
        return that(same, wanted, actual, Optional.empty());
    }

    /** One attribute; of several differences the first known cause is told. */
    Comparison that(boolean same, Message wanted, Message actual, Optional<Message> why) {
        if (!same) {
            expected.add(wanted);
            found.add(actual);
            last.ifPresent(deciding::add);
            cause = cause.or(() -> why);
        }
        return this;
    }

    /** An attribute that another judgement decided. */
    Comparison that(Verdict verdict) {
        verdict.evidence().forEach(this::looking);
        return verdict.fold(
                met -> this,
                notMet -> {
                    deciding.addAll(notMet.evidence());
                    return that(false, notMet.expected(), notMet.found(), notMet.cause());
                },
                cannotTell -> open(cannotTell));
    }

    /**
     * A text, in parallel words.
     *
     * @param what the text is, such as {@code a log}
     * @param actual how it is, as a clause: {@code is empty}
     */
    Comparison text(TextMatch wanted, String text, Message what, Message actual) {
        return switch (wanted.holds(text)) {
            case YES -> this;
            case NO ->
                that(
                        false,
                        say("text.that", "what", what, "is", wanted.words()),
                        say("text.that", "what", what, "is", actual));
            case TOO_LONG ->
                open(last.map(seen -> Verdict.cannotTell(wanted.tooLong(), seen))
                        .orElseGet(() -> Verdict.cannotTell(wanted.tooLong())));
        };
    }

    /** An attribute that could not be read. */
    Comparison unknown(Reading.Unknown<?> reading) {
        return open(Verdict.cannotTell(reading.reason(), reading.source()));
    }

    private Comparison open(Verdict cannotTell) {
        open = open.or(() -> Optional.of(cannotTell));
        return this;
    }

    boolean differs() {
        return !expected.isEmpty();
    }

    Verdict verdict() {
        if (!expected.isEmpty()) {
            return new Verdict.NotMet(
                    say("differences", "all", expected),
                    say("differences", "all", found),
                    List.copyOf(deciding),
                    cause);
        }
        return open.orElseGet(() -> new Verdict.Met(List.copyOf(looked)));
    }
}
