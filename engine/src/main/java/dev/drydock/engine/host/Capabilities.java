package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What a place can run, tried in a namespace that is thrown away. */
final class Capabilities {
    /** Every world is built of these; if they were missing, building would say so. */
    private static final Set<String> COMMON = Set.of("netns", "bridge", "veth", "iptables", "docker");

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
        return allNow(UnaryOperator.identity());
    }

    /** @param further tries more than the script does; its result is stored */
    List<Capability> allNow(UnaryOperator<List<Capability>> further) {
        List<Capability> all = further.apply(probe(Set.of()));
        cache.ifPresent(remembering -> remembering.write(all));
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
