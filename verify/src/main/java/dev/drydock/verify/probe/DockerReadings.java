package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.probe.DockerApi.Answer;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Containers and networks from the answers of the Docker Engine. Both are unknown where the engine does not answer. */
record DockerReadings(Reading<List<Container>> containers, Reading<List<DockerNetwork>> networks) {
    private static final String PS = "docker ps -a";
    private static final String LS = "docker network ls";

    /** For a lab without Docker: both lists are known to be empty. */
    static DockerReadings none() {
        Evidence choice = new Evidence(PS, Words.text(say("docker.none")));
        return new DockerReadings(new Reading.Known<>(List.of(), choice), new Reading.Known<>(List.of(), choice));
    }

    static DockerReadings of(Sections sections, Function<String, Reading<String>> logs) {
        Optional<Section> first = sections.of("docker.first");
        if (first.isEmpty() || !first.get().ended(0)) {
            return unknown(
                    say("docker.no-answer")
                            .with("why", first.map(Section::trouble).orElseGet(() -> say("docker.not-asked"))),
                    first.map(section -> section.err().strip()).orElse(""));
        }
        try {
            List<Answer> answers = new ArrayList<>(DockerApi.answers(first.get().out()));
            for (Answer answer : answers.subList(0, Math.min(2, answers.size()))) {
                if (answer.status() != 200) {
                    return unknown(say("docker.no-list", "complaint", answer.complaint()), answer.body());
                }
            }
            if (answers.size() < 2) {
                return unknown(say("docker.answer-cut-off"), "");
            }
            Optional<Section> second = sections.of("docker.second");
            if (second.isPresent()) {
                if (!second.get().ended(0)) {
                    return unknown(
                            say("docker.no-answer", "why", second.get().trouble()),
                            second.get().err().strip());
                }
                answers.addAll(DockerApi.answers(second.get().out()));
            }
            return read(answers, logs);
        } catch (IllegalArgumentException unreadable) {
            return unknown(say("docker.answer-unreadable", "why", Complaint.of(unreadable)), "");
        }
    }

    private static DockerReadings read(List<Answer> answers, Function<String, Reading<String>> logs) {
        String networkList = answers.get(1).body();
        Map<String, String> names = DockerApi.networkNames(networkList);
        List<Container> containers = new ArrayList<>();
        for (Answer answer : answers.subList(2, answers.size())) {
            // 404: removed since it was listed
            if (answer.status() == 200) {
                containers.add(DockerApi.container(answer.body(), names, logs));
            } else if (answer.status() != 404) {
                return unknown(say("docker.container-not-shown", "complaint", answer.complaint()), answer.body());
            }
        }
        List<DockerNetwork> networks = DockerApi.networks(networkList, containers);
        String shownContainers = containers.stream()
                .map(container -> container.name() + "  " + container.image() + "  " + container.status())
                .collect(Collectors.joining("\n"));
        String shownNetworks = networks.stream()
                .map(network -> network.name() + "  " + network.driver())
                .collect(Collectors.joining("\n"));
        return new DockerReadings(
                new Reading.Known<>(containers, new Evidence(PS, shownContainers)),
                new Reading.Known<>(networks, new Evidence(LS, shownNetworks)));
    }

    private static DockerReadings unknown(Message reason, String said) {
        return new DockerReadings(
                new Reading.Unknown<>(reason, new Evidence(PS, said)),
                new Reading.Unknown<>(reason, new Evidence(LS, said)));
    }
}
