package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Reading;
import java.util.Optional;
import java.util.function.Function;

/** How a judgement uses what was read: what it needs and cannot have makes it unable to tell. */
final class Readings {
    private Readings() {}

    /** Judges what was read, or tells why it could not be. */
    static <T> Verdict judge(Reading<T> reading, Function<T, Verdict> onKnown) {
        return reading.fold(
                known -> onKnown.apply(known.value()),
                unknown -> Verdict.cannotTell(unknown.reason(), unknown.source()));
    }

    /** For a cause, which may be left out when it is not known. */
    static <T> Optional<T> known(Reading<T> reading) {
        return reading.fold(known -> Optional.of(known.value()), unknown -> Optional.empty());
    }
}
