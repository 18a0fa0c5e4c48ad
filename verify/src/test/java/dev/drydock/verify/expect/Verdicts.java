package dev.drydock.verify.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.words.Words;
import java.util.stream.Collectors;

/** Asks a verdict for its words, failing where it is of another kind. */
final class Verdicts {
    private Verdicts() {}

    static void isMet(Verdict verdict) {
        assertThat(verdict.isMet()).as(() -> text(verdict)).isTrue();
    }

    /** Expected, found, and {@code why} where a cause is known, one a line. */
    static String explained(Verdict verdict) {
        return verdict.fold(
                met -> fail("met, but should not be: " + text(verdict)),
                notMet -> "expected  " + Words.text(notMet.expected()) + "\nfound     " + Words.text(notMet.found())
                        + notMet.cause()
                                .map(cause -> "\nwhy       " + Words.text(cause))
                                .orElse(""),
                cannotTell -> fail("cannot tell: " + Words.text(cannotTell.reason())));
    }

    static String reason(Verdict verdict) {
        return verdict.fold(
                met -> fail("met, but should not be: " + text(verdict)),
                notMet -> fail("not met: " + text(verdict)),
                cannotTell -> Words.text(cannotTell.reason()));
    }

    /** Each command with {@code $} before it, its excerpt below. */
    static String evidence(Verdict verdict) {
        return verdict.evidence().stream()
                .map(evidence ->
                        "$ " + evidence.command() + (evidence.excerpt().isEmpty() ? "" : "\n" + evidence.excerpt()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Verdict verdict) {
        return verdict.fold(
                        met -> "met",
                        notMet -> "expected " + Words.text(notMet.expected()) + ", found " + Words.text(notMet.found())
                                + ", because " + notMet.cause().map(Words::text),
                        cannotTell -> "cannot tell: " + Words.text(cannotTell.reason()))
                + "\n" + evidence(verdict);
    }
}
