package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;

/** A container's place on one Docker network. */
public record Attachment(String network, Optional<IpAddress> address, int prefix, Optional<IpAddress> gateway, Optional<MacAddress> mac, List<String> aliases) {}
