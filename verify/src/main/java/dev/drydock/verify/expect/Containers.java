package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Container;
import java.util.List;
import java.util.Optional;

/** What several expectations say about containers. */
final class Containers {
    private Containers() {}

    static Optional<Container> named(List<Container> containers, String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** {@code running}, {@code paused}, {@code exited with status 137}, {@code created but not started}. */
    static String condition(Container container) {
        return switch (container.status()) {
            case "exited" -> "exited with status " + container.exitCode();
            case "created" -> "created but not started";
            default -> container.status();
        };
    }

    /** Docker says that a paused or restarting container runs; a learner would not. */
    static boolean runs(Container container) {
        return container.running() && container.status().equals("running");
    }

    /** Why it is not running, as far as Docker tells. */
    static Optional<String> whyNotRunning(Container container) {
        if (!container.running() && !container.error().isBlank()) {
            return Optional.of("Docker could not start it: " + reason(container.error()));
        }
        return switch (container.status()) {
            case "exited" ->
                Optional.of(
                        container.exitCode() > 128
                                ? "its command was ended by signal " + (container.exitCode() - 128)
                                : "its command came to its end, and a container lives as long as its command"
                                        + (container.exitCode() > 0
                                                ? "; docker logs " + container.name() + " shows what it said"
                                                : ""));
            case "created" ->
                container.exitCode() == 0
                        ? Optional.empty()
                        : Optional.of("its command could not be started (status " + container.exitCode() + ")");
            case "paused" -> Optional.of("docker unpause lets it go on");
            default -> Optional.empty();
        };
    }

    /**
     * The end of {@code driver failed programming external connectivity on endpoint web (3c8f…): Bind for 0.0.0.0:8080 failed: port is
     * already allocated}, where the reason stands.
     */
    private static String reason(String error) {
        return error.strip()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^driver failed .*?\\): ", "")
                .replaceFirst("^.*runc create failed: ", "")
                .replaceFirst(": unknown$", "");
    }

    /** What its network mode means for its interfaces, if it is not one with a network of its own. */
    static Optional<String> whatItsModeMeans(Container container, List<Container> all) {
        String mode = readableMode(container.networkMode(), all);
        if (mode.equals("host")) {
            return Optional.of("it was started with --net host, so it has no eth0 of its own");
        }
        if (mode.equals("none")) {
            return Optional.of("it was started with --net none, so it has no eth0, only lo");
        }
        if (mode.startsWith("container:")) {
            String owner = mode.substring("container:".length());
            return Optional.of("it was started with --net " + mode + ", so it uses the interfaces of " + owner);
        }
        return Optional.empty();
    }

    /** Why its network mode is another one than that; a mode is given when a container is made and stays. */
    static Optional<String> whyNotInMode(Container container, String wanted, List<Container> all) {
        String mode = readableMode(container.networkMode(), all);
        return whatItsModeMeans(container, all).or(() -> {
            String place = mode.equals("bridge") ? "the default bridge" : mode;
            if (container.attachments().containsKey(wanted)) {
                return Optional.of("it was started on " + place + " and connected to " + wanted
                        + " as well; the mode stays what it was started with");
            }
            return Optional.of(
                    mode.equals("bridge")
                            ? "it was started without --net " + wanted + ", so it came to the default bridge"
                            : "it was started with --net " + mode + ", so it came to that network"
                                    + (wanted.equals("bridge") ? " and not to the default bridge" : ""));
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
