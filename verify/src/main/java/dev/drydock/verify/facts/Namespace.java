package dev.drydock.verify.facts;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One network namespace: its identity (inode of {@code /proc/PID/ns/net}), every name it is known by, and its network state. {@code netnsIds} maps the ids that this namespace uses for others ({@code ip netns list-id}) to inodes where known. */
public record Namespace(long inode, Set<Scope> names, Reading<List<Link>> links, Reading<List<Route>> routes, Reading<List<Neighbour>> neighbours, Reading<List<BridgePort>> bridgePorts, Reading<List<Chain>> chains, Reading<Map<String, String>> sysctls, Reading<List<Socket>> sockets, Reading<Map<Integer, Long>> netnsIds) {}
