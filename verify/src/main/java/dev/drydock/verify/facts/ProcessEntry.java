package dev.drydock.verify.facts;

import java.util.Objects;

/** A process of the lab host, container processes included; {@code netns} is the inode of its network namespace. */
public record ProcessEntry(int pid, long netns, String comm, String arguments) {
    public ProcessEntry {
        Objects.requireNonNull(comm);
        Objects.requireNonNull(arguments);
    }
}
