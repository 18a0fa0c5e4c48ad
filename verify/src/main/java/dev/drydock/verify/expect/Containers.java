package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** Sentences and comparisons about containers that several expectations share. */
final class Containers {
    private Containers() {}

    static Optional<Container> named(List<Container> containers, String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** Whether the container's programs run. Docker also reports a paused or restarting container as running. */
    static boolean runs(Container container) {
        return container.running() && container.status().equals("running");
    }

    /**
     * What the network mode means for the container's interfaces; empty for a mode with a network of its own.
     *
     * @param subject the container's name, or an empty text for "it"
     */
    static Optional<Message> whatItsModeMeans(Container container, String subject, List<Container> all) {
        String mode = readableMode(container.networkMode(), all);
        if (mode.equals("host")) {
            return Optional.of(say("container.mode-host", "container", subject));
        }
        if (mode.equals("none")) {
            return Optional.of(say("container.mode-none", "container", subject));
        }
        if (mode.startsWith("container:")) {
            String owner = mode.substring("container:".length());
            return Optional.of(say("container.mode-container", "container", subject, "mode", mode, "owner", owner));
        }
        return Optional.empty();
    }

    /** Why the container has another network mode than the wanted one. The mode is set at creation and never changes. */
    static Optional<Message> whyNotInMode(Container container, String wanted, List<Container> all) {
        String mode = readableMode(container.networkMode(), all);
        return whatItsModeMeans(container, "", all).or(() -> {
            boolean onDefault = mode.equals("bridge");
            if (container.attachments().containsKey(wanted)) {
                return Optional.of(
                        say("container.mode-stays", "default", onDefault, "network", mode, "wanted", wanted));
            }
            return Optional.of(
                    onDefault
                            ? say("container.without-net", "wanted", wanted)
                            : say("container.with-net", "network", mode, "default", wanted.equals("bridge")));
        });
    }

    /** The mode with the container's name, {@code container:web}; Docker stores {@code container:ID}. */
    static String readableMode(String mode, List<Container> all) {
        if (!mode.startsWith("container:")) {
            return mode;
        }
        String owner = mode.substring("container:".length());
        return "container:"
                + all.stream()
                        .filter(c -> c.id().startsWith(owner) || c.name().equals(owner))
                        .map(Container::name)
                        .findFirst()
                        .orElse(owner.length() > 12 ? owner.substring(0, 12) : owner);
    }

    static Evidence inspect(String name, String format, String answer) {
        return new Evidence("docker inspect -f '" + format + "' " + name, answer);
    }

    /** Whether both names mean one image: {@code busybox}, {@code busybox:latest} and {@code docker.io/library/busybox} do. */
    static boolean sameImage(String first, String second) {
        return canonical(first).equals(canonical(second));
    }

    private static String canonical(String image) {
        String name = image.replaceFirst("^docker\\.io/", "").replaceFirst("^library/", "");
        boolean tagged = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0 || name.contains("@");
        return tagged ? name : name + ":latest";
    }
}
