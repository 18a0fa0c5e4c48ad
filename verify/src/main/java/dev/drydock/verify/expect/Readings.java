package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Reading;
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
}
