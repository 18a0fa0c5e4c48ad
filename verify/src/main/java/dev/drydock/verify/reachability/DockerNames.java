package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why Docker's name server does not answer a container as wanted, where the facts show it. It serves user-defined networks only, and
 * there the names and aliases of the containers that run on one of the asker's networks. Names with a dot are others' business.
 */
public final class DockerNames {
    private static final Set<String> WITHOUT_NAMES = Set.of("bridge", "host", "none");

    /** Network modes that give a container no network of its own. */
    private static final Set<String> BARE = Set.of("host", "none");

    private static final Evidence UNSHOWN = new Evidence("", "");

    private final NetworkModel model;
    private final Scope from;
    private final String name;

    /** @param from who asks */
    public DockerNames(Facts facts, Scope from, String name) {
        this(NetworkModel.of(facts), from, name);
    }

    DockerNames(NetworkModel model, Scope from, String name) {
        this.model = model;
        this.from = from;
        this.name = name;
    }

    /** Why a name has no address, where a server said so. */
    public Optional<Message> unresolved() {
        return unresolved(UNSHOWN).map(Broken::found);
    }

    /** Why the asker cannot ask Docker's name server, whether or not another one answers it. */
    public Optional<Message> outOfReach() {
        return outOfReach(UNSHOWN).map(Broken::found);
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

    Optional<Broken> outOfReach(Evidence evidence) {
        return bare().filter(asker -> asker.attachments().keySet().stream().allMatch(WITHOUT_NAMES::contains))
                .map(asker -> new Broken(
                        Cause.NAME_ON_DEFAULT_BRIDGE,
                        say(
                                "broken.no-docker-names",
                                "container",
                                asker.name(),
                                "mode",
                                Optional.of(asker.networkMode()).filter(BARE::contains)),
                        evidence,
                        say("mend.user-network")));
    }

    Optional<Broken> unresolved(Evidence evidence) {
        return outOfReach(evidence).or(() -> bare().flatMap(asker -> {
            List<Container> owners = owners();
            if (owners.isEmpty()) {
                return Optional.of(new Broken(
                        Cause.NAME_UNKNOWN,
                        say("broken.no-such-container", "name", name),
                        evidence,
                        say("mend.alias", "name", name)));
            }
            return owners.stream().anyMatch(owner -> isNamed(asker, owner))
                    ? Optional.empty()
                    : Optional.of(elsewhere(asker, owners.get(0), evidence));
        }));
    }

    private Broken elsewhere(Container asker, Container owner, Evidence evidence) {
        if (!owner.running()) {
            return new Broken(
                    Cause.NAME_OF_STOPPED,
                    away(asker, owner),
                    evidence,
                    say("mend.start", "container", owner.name()),
                    "docker start " + owner.name());
        }
        String network = asker.attachments().keySet().stream()
                .filter(one -> !WITHOUT_NAMES.contains(one))
                .findFirst()
                .orElse("NETWORK");
        return new Broken(
                Cause.NAME_ON_ANOTHER_NETWORK,
                away(asker, owner),
                evidence,
                say("mend.user-network"),
                "docker network connect " + network + " " + owner.name());
    }

    /** {@code db is not running (exited with status 0)}, {@code web is on mynet, db on other}. */
    private static Message away(Container asker, Container owner) {
        return owner.running() ? FilterDiagnosis.apart(asker, owner) : EndpointDiagnosis.stopped(owner);
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
