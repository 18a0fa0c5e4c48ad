package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code glossary.yaml}: {@code terms: [{term: veth pair, also: [veth], text: Two …, lab: link, step: alias}]}. */
final class GlossaryReader {
    private static final Optional<String> EXAMPLE =
            Optional.of("- {term: veth pair, text: Two interfaces, lab: bridge-by-hand, step: red}");

    /** A term and its position in the file. */
    private record Placed(Glossary.Term term, SourceSpan at) {}

    private final List<Placed> terms = new ArrayList<>();

    private GlossaryReader() {}

    /** The terms that could be read, whatever is wrong with others. */
    static Glossary read(Problems problems) {
        return reading(problems).glossary();
    }

    /**
     * Reads the glossary, and reports terms whose lab or step does not exist.
     *
     * @param ids of all labs
     * @param labs those that can be read, by id
     */
    static void check(Problems problems, List<String> ids, Map<String, Lab> labs) {
        for (Placed placed : reading(problems).terms) {
            Glossary.Term term = placed.term();
            if (!ids.contains(term.lab())) {
                problems.error(
                        placed.at(),
                        say("lab.absent", "lab", Quote.of(term.lab())),
                        Suggestion.phrase(term.lab(), ids));
            } else if (labs.containsKey(term.lab())) {
                List<String> steps =
                        labs.get(term.lab()).steps().stream().map(Step::id).toList();
                if (!steps.contains(term.step())) {
                    problems.error(
                            placed.at(),
                            say("glossary.no-step", "lab", term.lab(), "step", Quote.of(term.step())),
                            say("next.known-all", "words", steps));
                }
            }
        }
    }

    private Glossary glossary() {
        return new Glossary(terms.stream().map(Placed::term).toList());
    }

    private static GlossaryReader reading(Problems problems) {
        GlossaryReader reader = new GlossaryReader();
        Optional<String> example = Optional.of("terms: [" + EXAMPLE.get() + "]");
        YamlComposer.compose(problems)
                .ifPresent(root -> MapReader.read(root, problems, example, map -> {
                    map.required("terms", Decoders.mapsOf((node, found) -> {
                        Optional<Glossary.Term> term = MapReader.read(node, found, EXAMPLE, GlossaryReader::term);
                        term.ifPresent(one -> reader.take(one, node, found));
                        return term;
                    }));
                    return map.build(() -> map);
                }));
        return reader;
    }

    private static Optional<Glossary.Term> term(MapReader map) {
        var name = map.required("term", StepReader.TITLE);
        var also = map.optional("also", Decoders.listOf(StepReader.TITLE), List.<String>of());
        var text = map.required("text", Decoders.TEXT);
        var lab = map.required("lab", StepReader.ID_SHAPE);
        var step = map.required("step", StepReader.ID_SHAPE);
        return map.build(() -> new Glossary.Term(name.get(), also.get(), text.get(), lab.get(), step.get()));
    }

    private void take(Glossary.Term term, YamlNode node, Problems problems) {
        Glossary before = glossary();
        List<String> words = new ArrayList<>(term.also());
        words.add(term.name());
        if (words.stream().anyMatch(word -> before.find(word).isPresent())) {
            problems.error(
                    node.head(), say("glossary.twice", "term", Quote.of(term.name())), say("next.call-otherwise"));
            return;
        }
        terms.add(new Placed(term, node.head()));
    }
}
