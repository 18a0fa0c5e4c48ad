package dev.drydock.verify.expect;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.util.List;
import java.util.Optional;

/** A container's wanted place on one network. */
public record NetworkPlace(Optional<IpAddress> address, Optional<MacAddress> mac, List<String> aliases) {
    public NetworkPlace {
        aliases = List.copyOf(aliases);
    }

    /** {@code  at 172.20.0.2 as rr}, with its blank in front. */
    String words() {
        return address.map(ip -> " at " + ip).orElse("")
                + mac.map(wanted -> " with MAC " + wanted).orElse("")
                + (aliases.isEmpty() ? "" : " as " + PlaceWords.list(aliases, ""));
    }
}
