package dev.drydock.verify.reachability;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why Docker's name server does not answer a container as wanted, where the facts show it. It serves user-defined networks only, and
 * there the names and aliases of the containers that run on one of the asker's networks. Names with a dot are others' business.
 */
public final class DockerNames {
    private static final Set<String> WITHOUT_NAMES = Set.of("bridge", "host", "none");
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
        List<String> words = new ArrayList<>(List.of("only " + answering.get(0) + " has the name " + name + " there"));
        owners().stream()
                .filter(owner -> !isNamed(asker.get(), owner))
                .map(owner -> away(asker.get(), owner))
                .forEach(words::add);
        return Optional.of(Message.verbatim(String.join("; ", words)));
    }

    Optional<Broken> outOfReach(Evidence evidence) {
        return bare().filter(asker -> asker.attachments().keySet().stream().allMatch(WITHOUT_NAMES::contains))
                .map(asker -> new Broken(
                        Cause.NAME_ON_DEFAULT_BRIDGE,
                        place(asker) + ", and Docker's name server serves only user-defined networks, at 127.0.0.11",
                        evidence,
                        "a user-defined network that both are on"));
    }

    Optional<Broken> unresolved(Evidence evidence) {
        return outOfReach(evidence).or(() -> bare().flatMap(asker -> {
            List<Container> owners = owners();
            if (owners.isEmpty()) {
                return Optional.of(new Broken(
                        Cause.NAME_UNKNOWN,
                        "no container has the name or alias " + name,
                        evidence,
                        "a container of that name, or the alias " + name + " for one"));
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
                    "starting " + owner.name(),
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
                "a user-defined network that both are on",
                "docker network connect " + network + " " + owner.name());
    }

    /** {@code db is not running (exited with status 0)}, {@code web is on mynet, db on other}. */
    private static String away(Container asker, Container owner) {
        return owner.running()
                ? asker.name() + " is on "
                        + FilterDiagnosis.networks(asker.attachments().keySet()) + ", " + owner.name() + " on "
                        + FilterDiagnosis.networks(owner.attachments().keySet())
                : owner.name() + " is not running (" + EndpointDiagnosis.condition(owner) + ")";
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

    /** {@code web is on the default bridge}. */
    private static String place(Container asker) {
        String mode = asker.networkMode();
        return mode.equals("host") || mode.equals("none")
                ? asker.name() + " was started with --net " + mode
                : asker.name() + " is on the default bridge";
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
