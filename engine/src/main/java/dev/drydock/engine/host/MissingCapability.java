package dev.drydock.engine.host;

import dev.drydock.engine.host.Worlds.Capability;
import java.util.List;
import java.util.stream.Collectors;

/** A world cannot be built here because of what the machine lacks. */
public final class MissingCapability extends HostTrouble {
    private static final long serialVersionUID = 1L;

    private final transient List<Capability> missing;

    /** @param lab whose world it was to be */
    public MissingCapability(String lab, List<Capability> missing) {
        super(sentences(lab, missing));
        this.missing = List.copyOf(missing);
    }

    /** At least one. */
    public List<Capability> missing() {
        return missing;
    }

    private static String sentences(String lab, List<Capability> missing) {
        String lacks = missing.stream().map(Capability::lacking).collect(Collectors.joining("; it "));
        String remedies = missing.stream()
                .flatMap(capability -> capability.remedy().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        return "The lab " + lab + " " + lacks + "." + (remedies.isEmpty() ? "" : " This may bring it: " + remedies);
    }
}
