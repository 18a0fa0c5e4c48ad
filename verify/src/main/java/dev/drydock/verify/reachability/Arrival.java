package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Rule;
import java.util.Optional;

/**
 * Where a packet ended.
 *
 * @param at where it was delivered; empty where it left the lab hosts
 * @param last the namespace that it was in last
 * @param device the interface of {@code last} by which it came, or left
 * @param destinationBy the last rule that translated its destination
 * @param by where it did
 */
record Arrival(
        Optional<Node> at, Node last, String device, Header header, Optional<Rule> destinationBy, Optional<Node> by) {}
