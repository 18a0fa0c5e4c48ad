package dev.drydock.verify.facts;

import java.util.Optional;

/**
 * A process of the lab host, container processes included.
 *
 * @param netns the inode of its network namespace
 * @param mountNamespace the inode of its mount namespace, where it was seen; a container's processes share one
 */
public record ProcessEntry(int pid, long netns, Optional<Long> mountNamespace, String comm, String arguments) {}
