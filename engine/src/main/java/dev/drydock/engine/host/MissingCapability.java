package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A world cannot be built in a place because the machine lacks something that the lab needs. */
public final class MissingCapability extends HostTrouble {
    private static final long serialVersionUID = 1L;

    private final transient List<Capability> missing;

    /**
     * @param lab id of the lab
     * @param missing at least one
     */
    public MissingCapability(String lab, List<Capability> missing) {
        super(sentences(lab, missing));
        this.missing = List.copyOf(missing);
    }

    /** What is missing, at least one. */
    public List<Capability> missing() {
        return missing;
    }

    private static Message sentences(String lab, List<Capability> missing) {
        String remedies = missing.stream()
                .flatMap(capability -> capability.remedy().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        return say("capability.missing")
                .with("lab", lab)
                .with(
                        "lacking",
                        IntStream.range(0, missing.size())
                                .mapToObj(i -> i == 0
                                        ? missing.get(i).lacking()
                                        : say("capability.missing.other")
                                                .with("lacking", missing.get(i).lacking()))
                                .toList())
                .with("remedies", remedies);
    }
}
