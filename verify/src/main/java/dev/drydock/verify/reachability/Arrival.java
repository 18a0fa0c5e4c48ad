package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Rule;
import java.util.Optional;

/**
 * Where a packet ended.
 *
 * @param at the namespace that received it; empty where it left the lab hosts
 * @param last the last namespace that it was in
 * @param device the interface of {@code last} where it came in; or by which it left the lab hosts
 * @param header the header at the end, after all translations
 * @param destinationBy the last rule that translated its destination; empty where none did
 * @param by the namespace of that rule
 */
record Arrival(
        Optional<Node> at, Node last, String device, Header header, Optional<Rule> destinationBy, Optional<Node> by) {}
