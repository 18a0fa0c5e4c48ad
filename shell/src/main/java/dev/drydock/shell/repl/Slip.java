package dev.drydock.shell.repl;

import dev.drydock.engine.lab.Suggestion;
import dev.drydock.shell.cli.VerbName;
import java.util.Optional;
import java.util.function.Predicate;

/** Verbs that were typed with a letter too many, too few or astray, or without the {@code lab} that they need. */
final class Slip {
    /** A verb that is meant while a question is open is at least so long: shorter words are answers. */
    private static final int LONG_ENOUGH = 5;

    private Slip() {}

    /**
     * The verb that is nearly this word; empty where there is none, and where the word is a command.
     *
     * @param rest what stands behind the word
     * @param asking whether it may as well be an answer
     * @param known whether the lab host knows a command of this name
     */
    static Optional<Request> of(String word, String rest, boolean asking, Predicate<String> known) {
        if (word.length() < 2 || !word.matches("\\p{Alpha}+")) {
            return Optional.empty();
        }
        Optional<String> meant = VerbName.of(word)
                .filter(verb -> !verb.bare())
                .map(verb -> "lab " + word)
                .or(() -> Suggestion.misspelt(word, VerbName.bareWords()))
                .filter(verb -> !asking || sure(word, verb, rest));
        return meant.isEmpty() || known.test(word)
                ? Optional.empty()
                : Optional.of(new Request.Misspelt(word, (meant.get() + " " + rest).strip()));
    }

    private static boolean sure(String word, String verb, String rest) {
        boolean fits = rest.isEmpty() || verb.equals(VerbName.ANSWER.word());
        return fits && verb.length() >= LONG_ENOUGH && word.length() >= LONG_ENOUGH;
    }
}
