package dev.drydock.verify.facts;

import java.util.List;

/** A line of a hosts file that takes effect; comments never get here. */
public record HostsEntry(IpAddress address, List<String> names) {
    public HostsEntry {
        names = List.copyOf(names);
    }
}
