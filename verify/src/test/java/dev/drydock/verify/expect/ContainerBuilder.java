package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.SWEEP;
import static dev.drydock.verify.expect.FactsBuilder.unknown;

import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One container of {@link FactsBuilder}: running busybox on the default bridge until said otherwise. */
final class ContainerBuilder {
    private final String name;
    private final int number;
    private final Map<String, Attachment> attachments = new LinkedHashMap<>();
    private String image = "busybox";
    private String status = "running";
    private boolean running = true;
    private int exitCode;
    private String mode = "bridge";
    private Optional<Scope> lives = Optional.empty();
    private final List<PortMapping> published = new ArrayList<>();
    private final List<String> exposed = new ArrayList<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private String error = "";
    private Reading<String> logs = unknown("the log");

    ContainerBuilder(String name, int number) {
        this.name = name;
        this.number = number;
    }

    ContainerBuilder image(String value) {
        image = value;
        return this;
    }

    ContainerBuilder mode(String value) {
        mode = value;
        return this;
    }

    /** Whose namespace it uses. */
    ContainerBuilder shares(String scope) {
        lives = Optional.of(Scope.parse(scope));
        return this;
    }

    ContainerBuilder exited(int code) {
        status = "exited";
        running = false;
        exitCode = code;
        return this;
    }

    ContainerBuilder status(String value, boolean runs, int code) {
        status = value;
        running = runs;
        exitCode = code;
        return this;
    }

    ContainerBuilder on(String network, String address, String... aliases) {
        attachments.put(
                network,
                new Attachment(
                        network,
                        address.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(address)),
                        16,
                        Optional.empty(),
                        address.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        MacAddress.parse("02:42:ac:11:00:0" + address.substring(address.length() - 1))),
                        List.of(aliases)));
        return this;
    }

    /** As docker ps prints it: {@code 0.0.0.0:8080->80/tcp}. */
    ContainerBuilder publishes(String... mappings) {
        for (String mapping : mappings) {
            String[] words = mapping.split(":(?=\\d+->)|->|/");
            published.add(new PortMapping(
                    words[0].replaceAll("[\\[\\]]", ""),
                    Integer.parseInt(words[1]),
                    words[3],
                    Integer.parseInt(words[2])));
            exposed.add(words[2] + "/" + words[3]);
        }
        return this;
    }

    ContainerBuilder linked(String name, String container) {
        links.put(name, container);
        return this;
    }

    ContainerBuilder exposes(String port) {
        exposed.add(port);
        return this;
    }

    /** Docker could not start it. */
    ContainerBuilder failed(int code, String said) {
        error = said;
        return status("created", false, code);
    }

    ContainerBuilder log(String text) {
        logs = new Reading.Known<>(text, SWEEP);
        return this;
    }

    Optional<Scope> lives() {
        return lives;
    }

    Container build() {
        return new Container(
                "c0ffee" + number + "0000000000",
                name,
                image,
                status,
                running,
                exitCode,
                running && !status.equals("restarting") ? 4000 + number : 0,
                mode,
                attachments,
                new Container.Ports(published, exposed),
                links,
                error,
                logs);
    }
}
