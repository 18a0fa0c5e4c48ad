package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.Goal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one step: goals to reach, a question to answer, or text to read. Keys that do not fit together are problems. One object reads all steps of a
 * lab, so that it sees repeated ids.
 */
final class StepReader implements Decoder<Step> {
    static final Decoder<String> ID_SHAPE = ScalarParsers.named("[a-z0-9]+(-[a-z0-9]+)*", say("value.id"));
    static final Decoder<String> TITLE =
            (node, problems) -> Decoders.ONE_LINE.read(node, problems).flatMap(title -> {
                if (title.codePointCount(0, title.length()) > 72) {
                    problems.error(node.span(), say("step.title-too-long", "node", node.label()));
                    return Optional.empty();
                }
                return Optional.of(title);
            });

    private static final Optional<String> EXAMPLE =
            Optional.of("- {id: red, title: Make red, solve: ip netns add red, expect: [netns: {name: red}]}");
    private static final List<String> WITH_GOALS_ONLY = List.of("solve", "accept", "mistakes", "already");

    private final LabPlaces places;
    private final GoalReader goals;
    private final QuestionReader questions;
    private final Set<String> ids = new LinkedHashSet<>();

    StepReader(LabPlaces places) {
        this.places = places;
        this.goals = new GoalReader(places);
        this.questions = new QuestionReader(places);
    }

    @Override
    public Optional<Step> read(YamlNode node, Problems problems) {
        return MapReader.read(node, problems, EXAMPLE, this::step);
    }

    private Optional<Step> step(MapReader map) {
        var id = map.required("id", this::freshId);
        var title = map.required("title", TITLE);
        var say = map.optional("say", Decoders.TEXT);
        var read = map.optional("read", Decoders.YES_NO, false);
        var solve = map.optional("solve", places.script());
        var expect = map.optional("expect", Decoders.mapsOf(goals), List.<Goal>of());
        var question = questions.read(map);
        var hints = map.optional("hints", Decoders.listOf(Decoders.TEXT), List.of());
        var accept = map.optional("accept", Decoders.listOf(places.script()), List.of());
        var mistakes = map.optional("mistakes", Decoders.mapsOf(this::mistake), List.of());
        var shows = map.optional("show", this::shows, List.of());
        var already = map.optional("already", Decoders.YES_NO, false);
        fits(map, read.get());
        boolean allAlready = already.get()
                || (!expect.get().isEmpty() && expect.get().stream().allMatch(Goal::already));
        if (map.has("expect") && !map.has("solve") && !allAlready) {
            map.error("id", say("step.no-solve"), say("step.no-solve.next"));
        }
        if (!map.has("hints") && (map.has("expect") || map.has("ask")) && !allAlready) {
            map.problems().warning(map.at("id"), say("step.no-hints"), say("step.no-hints.next"));
        }
        return map.build(() -> new Step(
                id.get(),
                title.get(),
                say.get(),
                read.get(),
                solve.get(),
                expect.get(),
                question.get(),
                hints.get(),
                accept.get(),
                mistakes.get(),
                shows.get(),
                already.get()));
    }

    private static void fits(MapReader map, boolean read) {
        boolean expects = map.has("expect");
        boolean asks = map.has("ask");
        if (read) {
            map.refuse("expect", say("step.read-with-goals"));
            map.refuse("ask", say("step.read-with-question"));
            map.refuse("answer", say("step.read-with-question"));
            map.refuse("hints", say("step.read-with-hints"));
            if (!map.has("say")) {
                map.error("read", say("step.nothing-to-read"), say("step.nothing-to-read.next"));
            }
        } else if (expects && asks) {
            map.error("ask", say("step.goals-and-question"), say("step.goals-and-question.next"));
        } else if (!expects && !asks) {
            map.error("id", say("step.empty"), say("step.empty.next"));
        }
        if (!expects) {
            for (String key : WITH_GOALS_ONLY) {
                map.refuse(key, say("step.without-goals"));
            }
        }
    }

    private Optional<String> freshId(YamlNode node, Problems problems) {
        return ID_SHAPE.read(node, problems).flatMap(id -> {
            if (!ids.add(id)) {
                problems.error(node.span(), say("step.id-taken", "step", Quote.of(id)), say("next.call-otherwise"));
                return Optional.empty();
            }
            return Optional.of(id);
        });
    }

    private Optional<Step.Mistake> mistake(YamlNode node, Problems problems) {
        return MapReader.read(node, problems, Optional.of("- {do: ip netns add rde, says: no namespace red}"), map -> {
            var run = map.required("do", places.script());
            var says = map.required("says", Decoders.ONE_LINE);
            return map.build(() -> new Step.Mistake(run.get(), says.get()));
        });
    }

    private Optional<List<Step.Show>> shows(YamlNode node, Problems problems) {
        Set<String> captured = new LinkedHashSet<>();
        return Decoders.mapsOf((YamlNode item, Problems found) -> show(item, found, captured))
                .read(node, problems);
    }

    private Optional<Step.Show> show(YamlNode node, Problems problems, Set<String> captured) {
        return MapReader.read(
                node, problems, Optional.of("- {run: ip -br link, output: \"lo UNKNOWN <mac> <any>\"}"), map -> {
                    var run = map.required("run", Decoders.TEXT);
                    var output = map.required("output", (text, found) -> output(text, found, captured));
                    var on = map.optional("on", places.hostName());
                    return map.build(() -> new Step.Show(run.get(), output.get(), on.get()));
                });
    }

    private static Optional<String> output(YamlNode node, Problems problems, Set<String> captured) {
        return Decoders.TEXT.read(node, problems).flatMap(output -> {
            int before = problems.errors();
            ShowPattern.parse(
                    output,
                    captured,
                    doubt -> problems.error(
                            problems.source().find(doubt.text(), node.span()).orElse(node.span()),
                            doubt.message(),
                            doubt.next()));
            return problems.errors() == before ? Optional.of(output) : Optional.empty();
        });
    }
}
