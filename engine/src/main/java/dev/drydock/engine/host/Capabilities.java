package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What a place can run, tried in a namespace that is thrown away. */
final class Capabilities {
    private static final String DOCKER = "docker";

    /** Every world is built of these; if they were missing, building would say so. */
    private static final Set<String> COMMON = Set.of("netns", "bridge", "veth", "iptables", DOCKER);

    /** Asks the machine. */
    static final String SCRIPT = Scripts.read("namespace.sh") + Scripts.read("capabilities.sh");

    private static final String PROFILE = "APPARMOR_PROFILE";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Place place;
    private final Optional<CapabilityCache> cache;

    /** @param file stores the result; empty when nothing is to be stored */
    Capabilities(Place place, Optional<Path> file) {
        this.place = place;
        this.cache = file.map(path -> new CapabilityCache(path, SCRIPT));
    }

    /** The stored result; without one, as {@link #allNow()}. */
    List<Capability> all() {
        return cache.flatMap(CapabilityCache::read).orElseGet(this::allNow);
    }

    /** Asked of the kernel. */
    List<Capability> allNow() {
        return stored(probe(Set.of()));
    }

    /**
     * Asked of the kernel, and then tried for real, unless something is missing without which no world can stand.
     *
     * @param build builds a world with these needs and ends it; returns why it could not be built, nothing where it stood
     */
    List<Capability> allNow(Function<Set<String>, Optional<Message>> build) {
        List<Capability> found = probe(Set.of());
        return stored(
                found.stream().allMatch(one -> one.present() || !one.ofEveryWorld())
                        ? withLabHost(found, build)
                        : found);
    }

    private List<Capability> stored(List<Capability> all) {
        cache.ifPresent(remembering -> remembering.write(all));
        return all;
    }

    private static List<Capability> withLabHost(
            List<Capability> found, Function<Set<String>, Optional<Message>> build) {
        List<Capability> all = new ArrayList<>(found);
        boolean engine = found.stream().anyMatch(one -> one.name().equals(DOCKER) && one.present());
        long began = System.nanoTime();
        Optional<Message> refused = engine ? build.apply(Set.of(DOCKER)) : Optional.of(say("capability.not-said"));
        if (engine && refused.isPresent()) {
            Capability failed = new Capability(DOCKER, false, Words.text(refused.get()), Optional.empty());
            all.replaceAll(one -> one.name().equals(DOCKER) ? failed : one);
        }
        if (refused.isPresent()) {
            began = System.nanoTime();
            refused = build.apply(Set.of());
        }
        String seconds = String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
        Message detail = refused.orElse(say("capability.labhost", "seconds", seconds));
        all.add(new Capability("labhost", refused.isEmpty(), Words.text(detail), Optional.empty()));
        return all;
    }

    /**
     * Returns at once when every world has all that is needed. A stored result is used only when nothing is missing in it; else the place is probed.
     *
     * @param lab named in the message
     * @throws MissingCapability naming what is missing
     * @throws HostTrouble when the place cannot be asked
     */
    void require(String lab, Set<String> needs) {
        Set<String> exotic = new TreeSet<>(needs);
        exotic.removeAll(COMMON);
        if (exotic.isEmpty()
                || cache.flatMap(CapabilityCache::read)
                        .filter(known -> missing(exotic, known).isEmpty())
                        .isPresent()) {
            return;
        }
        List<Capability> missing = missing(exotic, probe(exotic));
        if (!missing.isEmpty()) {
            throw new MissingCapability(lab, missing);
        }
    }

    private static List<Capability> missing(Set<String> needs, List<Capability> known) {
        List<Capability> missing = new ArrayList<>();
        for (String need : needs) {
            known.stream()
                    .filter(one -> one.name().equals(need))
                    .findFirst()
                    .or(() -> Optional.of(
                            new Capability(need, false, Words.text(say("capability.not-said")), Optional.empty())))
                    .filter(capability -> !capability.present())
                    .ifPresent(missing::add);
        }
        return missing;
    }

    /** Reads {@code NAME TAB yes|no TAB DETAIL TAB REMEDY}, a line each. */
    static List<Capability> parse(List<String> lines) {
        List<Capability> capabilities = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4) {
                Optional<String> remedy = parts[3].isEmpty() ? Optional.empty() : Optional.of(parts[3]);
                capabilities.add(new Capability(parts[0], parts[1].equals("yes"), parts[2], remedy));
            }
        }
        return capabilities;
    }

    /** The line that {@link #parse} reads. */
    static String line(Capability capability) {
        return String.join(
                "\t",
                capability.name(),
                capability.present() ? "yes" : "no",
                capability.detail(),
                capability.remedy().orElse(""));
    }

    /** @param only names to probe; empty for all */
    private List<Capability> probe(Set<String> only) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", SCRIPT, "capabilities"));
        command.addAll(only);
        Map<String, String> environment = new LinkedHashMap<>(Scripts.ENVIRONMENT);
        environment.put(PROFILE, Scripts.read("drydock-world.apparmor"));
        ProbeOutput output = ScriptRun.on(place, command, environment)
                .execute(new byte[0], LIMIT)
                .output();
        List<Capability> capabilities = parse(output.out().lines().toList());
        if (capabilities.isEmpty() && (only.isEmpty() || output.exit() != 0)) {
            throw new HostTrouble(say("capability.not-asked")
                    .with("machine", place.called())
                    .with("error", output.err().strip()));
        }
        return capabilities;
    }
}
