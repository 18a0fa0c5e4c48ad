package dev.drydock.engine.host;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.verify.ProbeOutput;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a place can run, asked of its kernel in a namespace that is thrown away. */
final class Capabilities {
    /** Every world is built of these; if they were missing, building would say so. */
    private static final Set<String> COMMON = Set.of("netns", "bridge", "veth", "iptables", "docker");

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Place place;

    Capabilities(Place place) {
        this.place = place;
    }

    List<Capability> all() {
        return probe(Set.of());
    }

    /** @throws HostTrouble naming what is missing; quick when only common things are needed */
    void require(Set<String> needs) {
        Set<String> exotic = new HashSet<>(needs);
        exotic.removeAll(COMMON);
        if (exotic.isEmpty()) {
            return;
        }
        List<Capability> known = probe(exotic);
        List<String> missing = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        for (String need : new LinkedHashSet<>(exotic)) {
            Optional<Capability> capability =
                    known.stream().filter(one -> one.name().equals(need)).findFirst();
            if (capability.isEmpty() || !capability.get().present()) {
                missing.add(need);
                capability.flatMap(Capability::remedy).ifPresent(remedies::add);
            }
        }
        if (!missing.isEmpty()) {
            boolean installable = remedies.stream().anyMatch(remedy -> remedy.startsWith("apt-get "));
            throw new HostTrouble((installable ? "not here: " : "not supported by this kernel: ")
                    + String.join(", ", missing)
                    + (remedies.isEmpty() ? "" : "; try: " + String.join("; ", remedies)));
        }
    }

    /** @param only these; all when empty */
    private List<Capability> probe(Set<String> only) {
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(List.of("bash", "-c", Scripts.read("capabilities.sh"), "capabilities"));
        command.addAll(only);
        ProbeOutput output = new ScriptRun(command, Scripts.ENVIRONMENT, () -> {})
                .execute(
                        "\u001e" + java.util.UUID.randomUUID(),
                        InputStream.nullInputStream(),
                        LIMIT,
                        text -> {},
                        text -> {});
        List<Capability> capabilities = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4) {
                Optional<String> remedy = parts[3].isEmpty() ? Optional.empty() : Optional.of(parts[3]);
                capabilities.add(new Capability(parts[0], parts[1].equals("yes"), parts[2], remedy));
            }
        }
        if (capabilities.isEmpty() && (only.isEmpty() || output.exit() != 0)) {
            throw new HostTrouble("this machine could not be asked what it can run: "
                    + output.err().strip());
        }
        return capabilities;
    }
}
