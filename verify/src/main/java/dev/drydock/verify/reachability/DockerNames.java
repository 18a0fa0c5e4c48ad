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
 * Why Docker's name server does not answer a container as wanted, where the facts show it. It serves user-defined networks only, and
 * there the names and aliases of the containers that run on one of the asker's networks. Names with a dot are others' business.
 */
public final class DockerNames {
    private static final Set<String> WITHOUT_NAMES = Set.of("bridge", "host", "none");

    /** Network modes that give a container no network of its own. */
    private static final Set<String> BARE = Set.of("host", "none");

    private final NetworkModel model;
    private final PathWording words;
    private final Scope from;
    private final String name;

    /** @param from who asks */
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

    /** Why a container's name, or one that could be a container's, has no address, by what was asked of the name servers. */
    public Optional<Message> unresolved(ProbeCapture capture) {
        return broken(capture).map(Broken::found);
    }

    /** Why a name has one address alone: who has the name, and who would have it too. */
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

    /** The same, with what shows it and what mends it. */
    Optional<Broken> broken(ProbeCapture capture) {
        Optional<NameLookup> lookup = capture.lookup();
        boolean docker = lookup.filter(one -> one.servers().contains(NameServerWay.DOCKERS))
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
                .map(lookup -> NameServerWay.configuration(words, place(), lookup, ""))
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

    /** The asker, where it asks for a name that could be a container's. */
    private Optional<Container> bare() {
        return name.contains(".") ? Optional.empty() : asker();
    }

    /** The container that asks; one without a network of its own asks as the one whose network it uses. */
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

    /** Whose name or alias it is anywhere, running or not. */
    private List<Container> owners() {
        return all().stream()
                .filter(container -> container.name().equals(name)
                        || container.attachments().values().stream()
                                .map(Attachment::aliases)
                                .anyMatch(aliases -> aliases.contains(name)))
                .toList();
    }

    /** Whether the name is the owner's on a network that it shares with the asker, where it can be asked for. */
    private boolean isNamed(Container asker, Container owner) {
        return owner.running()
                && owner.attachments().values().stream()
                        .filter(attachment -> !WITHOUT_NAMES.contains(attachment.network()))
                        .filter(attachment -> asker.attachments().containsKey(attachment.network()))
                        .anyMatch(attachment -> owner.name().equals(name)
                                || attachment.aliases().contains(name));
    }
}
