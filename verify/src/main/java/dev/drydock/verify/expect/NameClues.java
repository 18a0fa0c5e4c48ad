package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Attachment;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why Docker's name server does not answer a container as wanted, where the facts show it. It serves user-defined networks only, and
 * there the names and aliases of the containers that run on one of the asker's networks. Names with a dot are others' business.
 */
record NameClues(Facts facts, Scope in, String name) {
    private static final Set<String> WITHOUT_NAMES = Set.of("bridge", "host", "none");

    /** Why a name has no address, where a server said so. */
    Optional<String> unresolved() {
        return outOfReach().or(() -> bare().flatMap(asker -> {
            List<Container> owners = owners();
            if (owners.isEmpty()) {
                return Optional.of("no container has the name or alias " + name);
            }
            return owners.stream().anyMatch(owner -> isNamed(asker, owner))
                    ? Optional.empty()
                    : Optional.of(away(asker, owners.get(0)));
        }));
    }

    /** Why the asker cannot ask Docker's name server, whether or not another one answers it. */
    Optional<String> outOfReach() {
        return bare().filter(asker -> asker.attachments().keySet().stream().allMatch(WITHOUT_NAMES::contains))
                .map(asker ->
                        place(asker) + ", and Docker's name server serves only user-defined networks, at 127.0.0.11");
    }

    /** The asker, where it asks for a name that could be a container's. */
    private Optional<Container> bare() {
        return name.contains(".") ? Optional.empty() : asker();
    }

    /** Why a name has one address alone: who has the name, and who would have it too. */
    Optional<String> alone() {
        Optional<Container> asker = asker();
        if (asker.isEmpty()) {
            return Optional.empty();
        }
        List<Container> owners = owners();
        List<String> answering = owners.stream()
                .filter(owner -> isNamed(asker.get(), owner))
                .map(Container::name)
                .toList();
        if (answering.size() != 1) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of("only " + answering.get(0) + " has the name " + name + " there"));
        owners.stream()
                .filter(owner -> !isNamed(asker.get(), owner))
                .map(owner -> away(asker.get(), owner))
                .forEach(words::add);
        return Optional.of(String.join("; ", words));
    }

    /** The container that asks; one without a network of its own asks as the one whose network it uses. */
    private Optional<Container> asker() {
        return Clues.container(facts, in).filter(Container::running).flatMap(container -> {
            String mode = Containers.readableMode(container.networkMode(), all());
            return mode.startsWith("container:")
                    ? Containers.named(all(), mode.substring("container:".length()))
                    : Optional.of(container);
        });
    }

    /** {@code web is on the default bridge}. */
    private String place(Container asker) {
        String mode = Containers.readableMode(asker.networkMode(), all());
        return mode.equals("host") || mode.equals("none")
                ? asker.name() + " was started with --net " + mode
                : asker.name() + " is on the default bridge";
    }

    private List<Container> all() {
        return Sites.host(facts, in.host())
                .map(HostFacts::containers)
                .flatMap(Readings::known)
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

    /** {@code db is not running (exited with status 0)}, {@code web is on mynet, db on other}. */
    private String away(Container asker, Container owner) {
        if (!owner.running()) {
            return owner.name() + " is not running (" + Containers.condition(owner) + ")";
        }
        return asker.name() + " is on " + networks(asker) + ", " + owner.name() + " on " + networks(owner);
    }

    private static String networks(Container container) {
        return RulesOnTheWay.networks(container.attachments().keySet());
    }
}
