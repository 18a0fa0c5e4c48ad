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
 * Collects how the wanted attributes of one object compare with the facts. A difference decides, even where other attributes are unknown. Without a
 * difference, an unknown attribute makes the verdict open. Mutable; not safe for several threads.
 */
final class Comparison {
    private final List<Message> expected = new ArrayList<>();
    private final List<Message> found = new ArrayList<>();
    private final Set<Evidence> looked = new LinkedHashSet<>();
    private final Set<Evidence> deciding = new LinkedHashSet<>();
    private Optional<Evidence> last = Optional.empty();
    private Optional<Message> cause = Optional.empty();
    private Optional<Verdict> open = Optional.empty();

    /** Sets the evidence for the attributes that follow. A verdict with differences shows only the evidence that decided. */
    Comparison looking(Evidence evidence) {
        looked.add(evidence);
        last = Optional.of(evidence);
        return this;
    }

    /** Adds an attribute. {@code wanted} and {@code actual} have the same sentence structure. */
    Comparison that(boolean same, Message wanted, Message actual) {
        return that(same, wanted, actual, Optional.empty());
    }

    /** Adds an attribute with the cause of its difference. Of several differences the first known cause is told. */
    Comparison that(boolean same, Message wanted, Message actual, Optional<Message> why) {
        if (!same) {
            expected.add(wanted);
            found.add(actual);
            last.ifPresent(deciding::add);
            cause = cause.or(() -> why);
        }
        return this;
    }

    /** Adds an attribute that another verdict decides. */
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
     * Adds a text attribute.
     *
     * @param what the kind of text, such as {@code a log}
     * @param actual the text as a clause: {@code is empty}
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

    /** Adds an attribute that could not be read. */
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
