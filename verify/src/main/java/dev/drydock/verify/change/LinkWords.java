package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** Describes interfaces: kind, namespace, parent, and unusual properties. */
final class LinkWords {
    private LinkWords() {}

    static Message label(List<Interface> ends) {
        String kind = ends.get(0).link().kind();
        return ends.size() == 2
                ? Change.label("veth-pair", "")
                : Change.label(kind.isEmpty() ? "interface" : "link", kind);
    }

    /** @param ends one, or the two ends of a veth pair; both may be bridge ports */
    static Message of(List<Interface> ends, boolean gone) {
        Interface first = ends.get(0);
        Optional<Interface> other = ends.stream().skip(1).findFirst();
        List<Interface> down = ends.stream().filter(end -> !end.link().up()).toList();
        Optional<Message> state = gone || down.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        down.size() < ends.size()
                                ? say("link.one-down")
                                        .with("interface", down.get(0).link().name())
                                : say("link.down", "both", ends.size() == 2));
        List<Message> mtus = ends.stream()
                .filter(end ->
                        !gone && end.link().mtu() != 1500 && !end.link().kind().equals("vxlan"))
                .map(end -> say("link.mtu", "mtu", end.link().mtu()))
                .toList();
        return say(gone ? "change.link-gone" : "change.link")
                .with("interface", NamespaceWords.at(first))
                .with("other", other.map(NamespaceWords::at))
                .with("parent", first.link().layer().parentName())
                .with("mode", first.link().layer().mode())
                .with("vxlan", first.link().layer().vxlan().map(Vxlan::shown))
                .with("name", first.link().name())
                .with("bridge", first.link().master())
                .with("other-name", other.map(end -> end.link().name()))
                .with("other-bridge", other.flatMap(end -> end.link().master()))
                .with("state", state)
                .with("mtus", mtus);
    }
}
