package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Question.Answer;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.Regex;
import dev.drydock.verify.expect.InterfaceRef;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right answers to a question, as of now.
 *
 * @param texts any of them is right
 * @param pattern what a right answer matches as a whole, for a question that is asked so
 * @param unreadable why the right answer could not be read from the live state, as a sentence without a full stop
 */
public record AnswerKey(List<String> texts, Optional<Regex> pattern, Optional<Message> unreadable) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern DECORATION = Pattern.compile("(@if\\d+)?:?$");
    private static final Pattern QUOTED = Pattern.compile("([`'\"])(.*)\\1");
    private static final Pattern MAC_WITH_DASHES = Pattern.compile("[0-9a-f]{2}(-[0-9a-f]{2}){5}");
    private static final Pattern WITH_PREFIX = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})/(?:[12]?\\d|3[0-2])");
    private static final Pattern LABELLED_NUMBER = Pattern.compile("(?:[a-z/._]*[:=])?(?:\\[(\\d+)]|(\\d+))");

    public AnswerKey {
        texts = List.copyOf(texts);
    }

    /** @param facts is asked only where the answer is in them */
    public static AnswerKey read(Answer answer, World world, Supplier<Facts> facts) {
        if (answer instanceof Answer.Text text) {
            return of(List.of(text.text()));
        } else if (answer instanceof Answer.OneOf oneOf) {
            return of(oneOf.texts());
        } else if (answer instanceof Answer.Matches matches) {
            return new AnswerKey(
                    List.of(),
                    Optional.of(Regex.of(matches.regex(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)),
                    Optional.empty());
        } else if (answer instanceof Answer.Run run) {
            return printed(world.host(run.on()).run(run.script(), LIMIT));
        } else if (answer instanceof Answer.PeerOf peerOf) {
            return peer(peerOf.end(), facts.get());
        }
        throw new IllegalStateException("no such answer: " + answer);
    }

    /** Whether this is a right answer. One for which the regular expression {@linkplain #takesTooLong takes too long} is not accepted. */
    public boolean accepts(String typed) {
        String folded = fold(typed);
        if (folded.isEmpty()) {
            return false;
        }
        return pattern.map(regex ->
                        regex.matches(typed.strip()) == Regex.Found.YES || regex.matches(folded) == Regex.Found.YES)
                .orElseGet(() -> texts.stream()
                        .map(AnswerKey::fold)
                        .anyMatch(text -> text.equals(folded)
                                || text.equals(withoutPrefix(folded))
                                || text.equals(withColons(folded))
                                || text.equals(withoutLabel(folded))));
    }

    /** Whether nobody knows if this is a right answer, because matching it was given up. */
    boolean takesTooLong(String typed) {
        return pattern.filter(regex -> regex.matches(typed.strip()) == Regex.Found.TOO_LONG
                        || regex.matches(fold(typed)) == Regex.Found.TOO_LONG)
                .isPresent();
    }

    /**
     * The number of {@code net:[4026532177]}, as {@code readlink /proc/PID/ns/net} prints it, of {@code default.conf:8} and of
     * {@code mtu=1450}. Where text is asked for it changes nothing: a key of digits alone is all that it can equal.
     */
    private static String withoutLabel(String folded) {
        Matcher number = LABELLED_NUMBER.matcher(folded);
        if (!number.matches()) {
            return folded;
        }
        return number.group(1) == null ? number.group(2) : number.group(1);
    }

    /** {@code 10.9.0.11/24}, as {@code ip addr} shows it, is the address 10.9.0.11; where a subnet is asked for, the key has a prefix itself. */
    private static String withoutPrefix(String folded) {
        return WITH_PREFIX.matcher(folded).replaceFirst("$1");
    }

    /** A MAC as other systems write it, {@code 02-00-0a-00-02-10}. */
    private static String withColons(String folded) {
        return MAC_WITH_DASHES.matcher(folded).matches() ? folded.replace('-', ':') : folded;
    }

    /** Whether the right answer is one word and several were typed: a line of output, or a sentence. */
    private boolean isOneWordOf(String typed) {
        return !texts.isEmpty()
                && texts.stream().noneMatch(text -> SPACE.matcher(text.strip()).find())
                && SPACE.matcher(typed.strip()).find();
    }

    /** An answer without what does not matter: case, white space, quotes, a full stop, what {@code ip link} adds to a name. */
    static String fold(String text) {
        String folded = SPACE.matcher(text.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
        folded = QUOTED.matcher(folded).matches() ? folded.substring(1, folded.length() - 1) : folded;
        folded = folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
        return DECORATION.matcher(folded).replaceFirst("").strip();
    }

    /** What to tell after a wrong answer: how to look, and nothing of the answer itself. */
    Message lookAgain(Answer answer, String typed) {
        String given = typed.strip();
        if (isOneWordOf(typed)) {
            return say("answer.one-word", "typed", given);
        } else if (answer instanceof Answer.PeerOf peerOf) {
            return lookForPeer(given, peerOf.end());
        } else if (answer instanceof Answer.Run run) {
            return say("answer.look-again", "typed", given, "host", run.on());
        } else if (answer instanceof Answer.OneOf) {
            return say("answer.one-of", "typed", given);
        }
        return say("answer.wrong", "typed", given);
    }

    private static Message lookForPeer(String typed, InterfaceRef end) {
        Scope in = end.in().kind() == Scope.Kind.HOST ? end.in() : end.in().withoutHost();
        return say("answer.peer", "typed", typed, "place", in, "interface", end.name());
    }

    private static AnswerKey of(List<String> texts) {
        return new AnswerKey(texts, Optional.empty(), Optional.empty());
    }

    private static AnswerKey unreadable(Message reason) {
        return new AnswerKey(List.of(), Optional.empty(), Optional.of(reason));
    }

    private static AnswerKey printed(ProbeOutput output) {
        if (output.timedOut()) {
            return unreadable(
                    say("answer.command-too-slow", "seconds", output.elapsed().toSeconds()));
        }
        if (output.exit() != 0 || output.out().isBlank()) {
            String said = output.err().strip();
            return unreadable(say(
                    output.exit() == 0 ? "answer.command-silent" : "answer.command-failed",
                    "status",
                    output.exit(),
                    "output",
                    said));
        }
        return of(List.of(output.out().strip()));
    }

    private static AnswerKey peer(InterfaceRef end, Facts facts) {
        Lookup<String> name = end.name()
                .<Lookup<String>>map(given -> new Lookup.Found<>(given, new dev.drydock.verify.Evidence("ip link", "")))
                .orElseGet(() -> facts.namespace(end.in())
                        .then(namespace -> Lookup.in(namespace.links(), (links, source) -> {
                            List<Link> veths = links.stream()
                                    .filter(link -> link.kind().equals("veth"))
                                    .toList();
                            return veths.size() == 1
                                    ? new Lookup.Found<>(veths.get(0).name(), source)
                                    : new Lookup.Absent<>(
                                            say(
                                                    "answer.veths",
                                                    "place",
                                                    end.in().toString(),
                                                    "count",
                                                    veths.size()),
                                            source);
                        })));
        return name.then(given -> facts.peer(end.in(), given))
                .fold(
                        found -> of(List.of(found.value().link().name())),
                        absent -> unreadable(absent.reason()),
                        unknown -> unreadable(unknown.reason()));
    }
}
