package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wanted parent, mode or VXLAN settings of an interface: {@code mode: bridge, parent: eth0}, {@code vxlan: {id: 42, remote: 10.0.2.16, local:
 * 10.0.2.15, port: 4789}}.
 *
 * @param parent the name of the parent interface, in the same namespace or on the lab host
 */
public record LayerMatch(Optional<VxlanMatch> vxlan, Optional<String> mode, Optional<String> parent) {
    public static final LayerMatch ANY = new LayerMatch(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int LINUX_PORT = 8472;

    /** The wanted settings of a VXLAN device; empty ones do not matter. */
    public record VxlanMatch(
            Optional<Integer> id,
            Optional<IpAddress> remote,
            Optional<IpAddress> group,
            Optional<IpAddress> local,
            Optional<Integer> port) {}

    boolean isAny() {
        return equals(ANY);
    }

    /** What the interface must be: {@code a VXLAN device}, {@code in mode bridge}. */
    List<Message> is() {
        List<Message> is = new ArrayList<>();
        vxlan.ifPresent(wanted -> is.add(say("vxlan.device")));
        mode.ifPresent(wanted -> is.add(say("interface.in-mode", "mode", wanted)));
        parent.ifPresent(wanted -> is.add(onTop(wanted, "")));
        return is;
    }

    /** What it must have: {@code id 42}, {@code remote 10.0.2.16}. */
    List<Message> has() {
        List<Message> has = new ArrayList<>();
        vxlan.ifPresent(wanted -> {
            wanted.id().ifPresent(id -> has.add(id(id)));
            wanted.remote().ifPresent(to -> has.add(address("remote", wanted.remote())));
            wanted.group().ifPresent(to -> has.add(address("group", wanted.group())));
            wanted.local().ifPresent(from -> has.add(address("local", wanted.local())));
            wanted.port().ifPresent(number -> has.add(port(number)));
        });
        return has;
    }

    private static Message onTop(String parent, String namespace) {
        return say("interface.on-top", "parent", parent, "namespace", namespace);
    }

    private static Message id(int id) {
        return say("vxlan.id", "id", id);
    }

    /** @param which {@code remote}, {@code group} or {@code local} */
    private static Message address(String which, Optional<IpAddress> address) {
        return say("vxlan." + which, "address", address);
    }

    private static Message port(int port) {
        return say("vxlan.port", "port", port);
    }

    void compare(Comparison comparison, Facts facts, Scope in, Link link) {
        vxlan.ifPresent(wanted -> link.layer()
                .vxlan()
                .ifPresentOrElse(
                        found -> compare(comparison, facts, in, wanted, found),
                        () -> comparison.that(false, say("vxlan.device"), Interfaces.kind(link.kind()))));
        mode.ifPresent(wanted -> comparison.that(
                link.layer().mode().equals(mode),
                say("interface.mode", "mode", mode),
                say("interface.mode", "mode", link.layer().mode())));
        parent.ifPresent(wanted -> compareParent(comparison, facts, in, link, wanted));
    }

    private static void compare(Comparison comparison, Facts facts, Scope in, VxlanMatch wanted, Vxlan found) {
        wanted.id().ifPresent(id -> comparison.that(id == found.id(), id(id), id(found.id())));
        wanted.remote()
                .ifPresent(to -> comparison.that(
                        found.remote().equals(wanted.remote()),
                        address("remote", wanted.remote()),
                        address("remote", found.remote()),
                        found.remote().flatMap(other -> ownAddress(facts, in, other))));
        wanted.group()
                .ifPresent(to -> comparison.that(
                        found.group().equals(wanted.group()),
                        address("group", wanted.group()),
                        address("group", found.group())));
        wanted.local()
                .ifPresent(from -> comparison.that(
                        found.local().equals(wanted.local()),
                        address("local", wanted.local()),
                        address("local", found.local())));
        wanted.port()
                .ifPresent(number -> comparison.that(
                        number == found.port(),
                        port(number),
                        port(found.port()),
                        found.port() == LINUX_PORT
                                ? Optional.of(say("vxlan.linux-port", "port", LINUX_PORT))
                                : Optional.empty()));
    }

    /** The cause that the remote address is the device's own. */
    private static Optional<Message> ownAddress(Facts facts, Scope in, IpAddress address) {
        Scope host = new Scope(in.host(), Scope.Kind.HOST, "");
        return Stream.of(in, host)
                .distinct()
                .flatMap(scope -> ScopeLookup.find(facts, scope).stream())
                .flatMap(FactCauses::links)
                .filter(link -> link.addresses().stream()
                        .anyMatch(own -> own.address().address().equals(address)))
                .map(link -> say("vxlan.own-address", "address", address, "interface", link.name()))
                .findFirst();
    }

    private static void compareParent(Comparison comparison, Facts facts, Scope in, Link link, String wanted) {
        NetworkModel model = NetworkModel.of(facts);
        Node here = model.node(in).orElseThrow();
        Lookup<Interface> found = model.parentOf(new Interface(here, link));
        found.fold(
                there -> {
                    Node below = there.value().at();
                    String name = there.value().name();
                    boolean near = below.equals(here) || below.isHost();
                    return comparison.that(
                            near && name.equals(wanted),
                            onTop(wanted, ""),
                            onTop(name, near ? "" : below.namespace().label()));
                },
                absent -> comparison.that(false, onTop(wanted, ""), absent.reason()),
                unknown -> comparison.unknown(new Reading.Unknown<>(unknown.reason(), unknown.source())));
    }
}
