package dev.drydock.shell.repl;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.BashLexer.Open;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.bash.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A typed or pasted text without the prompts that were copied with it: {@code $ ip link}, and {@code > } before continuation lines.
 *
 * <p>A prompt is removed where bash could not run the line with it. But {@code > } is also a redirection that empties a file, so it stays unless
 * the text shows that it is a prompt.
 *
 * @param text what is left
 * @param prompt the first prompt that was removed; empty where there was none
 */
record PastedPrompts(String text, Optional<String> prompt) {
    /** {@code $ }, {@code user@host:~$ }, and Drydock's own {@code bridge-basics 2/7 labhost:~# }; no command has such a name. */
    private static final Pattern PROMPT = Pattern.compile(
            "[ \\t]*((?:(?:[a-z0-9-]+ )?(?:\\d+/\\d+ )?[\\w.-]+(?:@[\\w.-]+)?:[~/]\\S*[#$]|\\[[\\w.-]+@[\\w.-]+ [^\\]\\s]+][#$]|\\$) +)(?=\\S)");

    private static final Pattern COMMENT = Pattern.compile("[ \\t]*# +(?=([\\w./-]+)(?: |$))");

    /** What a sentence has and a command has not. */
    private static final Pattern PROSE =
            Pattern.compile("(?i) (the|an?|of|is|are|this|that|it|its|and|with|to|so|here|you|we)\\b(?!-)|[.:!?]\\s*$");

    /** A longer text is a script or a document, and no copy of a terminal. */
    private static final int MOST_LINES = 200;

    private static final Pattern MORE = Pattern.compile(">(?: |$)");

    static PastedPrompts off(String typed) {
        List<String> lines = List.of(typed.split("\n", -1));
        // what follows reads the text once for each line
        boolean prompts = lines.stream()
                .anyMatch(line ->
                        PROMPT.matcher(line).lookingAt() || MORE.matcher(line).lookingAt());
        if (!prompts || lines.size() > MOST_LINES) {
            return new PastedPrompts(typed, Optional.empty());
        }
        boolean quoted = quotedThroughout(lines);
        List<String> kept = new ArrayList<>();
        Optional<String> first = Optional.empty();
        // Whether the command that goes on began behind a prompt.
        boolean prompted = false;
        int from = 0;
        for (String line : lines) {
            String sofar = String.join("\n", kept.subList(from, kept.size()));
            Optional<Open> open = BashLexer.read(sofar).open();
            boolean goesOn = !kept.isEmpty() && (open.isPresent() || sofar.endsWith("\\"));
            Matcher prompt = PROMPT.matcher(line);
            Matcher more = MORE.matcher(line);
            if (goesOn && (prompted || quoted) && more.lookingAt()) {
                first = first.or(() -> Optional.of(">"));
                kept.add(line.substring(more.end()));
            } else if (!goesOn && prompt.lookingAt()) {
                from = kept.size();
                prompted = true;
                first = first.or(() -> Optional.of(prompt.group(1).strip()));
                kept.add(line.substring(prompt.end()));
            } else {
                if (!goesOn) {
                    from = kept.size();
                    prompted = false;
                }
                kept.add(line);
            }
        }
        return new PastedPrompts(String.join("\n", kept), first);
    }

    /** Whether all lines but the first begin with {@code > } and one redirection each could not be meant. */
    private static boolean quotedThroughout(List<String> lines) {
        if (lines.size() < 2 || !lines.get(0).endsWith("\\")) {
            return false;
        }
        List<String> rest = lines.subList(1, lines.size());
        return rest.stream().allMatch(line -> MORE.matcher(line).lookingAt())
                && (rest.size() > 1 || !redirections(rest.get(0)));
    }

    /** Whether nothing stands there but redirections. */
    private static boolean redirections(String line) {
        boolean target = false;
        for (Token token : BashLexer.read(line).tokens()) {
            if (token.is(Kind.REDIRECTION)) {
                target = true;
            } else if (token.is(Kind.WORD) && target) {
                target = false;
            } else if (!line.startsWith(">", token.end()) || !token.value().matches("\\d")) {
                return token.is(Kind.SEPARATOR) || token.is(Kind.COMMENT);
            }
        }
        return true;
    }

    /**
     * Removes root's prompt {@code #} from a line that reads like a command; to bash such a line is a comment. Several lines may be a script, whose
     * comments stay.
     *
     * @param program whether there is a program of that name
     */
    static PastedPrompts offComment(String line, Predicate<String> program) {
        Matcher comment = COMMENT.matcher(line);
        if (!comment.lookingAt()
                || line.indexOf('\n') >= 0
                || PROSE.matcher(line).find()) {
            return new PastedPrompts(line, Optional.empty());
        }
        String command = line.substring(comment.end());
        return BashLexer.read(command).open().isEmpty() && program.test(comment.group(1))
                ? new PastedPrompts(command, Optional.of("#"))
                : new PastedPrompts(line, Optional.empty());
    }
}
