package dev.drydock.engine.lab;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression; when it does not compile, the caret stands where Java stopped reading it. */
record RegexShape(int longest) implements Shape<String> {
    @Override
    public Optional<String> read(YamlNode node, Problems problems) {
        Optional<String> read = Shapes.TEXT.read(node, problems);
        if (read.isEmpty()) {
            return read;
        }
        String regex = read.get();
        if (regex.length() > longest) {
            problems.error(node.span(), "this regular expression is longer than " + longest + " characters");
            return Optional.empty();
        }
        try {
            Pattern.compile(regex, Pattern.MULTILINE);
            return read;
        } catch (PatternSyntaxException e) {
            problems.error(
                    where(node.span(), regex, e.getIndex(), problems.source()),
                    "this regular expression does not compile: " + sentence(e.getDescription()),
                    "write '\\' before a character that stands for itself");
            return Optional.empty();
        }
    }

    private static String sentence(String description) {
        return description.isEmpty()
                ? "malformed"
                : Character.toLowerCase(description.charAt(0)) + Quote.clip(description.substring(1));
    }

    /** The exact character where the text stands in the file as it is, the whole text where it is escaped or folded. */
    private static Span where(Span span, String regex, int index, Source source) {
        if (index < 0) {
            return span;
        }
        int characters = regex.codePointCount(0, Math.min(index, regex.length() - 1));
        return source.find(regex, span)
                .map(found -> Span.of(found.line(), found.column() + characters, 1))
                .orElse(span);
    }
}
