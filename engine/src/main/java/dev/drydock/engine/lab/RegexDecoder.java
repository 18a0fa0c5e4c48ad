package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Regex;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression. When it does not compile, the problem points to the character at which Java stopped. One that would take too many steps on
 * some text is a problem, too.
 */
record RegexDecoder(int longest) implements Decoder<String> {
    /** Steps that a trial may take; a goal's check may take many more. */
    private static final int STEPS = 3_000_000;

    private static final int TRIAL = 40;
    /** Length of the trial texts for a repeated repetition, whose cubic time shows only on long texts. */
    private static final int LONG_TRIAL = 200;

    private static final Pattern NESTED = Pattern.compile("(?s)[*+}].*\\)[*+{]");
    private static final int MOST_SEEDS = 40;
    private static final String NOT_FITTING = "\u00a7";
    /** An expression with only one repetition cannot take too many steps. */
    private static final Pattern REPEATED = Pattern.compile("[*+{]");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    @Override
    public Optional<String> read(YamlNode node, Problems problems) {
        Optional<String> read = Decoders.TEXT.read(node, problems);
        if (read.isEmpty()) {
            return read;
        }
        String regex = read.get();
        if (regex.length() > longest) {
            problems.error(node.span(), say("regex.too-long", "most", longest));
            return Optional.empty();
        }
        try {
            Regex compiled = Regex.of(regex, Pattern.MULTILINE);
            Optional<String> worst = REPEATED.matcher(regex).results().limit(2).count() < 2
                    ? Optional.empty()
                    : compiled.within(STEPS).firstTooLong(trials(regex));
            worst.ifPresent(text -> problems.error(
                    node.span(),
                    say(text.isEmpty() ? "regex.too-slow-on-nothing" : "regex.too-slow")
                            .with("length", text.length())
                            .with("text", Quote.of(text)),
                    say("regex.too-slow.next")));
            return worst.isPresent() ? Optional.empty() : read;
        } catch (PatternSyntaxException e) {
            problems.error(
                    where(node.span(), regex, e.getIndex(), problems.source()),
                    say("regex.malformed", "why", sentence(e.getDescription())),
                    say("regex.malformed.next"));
            return Optional.empty();
        }
    }

    /** Short texts for trials: repetitions of the expression's own letters, each also with an end that does not match. */
    private static Set<String> trials(String regex) {
        Set<String> seeds = new LinkedHashSet<>(List.of("a", "1", ".", " "));
        // \\d and the like are no letters; what they stand for is among the seeds
        String letters = regex.replaceAll("\\\\[a-zA-Z]", " ");
        letters.codePoints()
                .filter(Character::isLetterOrDigit)
                .limit(MOST_SEEDS)
                .forEach(letter -> seeds.add(Character.toString(letter)));
        Matcher words = WORD.matcher(letters);
        while (words.find() && seeds.size() < 2 * MOST_SEEDS) {
            seeds.add(words.group());
        }
        seeds.add(letters.replaceAll("[^\\p{L}\\p{N}]+", ""));
        int length = NESTED.matcher(regex).find() ? LONG_TRIAL : TRIAL;
        Set<String> trials = new LinkedHashSet<>(List.of(""));
        for (String seed : seeds) {
            if (!seed.isEmpty()) {
                String repeated = seed.repeat(Math.max(2, length / seed.length()));
                trials.add(repeated);
                trials.add(repeated + NOT_FITTING);
            }
        }
        return trials;
    }

    private static String sentence(String description) {
        return description.isEmpty()
                ? ""
                : Character.toLowerCase(description.charAt(0)) + Quote.clip(description.substring(1));
    }

    /** The position of the character; the whole text where it is written in the file with escapes or over several lines. */
    private static SourceSpan where(SourceSpan span, String regex, int index, Source source) {
        if (index < 0) {
            return span;
        }
        int characters = regex.codePointCount(0, Math.min(index, regex.length() - 1));
        return source.find(regex, span)
                .map(found -> SourceSpan.of(found.line(), found.column() + characters, 1))
                .orElse(span);
    }
}
