package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Reading;
import java.util.function.Function;

/** Judges readings: an unknown one gives "cannot tell". */
final class Readings {
    private Readings() {}

    /** Judges what was read; gives "cannot tell", with the reason, where it was not. */
    static <T> Verdict judge(Reading<T> reading, Function<T, Verdict> onKnown) {
        return reading.fold(
                known -> onKnown.apply(known.value()),
                unknown -> Verdict.cannotTell(unknown.reason(), unknown.source()));
    }
}
