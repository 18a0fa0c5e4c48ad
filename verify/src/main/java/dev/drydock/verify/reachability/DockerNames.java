package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Explains why Docker's name server does not resolve a name. The server serves only containers on user-defined networks. It knows the names and
 * aliases of running containers on the networks of the asking container. It does not decide about names with a dot.
 */
public final class DockerNames {
    private static final Set<String> WITHOUT_NAMES = Set.of("bridge", "host", "none");

    /** The network modes without a Docker network. */
    private static final Set<String> BARE = Set.of("host", "none");

    private final NetworkModel model;
    private final PathWording words;
    private final Scope from;
    private final String name;

    /** @param from the asking namespace */
    public DockerNames(Facts facts, Scope from, String name) {
        this(NetworkModel.of(facts), from, name);
    }

    private DockerNames(NetworkModel model, Scope from, String name) {
        this(model, new PathWording(model, from), from, name);
    }

    DockerNames(NetworkModel model, PathWording words, Scope from, String name) {
        this.model = model;
        this.words = words;
        this.from = from;
        this.name = name;
    }

    /**
     * Why the name has no address.
     *
     * @param capture the result of the DNS probe
     * @return empty where the facts do not explain it
     */
    public Optional<Message> unresolved(ProbeCapture capture) {
        return broken(capture).map(Broken::found);
    }

    /**
     * Why the name resolves to one container only: which one, and why the other containers with this name are left out. Empty where not exactly one
     * container answers.
     */
    public Optional<Message> alone() {
        Optional<Container> asker = asker();
        if (asker.isEmpty()) {
            return Optional.empty();
        }
        List<String> answering = owners().stream()
                .filter(owner -> isNamed(asker.get(), owner))
                .map(Container::name)
                .toList();
        if (answering.size() != 1) {
            return Optional.empty();
        }
        Message alone = say("names.alone", "container", answering.get(0), "name", name);
        return Optional.of(owners().stream()
                .filter(owner -> !isNamed(asker.get(), owner))
                .map(owner -> away(asker.get(), owner))
                .reduce(alone, (before, next) -> say("names.and", "before", before, "next", next)));
    }

    private Optional<Broken> outOfReach(ProbeCapture capture) {
        return bare().filter(asker -> !owners().isEmpty()
                        && asker.attachments().keySet().stream().allMatch(WITHOUT_NAMES::contains))
                .map(asker -> new Broken(
                        Cause.NAME_ON_DEFAULT_BRIDGE,
                        say("broken.no-docker-names")
                                .with("container", asker.name())
                                .with("mode", Optional.of(asker.networkMode()).filter(BARE::contains)),
                        configuration(capture),
                        say("mend.user-network")));
    }

    /** As {@link #unresolved}, with evidence and a remedy. */
    Optional<Broken> broken(ProbeCapture capture) {
        Optional<NameLookup> lookup = capture.lookup();
        boolean docker = lookup.filter(one -> one.servers().contains(NameServerDiagnosis.DOCKERS))
                .isPresent();
        boolean denied = lookup.flatMap(NameLookup::decisive)
                .filter(attempt -> !attempt.answers().isEmpty())
                .isPresent();
        List<Container> owners = owners();
        Optional<Container> asker = bare();
        if (asker.isEmpty()) {
            return asker().isEmpty() && !owners.isEmpty() && denied
                    ? Optional.of(new Broken(
                            Cause.NAME_UNKNOWN,
                            say("broken.names-among-containers", "name", name),
                            capture.output(),
                            say("mend.address-or-port")))
                    : Optional.empty();
        }
        if (owners.isEmpty()) {
            return Optional.of(new Broken(
                            Cause.NAME_UNKNOWN,
                            say("broken.no-such-container", "name", name),
                            capture.output(),
                            say("mend.alias", "name", name)))
                    .filter(broken -> docker && denied);
        }
        return outOfReach(capture).or(() -> {
            if (owners.stream().noneMatch(owner -> isNamed(asker.get(), owner))) {
                return Optional.of(elsewhere(asker.get(), owners.get(0)));
            }
            return docker
                    ? Optional.empty()
                    : Optional.of(new Broken(
                            Cause.NAME_SERVER,
                            say("broken.not-dockers-server", "name", name, "place", words.place(place())),
                            configuration(capture),
                            say("mend.dockers-server"),
                            words.inside(place(), "sh -c 'echo nameserver 127.0.0.11 >/etc/resolv.conf'")));
        });
    }

    private Node place() {
        return model.node(from).orElseThrow();
    }

    private Evidence configuration(ProbeCapture capture) {
        return capture.lookup()
                .map(lookup -> NameServerDiagnosis.configuration(words, place(), lookup, ""))
                .orElseGet(capture::output);
    }

    private Broken elsewhere(Container asker, Container owner) {
        if (!owner.running()) {
            Broken stopped = model.facts().host(from).toOptional().stream()
                    .map(host -> new ContainerDiagnosis(model, host).stopped(owner))
                    .findFirst()
                    .orElseThrow();
            return new Broken(
                    Cause.NAME_OF_STOPPED, stopped.found(), stopped.evidence(), stopped.mend(), stopped.command());
        }
        String network = asker.attachments().keySet().stream()
                .filter(one -> !WITHOUT_NAMES.contains(one))
                .findFirst()
                .orElse("NETWORK");
        return new Broken(
                Cause.NAME_ON_ANOTHER_NETWORK,
                away(asker, owner),
                new Evidence(
                        "docker inspect -f '{{range $name, $_ := .NetworkSettings.Networks}}{{println $name}}{{end}}' "
                                + owner.name(),
                        owner.attachments().keySet().stream().sorted().collect(Collectors.joining("\n"))),
                say("mend.user-network"),
                "docker network connect " + network + " " + owner.name());
    }

    /** {@code db is not running (exited with status 0)}, {@code web is on mynet, db on other}. */
    private static Message away(Container asker, Container owner) {
        return owner.running() ? FilterDiagnosis.apart(asker, owner) : ContainerDiagnosis.stoppedWords(owner);
    }

    /** The asking container, where the name has no dot and so may be a container name. */
    private Optional<Container> bare() {
        return name.contains(".") ? Optional.empty() : asker();
    }

    /** The asking container; for network mode {@code container:…} the container that it joined. */
    private Optional<Container> asker() {
        return EndpointDiagnosis.container(model, from)
                .filter(Container::running)
                .flatMap(container -> {
                    String mode = container.networkMode();
                    return mode.startsWith("container:")
                            ? all().stream()
                                    .filter(other -> ("container:" + other.id()).startsWith(mode)
                                            || mode.equals("container:" + other.name()))
                                    .findFirst()
                            : Optional.of(container);
                });
    }

    private List<Container> all() {
        return model.facts()
                .host(from)
                .toOptional()
                .map(NetworkModel::containers)
                .orElse(List.of());
    }

    /** All containers with this name or alias, running or not. */
    private List<Container> owners() {
        return all().stream()
                .filter(container -> container.name().equals(name)
                        || container.attachments().values().stream()
                                .map(Attachment::aliases)
                                .anyMatch(aliases -> aliases.contains(name)))
                .toList();
    }

    /** Whether the asking container can resolve the name to this container: both share a user-defined network, and it runs. */
    private boolean isNamed(Container asker, Container owner) {
        return owner.running()
                && owner.attachments().values().stream()
                        .filter(attachment -> !WITHOUT_NAMES.contains(attachment.network()))
                        .filter(attachment -> asker.attachments().containsKey(attachment.network()))
                        .anyMatch(attachment -> owner.name().equals(name)
                                || attachment.aliases().contains(name));
    }
}
