package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.bash.Token.Kind;
import dev.drydock.shell.cli.VerbName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a typed line asks for, decided before anything runs. */
sealed interface Request {
    /** Nothing but white space: go on, or look again. */
    record Onward() implements Request {}

    /** For bash. */
    record Command(String text) implements Request {}

    /** A verb of the lab. @param words as the {@code lab} command takes them, without {@code lab} */
    record OfTheLab(List<String> words) implements Request {
        public OfTheLab {
            words = List.copyOf(words);
        }
    }

    /** Text that answers the step's question. */
    record Answer(String text) implements Request {}

    /** Out of the shell. */
    record Leave() implements Request {}

    /** A verb of the lab with a pipe, a redirection or a second command behind it, which only bash could do. */
    record Piped(String verb) implements Request {}

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
            boolean takesText = VerbName.of(rest.split("\\s+", 2)[0])
                    .filter(VerbName::takesText)
                    .isPresent();
            return takesText || alone(text) ? ofTheLab(rest) : new Piped(firstWords(text));
        }
        Optional<VerbName> verb = VerbName.bare(first);
        if (verb.isPresent() && !verb.get().takesText() && piped(text) && !known.test(first)) {
            return new Piped(firstWords(text));
        }
        if (verb.isPresent() && (verb.get().takesText() || alone(text)) && !known.test(first)) {
            return ofTheLab(text);
        }
        if (asking && !looksLikeCommand(text, known)) {
            return new Answer(text);
        }
        return new Command(line);
    }

    /** A verb and what was typed behind it as text, in the words of the command. */
    static List<String> words(VerbName verb, String text) {
        if (text.isEmpty()) {
            return List.of(verb.word());
        }
        return text.startsWith("-") ? List.of(verb.word(), "--", text) : List.of(verb.word(), text);
    }

    private static Request ofTheLab(String rest) {
        if (rest.isEmpty()) {
            return new OfTheLab(List.of(VerbName.STATUS.word()));
        }
        String word = rest.split("\\s+", 2)[0];
        if (word.equals("exit") || word.equals("quit")) {
            return new Leave();
        }
        Optional<VerbName> text = VerbName.of(word).filter(VerbName::takesText);
        if (text.isPresent()) {
            return new OfTheLab(words(text.get(), rest.substring(word.length()).strip()));
        }
        return new OfTheLab(BashLexer.read(rest).tokens().stream()
                .filter(token -> token.is(Kind.WORD) || token.is(Kind.KEYWORD))
                .map(Token::value)
                .toList());
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
