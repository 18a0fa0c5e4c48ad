package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a step's {@code ask} and {@code answer}. */
record QuestionReader(LabPlaces places) {
    private static final List<String> SOURCES = List.of("run", "text", "one_of", "matches", "peer_of");
    private static final Optional<String> EXAMPLE = Optional.of("answer: {text: docker0}");

    /**
     * Reads the question of a step.
     *
     * @return may be called only inside {@link MapReader#build}; empty where the step has no question
     */
    Supplier<Optional<Question>> read(MapReader step) {
        var ask = step.optional("ask", Decoders.TEXT);
        var answer = step.optional("answer", this::answer);
        if (step.has("ask") && !step.has("answer")) {
            step.error("ask", say("question.no-answer"), say("next.example", "example", "answer: {text: docker0}"));
        }
        if (step.has("answer") && !step.has("ask")) {
            step.error("answer", say("answer.question-absent"), say("answer.question-absent.next"));
        }
        return () -> ask.get().flatMap(text -> answer.get().map(right -> new Question(text.strip(), right)));
    }

    private Optional<Question.Answer> answer(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Text) {
            return Decoders.TEXT.read(node, problems).map(Question.Answer.Text::new);
        }
        return MapReader.read(node, problems, EXAMPLE, map -> {
            var run = map.optional("run", Decoders.TEXT);
            var on = map.optional("on", places.hostName());
            var text = map.optional("text", Decoders.TEXT);
            var oneOf = map.optional("one_of", Decoders.distinct(Decoders.TEXT));
            var matches = map.optional("matches", Decoders.REGEX);
            var peerOf = map.optional("peer_of", new LinkKinds(places).reference(true));
            Optional<String> first = map.firstOf(SOURCES);
            if (first.isEmpty()) {
                problems.error(
                        map.node().head(),
                        say("answer.empty", "keys", SOURCES),
                        EXAMPLE.map(e -> say("next.example", "example", e)));
            }
            SOURCES.stream()
                    .filter(key -> first.isPresent() && !key.equals(first.get()))
                    .forEach(key -> map.refuse(key, say("answer.is-another-key", "key", first.get())));
            if (first.isPresent() && !first.get().equals("run")) {
                map.refuse("on", say("answer.on-without-run"));
            }
            return map.build(() -> run.get()
                    .<Question.Answer>map(script -> new Question.Answer.Run(script, on.get()))
                    .or(() -> text.get().map(Question.Answer.Text::new))
                    .or(() -> oneOf.get().map(Question.Answer.OneOf::new))
                    .or(() -> matches.get().map(Question.Answer.Matches::new))
                    .or(() -> peerOf.get().map(Question.Answer.PeerOf::new))
                    .orElseThrow());
        });
    }
}
