package dev.drydock.verify.facts;

import java.util.List;
import java.util.Objects;

/** A line of a hosts file that takes effect; comments never get here. */
public record HostsEntry(IpAddress address, List<String> names) {
    public HostsEntry {
        Objects.requireNonNull(address);
        names = List.copyOf(names);
    }
}
