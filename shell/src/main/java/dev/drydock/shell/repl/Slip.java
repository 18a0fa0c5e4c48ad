package dev.drydock.shell.repl;

import dev.drydock.engine.lab.Suggestion;
import dev.drydock.shell.cli.VerbName;
import java.util.Optional;
import java.util.function.Predicate;

/** Recognizes misspelt verbs, and verbs without the {@code lab} that they need in front. */
final class Slip {
    /** While a question is open, shorter words are taken for answers and not for misspelt verbs. */
    private static final int LONG_ENOUGH = 5;

    private Slip() {}

    /**
     * Finds the verb that the learner meant.
     *
     * @param rest what follows the word in the line
     * @param asking whether the word may also be an answer to the step's question
     * @param known whether the lab host has a command of this name
     * @return a {@link Request.Misspelt}; empty where no verb is near, and where the word is a command
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
