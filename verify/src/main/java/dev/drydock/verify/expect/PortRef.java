package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bridge port, by its name or as the peer of a veth in another namespace. */
public record PortRef(Optional<String> name, Optional<InterfaceRef> peerOf) {
    /** @throws Complaint when not exactly one of name and peer is given */
    public PortRef {
        if (name.isPresent() == peerOf.isPresent()) {
            throw new Complaint(say("port.name-or-peer"));
        }
    }

    /** {@code red0}; {@code the other end of eth0 in red}; {@code the other end of a veth in red}. */
    Message words() {
        return peerOf.map(end -> end.name().isPresent()
                        ? say("veth.other-end", "interface", end)
                        : say("veth.other-end-of-any", "place", end.in()))
                .orElseGet(() -> Message.verbatim(name.orElseThrow()));
    }

    /** The names of the interfaces in the bridge's namespace that the reference may mean; absent where none does. */
    Lookup<List<String>> candidates(Facts facts, Namespace bridgeSide) {
        if (name.isPresent()) {
            return new Lookup.Found<>(List.of(name.get()), bridgeSide.links().source());
        }
        InterfaceRef end = peerOf.orElseThrow();
        NetworkModel model = NetworkModel.of(facts);
        return facts.namespace(end.in())
                .then(namespace -> Lookup.in(namespace.links(), (links, source) -> {
                    Node near = model.node(end.in()).orElseThrow();
                    List<String> names = new ArrayList<>();
                    List<Lookup<Interface>> open = new ArrayList<>();
                    for (Link link : links.stream().filter(end::mayBe).toList()) {
                        Lookup<Interface> peer = model.peerOf(new Interface(near, link));
                        peer.fold(
                                found -> found.value().namespace().inode() == bridgeSide.inode()
                                        && names.add(found.value().name()),
                                absent -> false,
                                unknown -> open.add(peer));
                    }
                    if (!names.isEmpty()) {
                        return new Lookup.Found<>(names, source);
                    }
                    Optional<Lookup<List<String>>> unknown =
                            open.stream().findFirst().map(peer -> peer.then(none -> absent(bridgeSide, source)));
                    return unknown.orElseGet(() -> absent(bridgeSide, source));
                }));
    }

    private Lookup<List<String>> absent(Namespace bridgeSide, Evidence source) {
        return new Lookup.Absent<>(
                say("interface.not-there", "interface", words(), "namespace", FactCauses.inNamespace(bridgeSide)),
                source);
    }
}
