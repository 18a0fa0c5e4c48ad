package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * SnakeYAML's error message in plain words: the original ones speak of tokens, block ends and stream ends.
 *
 * @param next what to do; empty where there is no advice
 */
record YamlComplaint(SourceSpan span, Message message, Optional<Message> next) {
    private static final Pattern UNEXPECTED = Pattern.compile("but (?:found|got) (.*)", Pattern.DOTALL);
    private static final Pattern START = Pattern.compile("found character '(.+?)'", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("unknown escape character (.)", Pattern.DOTALL);

    static YamlComplaint of(MarkedYAMLException e, Source source) {
        String context = e.getContext() == null ? "" : e.getContext();
        String problem = e.getProblem() == null ? "" : e.getProblem();
        SourceSpan at = at(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark());
        SourceSpan from = at(e.getContextMark() == null ? e.getProblemMark() : e.getContextMark());
        if (problem.startsWith("found character '\\t")) {
            return new YamlComplaint(at, say("yaml.tab"), Optional.of(say("yaml.tab.next")));
        }
        if (problem.contains("cannot start any token")) {
            return new YamlComplaint(
                    at,
                    say("yaml.beginning", "character", first(START, problem)),
                    Optional.of(say("yaml.beginning.next")));
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return new YamlComplaint(at, say("yaml.colon"), Optional.of(say("yaml.colon.next")));
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return new YamlComplaint(at, say("yaml.list"), Optional.of(say("yaml.list.next")));
        }
        if (context.contains("quoted scalar") && problem.contains("unexpected end of stream")) {
            return new YamlComplaint(from, say("yaml.quote-open"), Optional.empty());
        }
        if (context.contains("quoted scalar") && problem.contains("document separator")) {
            return new YamlComplaint(from, say("yaml.quote-over-documents"), Optional.empty());
        }
        if (problem.contains("unknown escape character")) {
            return new YamlComplaint(
                    at, say("yaml.escape", "character", first(ESCAPE, problem)), Optional.of(say("yaml.escape.next")));
        }
        if (problem.contains("escape sequence")) {
            return new YamlComplaint(at, say("yaml.escape-digits"), Optional.of(say("yaml.escape.next")));
        }
        if (context.contains("block scalar")) {
            return new YamlComplaint(at, say("yaml.block"), Optional.of(say("yaml.block.next")));
        }
        if (context.contains("flow sequence") || context.contains("flow mapping")) {
            boolean list = context.contains("sequence");

            String found = first(UNEXPECTED, problem);
            if (found.contains("stream end")) {
                return new YamlComplaint(
                        from, say(list ? "yaml.bracket-open.list" : "yaml.bracket-open.map"), Optional.empty());
            }
            if (found.equals("?")) {
                return new YamlComplaint(at, say("yaml.question-mark"), Optional.of(say("yaml.write-in-quotes")));
            }
            return new YamlComplaint(
                    at,
                    say(list ? "yaml.comma.list" : "yaml.comma.map"),
                    Optional.of(say("yaml.comma.next", "list", list, "line", from.line())));
        }
        if (context.contains("block collection") || context.contains("block mapping")) {
            if (source.beforeIs(at, '"') || source.beforeIs(at, '\'')) {
                return new YamlComplaint(at, say("yaml.after-quote"), Optional.of(say("yaml.after-quote.next")));
            }
            boolean list = context.contains("block collection");
            return new YamlComplaint(
                    at,
                    say("yaml.does-not-fit", "list", list, "line", from.line()),
                    Optional.of(say("yaml.does-not-fit.next")));
        }
        if (problem.contains("document start")) {
            return new YamlComplaint(at, say("yaml.above"), Optional.of(say("yaml.above.next")));
        }
        if (problem.contains("expected the node content")) {
            return new YamlComplaint(at, say("yaml.value-missing"), Optional.of(say("yaml.value-missing.next")));
        }
        if (problem.contains("could not find expected ':'")) {
            return new YamlComplaint(from, say("yaml.no-key"), Optional.of(say("yaml.no-key.next")));
        }
        if (context.contains("tag") || problem.contains("tag")) {
            return new YamlComplaint(at, say("yaml.tag"), Optional.of(say("yaml.tag.next")));
        }
        if (context.contains("directive")) {
            return new YamlComplaint(at, say("yaml.directive"), Optional.of(say("yaml.directive.next")));
        }
        if (context.contains("anchor") || context.contains("alias")) {
            return new YamlComplaint(at, say("yaml.anchor"), Optional.of(say("yaml.anchor.next")));
        }
        return new YamlComplaint(at, say("yaml.unreadable", "why", Quote.clip(problem)), Optional.empty());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Quote.clip(matcher.group(1)) : "";
    }

    private static SourceSpan at(Mark mark) {
        return mark == null ? SourceSpan.FILE : SourceSpan.of(mark.getLine() + 1, mark.getColumn() + 1, 1);
    }
}
