package dev.drydock.engine.lab;

import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Optional;

/** Where a lab's expectations may look: on the hosts that it declares, and in containers only if it has Docker. */
final class LabPlaces {
    private final List<String> hosts;
    private Optional<SourceSpan> dockerWanted = Optional.empty();

    LabPlaces(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** Where a lab first asks for something of Docker. */
    Optional<SourceSpan> dockerWanted() {
        return dockerWanted;
    }

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

    /** A lab host, for what is looked for by name on a host rather than in a namespace; empty for the default one. */
    Decoder<Optional<String>> host() {
        return (node, problems) -> scope().read(node, problems).flatMap(scope -> {
            if (scope.kind() != Scope.Kind.HOST) {
                problems.error(
                        node.span(),
                        Quote.of(scope.toString()) + " is not a lab host",
                        "write "
                                + Decoders.join(
                                        hosts.stream()
                                                .map(name -> "'" + name + "'")
                                                .toList(),
                                        " or "));
                return Optional.empty();
            }
            return Optional.of(scope.host());
        });
    }

    /** The name of a lab host, and nothing within it. */
    Decoder<String> hostName() {
        return Decoders.text(text -> {
            if (!hosts.contains(text)) {
                throw new IllegalArgumentException(LabScript.noHost(text, hosts));
            }
            return text;
        });
    }

    /** A script of bash that may switch between the lab's hosts. */
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
            throw new IllegalArgumentException(
                    Quote.of(text) + " is no place"
                            + (bareName && hosts.size() > 1 ? "; the hosts are " + String.join(", ", hosts) : "")
                            + (bareName
                                    ? "; write netns:" + Quote.clip(text) + " or container:" + Quote.clip(text)
                                    : ": host, netns:NAME, container:NAME or pid:NUMBER"),
                    e);
        }
        if (scope.host().isPresent() && !hosts.contains(scope.host().get())) {
            throw new IllegalArgumentException(
                    "this lab has no host " + Quote.of(scope.host().get()) + ", only " + String.join(", ", hosts));
        }
        return scope;
    }
}
