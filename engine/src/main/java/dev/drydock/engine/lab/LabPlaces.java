package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import java.util.List;
import java.util.Optional;

/** Reads the places of one lab's expectations. Only the hosts of the lab are allowed; a place that needs Docker is remembered. */
final class LabPlaces {
    private final List<String> hosts;
    private Optional<SourceSpan> dockerWanted = Optional.empty();

    LabPlaces(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** The position in the file where something of Docker is first used; empty while there is none. */
    Optional<SourceSpan> dockerWanted() {
        return dockerWanted;
    }

    /** Remembers the position of something that needs Docker; only the first one is kept. */
    void wantDocker(SourceSpan at) {
        dockerWanted = dockerWanted.or(() -> Optional.of(at));
    }

    /** {@code host}, {@code netns:red}, {@code container:web}, {@code pid:42}, {@code alpha/netns:red}, or a host's name. */
    Decoder<Scope> scope() {
        return (node, problems) -> Decoders.text(this::parse)
                .read(node, problems)
                .map(scope -> {
                    if (scope.kind() == Scope.Kind.CONTAINER) {
                        wantDocker(node.span());
                    }
                    return scope;
                });
    }

    /** A lab host, for things that belong to a host and not to a namespace; an empty value for the default host. */
    Decoder<Optional<String>> host() {
        return (node, problems) -> scope().read(node, problems).flatMap(scope -> {
            if (scope.kind() != Scope.Kind.HOST) {
                problems.error(
                        node.span(),
                        say("place.no-lab-host", "place", Quote.of(scope.toString())),
                        say("place.no-lab-host.next")
                                .with("hosts", hosts.stream().map(Quote::of).toList()));
                return Optional.empty();
            }
            return Optional.of(scope.host());
        });
    }

    /** The name of a lab host. */
    Decoder<String> hostName() {
        return Decoders.text(text -> {
            if (!hosts.contains(text)) {
                throw new Complaint(LabScript.noHost(text, hosts));
            }
            return text;
        });
    }

    /** A bash script that may switch between the lab's hosts, see {@link LabScript}. */
    Decoder<String> script() {
        return LabScript.on(hosts);
    }

    private Scope parse(String text) {
        if (hosts.contains(text)) {
            return new Scope(Optional.of(text), Scope.Kind.HOST, "");
        }
        Scope scope;
        try {
            scope = Scope.parse(text);
        } catch (IllegalArgumentException e) {
            boolean bareName = text.matches("[A-Za-z0-9][A-Za-z0-9_.-]*");
            throw new Complaint(
                    say(bareName ? "place.bare-name" : "place.none")
                            .with("text", Quote.of(text))
                            .with("name", Quote.clip(text))
                            .with("hosts", hosts.size() > 1 ? hosts : List.of()),
                    e);
        }
        if (scope.host().isPresent() && !hosts.contains(scope.host().get())) {
            throw new Complaint(LabScript.noHost(scope.host().get(), hosts));
        }
        return scope;
    }
}
