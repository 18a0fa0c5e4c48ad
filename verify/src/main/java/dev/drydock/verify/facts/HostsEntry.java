package dev.drydock.verify.facts;

import java.util.List;

/** One entry of a hosts file, without its comment. */
public record HostsEntry(IpAddress address, List<String> names) {
    public HostsEntry {
        names = List.copyOf(names);
    }
}
