package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is wanted of an interface that stands on another: {@code mode: bridge, parent: eth0}, {@code vxlan: {id: 42, remote:
 * 10.0.2.16, local: 10.0.2.15, port: 4789}}.
 *
 * @param parent the name of the interface below, in the same place or on the lab host
 */
public record LayerMatch(Optional<VxlanMatch> vxlan, Optional<String> mode, Optional<String> parent) {
    public static final LayerMatch ANY = new LayerMatch(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int LINUX_PORT = 8472;

    public LayerMatch {
        Objects.requireNonNull(vxlan);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(parent);
    }

    /** What is wanted of a VXLAN device; what is empty is not looked at. */
    public record VxlanMatch(
            Optional<Integer> id,
            Optional<IpAddress> remote,
            Optional<IpAddress> group,
            Optional<IpAddress> local,
            Optional<Integer> port) {}

    boolean isAny() {
        return equals(ANY);
    }

    /** {@code a VXLAN device with id 42, in mode bridge}; for the words after "is". */
    List<String> is() {
        List<String> words = new ArrayList<>();
        vxlan.ifPresent(wanted -> words.add("a VXLAN device"));
        mode.ifPresent(wanted -> words.add("in mode " + wanted));
        parent.ifPresent(wanted -> words.add("on top of " + wanted));
        return words;
    }

    /** {@code id 42}, {@code remote 10.0.2.16}; for the words after "has" or "with". */
    List<String> has() {
        List<String> words = new ArrayList<>();
        vxlan.ifPresent(wanted -> {
            wanted.id().ifPresent(id -> words.add("id " + id));
            wanted.remote().ifPresent(to -> words.add("remote " + to));
            wanted.group().ifPresent(to -> words.add("group " + to));
            wanted.local().ifPresent(from -> words.add("local " + from));
            wanted.port().ifPresent(number -> words.add("UDP port " + number));
        });
        return words;
    }

    void compare(Comparison comparison, Facts facts, Scope in, Namespace namespace, Link link) {
        vxlan.ifPresent(wanted -> link.layer()
                .vxlan()
                .ifPresentOrElse(
                        found -> compare(comparison, facts, in, wanted, found),
                        () -> comparison.that(
                                false,
                                "a VXLAN device",
                                link.kind().isEmpty() ? "a plain device" : "kind " + link.kind())));
        mode.ifPresent(wanted -> comparison.that(
                link.layer().mode().equals(mode),
                "mode " + wanted,
                link.layer().mode().map(other -> "mode " + other).orElse("no mode")));
        parent.ifPresent(wanted -> compareParent(comparison, facts, in, namespace, link, wanted));
    }

    private static void compare(Comparison comparison, Facts facts, Scope in, VxlanMatch wanted, Vxlan found) {
        wanted.id().ifPresent(id -> comparison.that(id == found.id(), "id " + id, "id " + found.id()));
        wanted.remote()
                .ifPresent(to -> comparison.that(
                        found.remote().equals(wanted.remote()),
                        "remote " + to,
                        address("remote", found.remote()),
                        found.remote().flatMap(other -> ownAddress(facts, in, other))));
        wanted.group()
                .ifPresent(to -> comparison.that(
                        found.group().equals(wanted.group()), "group " + to, address("group", found.group())));
        wanted.local()
                .ifPresent(from -> comparison.that(
                        found.local().equals(wanted.local()), "local " + from, address("local", found.local())));
        wanted.port()
                .ifPresent(number -> comparison.that(
                        number == found.port(),
                        "UDP port " + number,
                        "UDP port " + found.port(),
                        found.port() == LINUX_PORT
                                ? Optional.of("without dstport Linux takes " + LINUX_PORT
                                        + ", a port from before 4789 was assigned to VXLAN")
                                : Optional.empty()));
    }

    private static String address(String word, Optional<IpAddress> found) {
        return found.map(other -> word + " " + other).orElse("no " + word);
    }

    /** A tunnel's other end must not be this end. */
    private static Optional<String> ownAddress(Facts facts, Scope in, IpAddress address) {
        Scope host = new Scope(in.host(), Scope.Kind.HOST, "");
        return Stream.of(in, host)
                .distinct()
                .flatMap(scope -> ScopeLookup.find(facts, scope).stream())
                .flatMap(FactCauses::links)
                .filter(link -> link.addresses().stream()
                        .anyMatch(own -> own.address().address().equals(address)))
                .map(link -> address + " is the address of " + link.name() + " here, so the packets would come back")
                .findFirst();
    }

    private static void compareParent(
            Comparison comparison, Facts facts, Scope in, Namespace namespace, Link link, String wanted) {
        Lookup<LinkPlace> found = facts.host(in).then(host -> host.parent(namespace, link));
        Optional<Long> host = ScopeLookup.find(facts, new Scope(in.host(), Scope.Kind.HOST, ""))
                .map(Namespace::inode);
        found.fold(
                there -> {
                    LinkPlace place = there.value();
                    boolean near = place.namespace().inode() == namespace.inode()
                            || host.equals(Optional.of(place.namespace().inode()));
                    return comparison.that(
                            near && place.link().name().equals(wanted),
                            "on top of " + wanted,
                            "on top of " + place.link().name()
                                    + (near ? "" : " in " + place.namespace().label()));
                },
                absent -> comparison.that(false, Message.verbatim("on top of " + wanted), absent.reason()),
                unknown -> comparison.unknown(new Reading.Unknown<>(unknown.reason(), unknown.source())));
    }
}
