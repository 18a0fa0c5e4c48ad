package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Question.Answer;
import dev.drydock.engine.session.Session.Answered;
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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The right answers to a question, read from the world now. Exactly one of the three components is set.
 *
 * @param texts any of them is right
 * @param pattern what a right answer must match as a whole
 * @param unreadable why the right answer could not be read from the world, as a sentence without a full stop
 */
public record AnswerKey(List<String> texts, Optional<Regex> pattern, Optional<Message> unreadable) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern SPACE = Pattern.compile("\\s+");

    public AnswerKey {
        texts = List.copyOf(texts);
    }

    /**
     * Reads the right answers; where the author gave a script, the script is run.
     *
     * @param facts reads the world; called only where the answer is in the facts
     * @throws dev.drydock.engine.host.HostTrouble when the lab host is gone
     */
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
        String folded = AnswerForm.fold(typed);
        if (folded.isEmpty()) {
            return false;
        }
        return pattern.map(regex ->
                        regex.matches(typed.strip()) == Regex.Found.YES || regex.matches(folded) == Regex.Found.YES)
                .orElseGet(() -> texts.stream().map(AnswerForm::fold).anyMatch(text -> AnswerForm.same(folded, text)));
    }

    /** Whether the regular expression was stopped after too many steps for this answer, so that it is not known whether the answer is right. */
    boolean takesTooLong(String typed) {
        return pattern.filter(regex -> regex.matches(typed.strip()) == Regex.Found.TOO_LONG
                        || regex.matches(AnswerForm.fold(typed)) == Regex.Found.TOO_LONG)
                .isPresent();
    }

    /** Whether the right answers are single words, but several words were typed. */
    private boolean isOneWordOf(String typed) {
        return !texts.isEmpty()
                && texts.stream().noneMatch(text -> SPACE.matcher(text.strip()).find())
                && SPACE.matcher(typed.strip()).find();
    }

    /**
     * Judges an answer.
     *
     * @param wish whether a wrong word is no answer but a command that the learner meant; such a word does not count
     * @param facts reads the world; called only to explain a wrong answer
     */
    Answered judge(Answer answer, String typed, Predicate<String> wish, Supplier<Facts> facts) {
        if (unreadable.isPresent()) {
            return new Answered(false, false, say("answer.cannot-tell", "reason", unreadable.get()));
        } else if (accepts(typed)) {
            return new Answered(true, true, Message.NONE);
        } else if (takesTooLong(typed)) {
            return new Answered(false, false, say("answer.regex-too-slow", "typed", typed.strip()));
        } else if (wish.test(typed.strip())) {
            return new Answered(false, true, say("answer.is-a-verb", "word", typed.strip()), false);
        }
        return new Answered(false, true, explained(answer, typed, facts));
    }

    private Message explained(Answer answer, String typed, Supplier<Facts> facts) {
        boolean ofAKind = AnswerKind.of(AnswerForm.fold(typed)).isPresent();
        return texts.stream()
                .findFirst()
                .filter(right -> ofAKind)
                .flatMap(right -> AnswerMistakes.of(typed, right, facts.get()))
                .map(mistake -> mistake.said(typed.strip()))
                .orElseGet(() -> lookAgain(answer, typed));
    }

    /** A sentence on how to look for the answer, without a hint at the answer itself. */
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
            return unreadable(say(output.exit() == 0 ? "answer.command-silent" : "answer.command-failed")
                    .with("status", output.exit())
                    .with("output", said));
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
                                            say("answer.veths")
                                                    .with("place", end.in().toString())
                                                    .with("count", veths.size()),
                                            source);
                        })));
        return name.then(given -> facts.peer(end.in(), given))
                .fold(
                        found -> of(List.of(found.value().link().name())),
                        absent -> unreadable(absent.reason()),
                        unknown -> unreadable(unknown.reason()));
    }
}
