package dev.drydock.engine.lab;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** SnakeYAML's complaint about a file in plain words; its own speak of tokens, block ends and stream ends. */
record YamlComplaint(SourceSpan span, String message, Optional<String> next) {
    private static final Pattern UNEXPECTED = Pattern.compile("but (?:found|got) (.*)", Pattern.DOTALL);
    private static final Pattern START = Pattern.compile("found character '(.+?)'", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("unknown escape character (.)", Pattern.DOTALL);

    static YamlComplaint of(MarkedYAMLException e, Source source) {
        String context = e.getContext() == null ? "" : e.getContext();
        String problem = e.getProblem() == null ? "" : e.getProblem();
        SourceSpan at = at(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark());
        SourceSpan from = at(e.getContextMark() == null ? e.getProblemMark() : e.getContextMark());
        if (problem.startsWith("found character '\\t")) {
            return new YamlComplaint(at, "a tab cannot indent a line", Optional.of("use spaces"));
        }
        if (problem.contains("cannot start any token")) {
            String c = first(START, problem);
            return new YamlComplaint(at, "a text cannot begin with " + c + " here", Optional.of("write it in quotes"));
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return new YamlComplaint(
                    at, "a ':' cannot stand here", Optional.of("write the text in quotes, or mend the indentation"));
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return new YamlComplaint(
                    at, "a list cannot begin here", Optional.of("put '-' on a line of its own, below the key"));
        }
        if (context.contains("quoted scalar") && problem.contains("unexpected end of stream")) {
            return new YamlComplaint(from, "this quote is never closed", Optional.empty());
        }
        if (context.contains("quoted scalar") && problem.contains("document separator")) {
            return new YamlComplaint(from, "this quote is not closed before '---'", Optional.empty());
        }
        if (problem.contains("unknown escape character")) {
            return new YamlComplaint(
                    at,
                    "double quotes know no escape '\\" + first(ESCAPE, problem) + "'",
                    Optional.of("use single quotes, or write '\\\\'"));
        }
        if (problem.contains("escape sequence")) {
            return new YamlComplaint(
                    at, "this escape wants hexadecimal digits", Optional.of("use single quotes, or write '\\\\'"));
        }
        if (context.contains("block scalar")) {
            return new YamlComplaint(
                    at,
                    "after '|' or '>' comes the end of the line",
                    Optional.of("begin the text on the next line, indented"));
        }
        if (context.contains("flow sequence") || context.contains("flow mapping")) {
            boolean list = context.contains("sequence");
            String close = list ? "']'" : "'}'";
            String found = first(UNEXPECTED, problem);
            if (found.contains("stream end")) {
                return new YamlComplaint(
                        from, (list ? "this '[' is" : "this '{' is") + " never closed", Optional.empty());
            }
            if (found.equals("?")) {
                return new YamlComplaint(
                        at, "a '?' between brackets ends the text", Optional.of("write the text in quotes"));
            }
            return new YamlComplaint(
                    at,
                    "',' or " + close + " is missing before this",
                    Optional.of((list ? "the list" : "the map") + " begins in line " + from.line()));
        }
        if (context.contains("block collection") || context.contains("block mapping")) {
            if (source.beforeIs(at, '"') || source.beforeIs(at, '\'')) {
                return new YamlComplaint(
                        at,
                        "nothing can follow a closing quote",
                        Optional.of("put the whole text in quotes of the other kind"));
            }
            String what = context.contains("block collection") ? "list" : "map";
            return new YamlComplaint(
                    at,
                    "this does not fit the " + what + " that begins in line " + from.line(),
                    Optional.of("mend the indentation, or a quote above it"));
        }
        if (problem.contains("document start")) {
            return new YamlComplaint(
                    at, "this does not belong to what stands above", Optional.of("mend the indentation"));
        }
        if (problem.contains("expected the node content")) {
            return new YamlComplaint(at, "a value is missing here", Optional.of("write text that begins so in quotes"));
        }
        if (problem.contains("could not find expected ':'")) {
            return new YamlComplaint(
                    from,
                    "this line is neither a key with ':' nor part of a text",
                    Optional.of("mend the indentation, or add ':'"));
        }
        if (context.contains("tag") || problem.contains("tag")) {
            return new YamlComplaint(
                    at, "lab files have no tags", Optional.of("write text that begins with '!' in quotes"));
        }
        if (context.contains("directive")) {
            return new YamlComplaint(at, "a lab file has no % directives", Optional.of("remove the line"));
        }
        if (context.contains("anchor") || context.contains("alias")) {
            return new YamlComplaint(
                    at,
                    "this is no name of an anchor",
                    Optional.of("write text that begins with '&' or '*' in quotes"));
        }
        return new YamlComplaint(at, "this cannot be read as YAML: " + Quote.clip(problem), Optional.empty());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Quote.clip(matcher.group(1)) : "";
    }

    private static SourceSpan at(Mark mark) {
        return mark == null ? SourceSpan.FILE : SourceSpan.of(mark.getLine() + 1, mark.getColumn() + 1, 1);
    }
}
