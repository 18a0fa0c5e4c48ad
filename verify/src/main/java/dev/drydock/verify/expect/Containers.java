package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** What several expectations say about containers. */
final class Containers {
    private Containers() {}

    static Optional<Container> named(List<Container> containers, String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** Docker says that a paused or restarting container runs; a learner would not. */
    static boolean runs(Container container) {
        return container.running() && container.status().equals("running");
    }

    /**
     * What its network mode means for its interfaces, if it is not one with a network of its own.
     *
     * @param subject its name, or an empty text for "it"
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

    /** Why its network mode is another one than that; a mode is given when a container is made and stays. */
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

    /** Docker keeps {@code container:ID}; people say {@code container:web}. */
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

    /** {@code busybox}, {@code busybox:latest} and {@code docker.io/library/busybox} are one image. */
    static boolean sameImage(String first, String second) {
        return canonical(first).equals(canonical(second));
    }

    private static String canonical(String image) {
        String name = image.replaceFirst("^docker\\.io/", "").replaceFirst("^library/", "");
        boolean tagged = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0 || name.contains("@");
        return tagged ? name : name + ":latest";
    }
}
