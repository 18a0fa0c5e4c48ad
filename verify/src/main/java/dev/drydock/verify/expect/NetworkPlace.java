package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** The wanted attachment of a container to one Docker network; empty components do not matter. */
public record NetworkPlace(Optional<IpAddress> address, Optional<MacAddress> mac, List<String> aliases) {
    public NetworkPlace {
        aliases = List.copyOf(aliases);
    }

    /** {@code mynet at 172.20.0.2 as rr}. */
    Message on(String network) {
        return say("container.network", "network", network, "address", address, "mac", mac, "aliases", aliases);
    }
}
