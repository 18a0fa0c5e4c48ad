package dev.drydock.verify.expect;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.util.List;
import java.util.Optional;

/** A container's wanted place on one network. */
public record NetworkPlace(Optional<IpAddress> address, Optional<MacAddress> mac, List<String> aliases) {}
