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
    /** An empty line: go to the next step, or look at the goals again. */
    record Onward() implements Request {}

    /** A line for bash. @param text as it was typed */
    record Command(String text) implements Request {}

    /** A verb of the lab. @param words as the {@code lab} command takes them, without {@code lab} */
    record OfTheLab(List<String> words) implements Request {
        public OfTheLab {
            words = List.copyOf(words);
        }
    }

    /** Text that answers the step's question. */
    record Answer(String text) implements Request {}

    /** Leave the shell. */
    record Leave() implements Request {}

    /**
     * A verb of the lab in a pipe, in a list of commands or with a redirection. It is not run, because only bash could do that.
     *
     * @param verb the verb with its arguments
     */
    record Piped(String verb) implements Request {}

    /**
     * A word that is not a command but nearly a verb of the lab, or a verb that must be typed after {@code lab}.
     *
     * @param typed the word
     * @param meant what to type instead
     */
    record Misspelt(String typed, String meant) implements Request {}

    /**
     * Decides what a line asks for. A command of the lab host has priority over a bare verb, except for the verbs of {@link VerbName#comesFirst}.
     * {@code lab …} and {@code answer …} always belong to the lab.
     *
     * @param asking whether the current step waits for an answer
     * @param known whether the lab host knows a command, builtin, function, alias or keyword of this name
     */
    static Request of(String line, boolean asking, Predicate<String> known) {
        String text = withoutPath(line.strip(), known);
        if (text.isEmpty()) {
            return new Onward();
        }
        String first = text.split("\\s+", 2)[0];
        String rest = text.substring(first.length()).strip();
        if (text.matches("(exit|logout)(\\s+\\d+)?\\s*;?") || (text.equals("quit") && !known.test(text))) {
            return new Leave();
        }
        if (text.matches("\\?+")) {
            return ofTheLab(VerbName.HELP.word());
        }
        if (first.equals("lab")) {
            boolean takesText = VerbName.of(rest.split("\\s+", 2)[0])
                    .filter(VerbName::takesText)
                    .isPresent();
            return takesText || alone(text) ? ofTheLab(rest) : new Piped(firstWords(text));
        }
        Optional<VerbName> verb = VerbName.bare(first);
        if (verb.isPresent()
                && (verb.get().takesText() || alone(text))
                && (verb.get().comesFirst(rest) || !known.test(first))) {
            return ofTheLab(text);
        }
        boolean begins =
                !alone(text) && VerbName.bare(BashLexer.read(text).first()).isPresent();
        if (asking && !begins && !looksLikeCommand(text, known)) {
            return Slip.of(first, rest, true, known).orElse(new Answer(text));
        }
        return within(text, known).or(() -> Slip.of(first, rest, false, known)).orElse(new Command(line));
    }

    /** The command as it is typed outside, such as {@code ./lab}, means the lab's inside too. */
    private static String withoutPath(String text, Predicate<String> known) {
        String first = text.split("\\s+", 2)[0];
        return first.matches("(\\.{0,2}/|/.*/)lab") && !known.test(first)
                ? "lab" + text.substring(first.length())
                : text;
    }

    /** The verb of the lab within a line that only bash could run; empty where there is none. */
    private static Optional<Request> within(String text, Predicate<String> known) {
        List<Token> tokens = BashLexer.read(text).tokens();
        for (int i = 0; i < tokens.size(); i++) {
            String word = tokens.get(i).value();
            boolean verb = word.equals("lab") || VerbName.bare(word).isPresent();
            boolean defined = i + 1 < tokens.size() && tokens.get(i + 1).value().startsWith("(");
            if (tokens.get(i).command() && verb && !defined && !known.test(word)) {
                return Optional.of(new Piped(tokens.subList(i, tokens.size()).stream()
                        .takeWhile(token -> token.is(Kind.WORD))
                        .map(Token::value)
                        .collect(Collectors.joining(" "))));
            }
        }
        return Optional.empty();
    }

    /** The words of a {@code lab} command whose verb takes text: the text is one word, after {@code --} if it begins with a hyphen. */
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

    /** Whether the line has no pipe, redirection or second command. */
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
