package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Expands an answer that is written for bash: {@code $PID}, {@code $(docker inspect …)}. */
final class AnswerWords {
    private static final List<String> EXPANDED = List.of("$", "`");
    private static final int LONGEST = 400;

    private AnswerWords() {}

    /**
     * The text as the learner's own bash expands it, cut to 400 characters. Contains an empty string where the text expands to nothing.
     *
     * @param bash see {@link LineShell#ask}
     * @return empty where the text has no expansion, is more than plain words of bash, or expands to itself
     */
    static Optional<String> expanded(String text, UnaryOperator<String> bash) {
        if (EXPANDED.stream().noneMatch(text::contains)) {
            return Optional.empty();
        }
        BashLexer.Read read = BashLexer.read(text);
        boolean words = read.open().isEmpty() && read.tokens().stream().allMatch(token -> token.is(Kind.WORD));
        if (!words) {
            return Optional.empty();
        }
        // Without the names of files, for `answer` takes text.
        String printed = bash.apply("set -f; printf '%s ' " + text).strip();
        return Optional.of(printed.substring(0, Math.min(LONGEST, printed.length())))
                .filter(found -> !found.equals(text));
    }
}
