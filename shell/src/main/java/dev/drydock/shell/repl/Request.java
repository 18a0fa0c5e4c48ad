package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.bash.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a typed line asks for, decided before anything runs. */
sealed interface Request {
    /** Nothing but white space: go on, or look again. */
    record Onward() implements Request {}

    /** For bash. */
    record Command(String text) implements Request {}

    /** For the lab. @param rest what stands behind the verb, as typed */
    record OfTheLab(Verb verb, String rest) implements Request {}

    /** A verb of the {@code lab} command that this shell leaves to it. @param words without {@code lab} */
    record Elsewhere(List<String> words) implements Request {}

    /** Text that answers the step's question. */
    record Answer(String text) implements Request {}

    /** Out of the shell. */
    record Leave() implements Request {}

    /** A verb of the lab with a pipe, a redirection or a second command behind it, which only bash could do. */
    record Piped(String verb) implements Request {}

    /** Options that change the lab host that is typed at, so that another session must not do it. */
    Set<String> STAYS = Set.of("solve --afresh", "reset --step");

    /**
     * Decides. A real command always wins over a bare verb; {@code lab …} and {@code answer …} are always the lab's.
     *
     * @param asking whether the current step waits for an answer
     * @param known whether the lab host knows a command, builtin, function, alias or keyword of this name
     */
    static Request of(String line, boolean asking, Predicate<String> known) {
        String text = line.strip();
        if (text.isEmpty()) {
            return new Onward();
        }
        String first = text.split("\\s+", 2)[0];
        String rest = text.substring(first.length()).strip();
        if (text.matches("(exit|logout)(\\s+\\d+)?\\s*;?")) {
            return new Leave();
        }
        if (first.equals("lab")) {
            boolean takesText =
                    Verb.of(rest.split("\\s+", 2)[0]).filter(Request::takesText).isPresent();
            return takesText || alone(text) ? ofTheLab(rest) : new Piped(firstWords(text));
        }
        Optional<Verb> verb = Verb.of(first);
        if (verb.isPresent() && !takesText(verb.get()) && piped(text) && !known.test(first)) {
            return new Piped(firstWords(text));
        }
        if (verb.isPresent() && (takesText(verb.get()) || alone(text)) && !known.test(first)) {
            return new OfTheLab(verb.get(), rest);
        }
        if (asking && !looksLikeCommand(text, known)) {
            return new Answer(text);
        }
        return new Command(line);
    }

    private static Request ofTheLab(String rest) {
        if (rest.isEmpty()) {
            return new OfTheLab(Verb.STATUS, "");
        }
        String word = rest.split("\\s+", 2)[0];
        String behind = rest.substring(word.length()).strip();
        if (word.equals("exit") || word.equals("quit")) {
            return new Leave();
        }
        Optional<Verb> verb = Verb.of(word);
        boolean ours = !behind.startsWith("-") || STAYS.contains(word + " " + behind);
        if (verb.isPresent() && (takesText(verb.get()) || ours)) {
            return new OfTheLab(verb.get(), behind);
        }
        return new Elsewhere(BashLexer.read(rest).tokens().stream()
                .filter(token -> token.is(Kind.WORD) || token.is(Kind.KEYWORD))
                .map(Token::value)
                .toList());
    }

    /** Whether what stands behind the verb is not the lab's to read. */
    private static boolean takesText(Verb verb) {
        return verb == Verb.ANSWER || verb == Verb.ON;
    }

    private static String firstWords(String text) {
        return BashLexer.read(text).tokens().stream()
                .takeWhile(token -> token.is(Kind.WORD))
                .map(Token::value)
                .collect(Collectors.joining(" "));
    }

    /** Unlike the definition of a function that has a verb's name. */
    private static boolean piped(String text) {
        return BashLexer.read(text).tokens().stream()
                .filter(token -> !token.is(Kind.WORD))
                .findFirst()
                .filter(token -> !token.value().startsWith("("))
                .isPresent();
    }

    /** Whether no pipe, redirection or second command stands behind it. */
    private static boolean alone(String text) {
        return BashLexer.read(text).tokens().stream().allMatch(token -> token.is(Kind.WORD));
    }

    private static boolean looksLikeCommand(String text, Predicate<String> known) {
        BashLexer.Read read = BashLexer.read(text);
        if (read.tokens().isEmpty() || !read.tokens().get(0).is(Kind.WORD)) {
            return true;
        }
        Token first = read.tokens().get(0);
        return !first.command() || known.test(first.value());
    }
}
