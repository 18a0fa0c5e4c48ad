package dev.drydock.engine.lab;

import static dev.drydock.engine.lab.ExpectationKind.kind;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.OutputMatch;
import dev.drydock.verify.expect.ProcessState;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads the expectations about programs: {@code process} (what runs) and {@code output} (what a command prints). */
record ProgramKinds(LabPlaces places) {
    private static final Decoder<String> COMM = Decoders.text(text -> {
        if (text.getBytes(StandardCharsets.UTF_8).length > 15) {
            throw new Complaint(say("value.program-name-too-long", "text", Quote.of(text)));
        }
        return text;
    });

    Map<String, ExpectationKind> all() {
        return Map.ofEntries(
                kind("process: {in: netns:red, comm: nc, running: true}", this::process),
                kind("output: {run: \"ip -br link\", matches: \"^br0 \"}", this::output));
    }

    private Optional<ProcessState> process(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var comm = map.required("comm", COMM);
        var arguments = map.optional("args", Decoders.TEXT_MATCH);
        var running = map.optional("running", Decoders.YES_NO, true);
        return map.build(() -> new ProcessState(in.get(), comm.get(), arguments.get(), running.get()));
    }

    private Optional<OutputMatch> output(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var run = map.required("run", Decoders.TEXT);
        var match = Decoders.textMatch(map);
        return map.build(() -> new OutputMatch(in.get(), run.get(), match.orElseThrow()));
    }
}
