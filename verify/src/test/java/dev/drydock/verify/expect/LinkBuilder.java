package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One link of {@link NamespaceBuilder}; down, without address, until said otherwise. */
final class LinkBuilder {
    private final int index;
    private final String name;
    private final List<InterfaceAddress> addresses = new ArrayList<>();
    private String kind = "";
    private boolean up;
    private Optional<MacAddress> mac = Optional.empty();
    private int mtu = 1500;
    private Optional<String> master = Optional.empty();
    private OptionalInt peerIndex = OptionalInt.empty();
    private OptionalInt peerNetnsId = OptionalInt.empty();
    private Layer layer = Layer.NONE;

    LinkBuilder(int index, String name) {
        this.index = index;
        this.name = name;
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    LinkBuilder kind(String value) {
        kind = value;
        return this;
    }

    LinkBuilder up() {
        up = true;
        return this;
    }

    LinkBuilder down() {
        up = false;
        return this;
    }

    LinkBuilder mac(String value) {
        mac = Optional.of(MacAddress.parse(value));
        return this;
    }

    LinkBuilder mtu(int value) {
        mtu = value;
        return this;
    }

    LinkBuilder master(String value) {
        master = Optional.of(value);
        return this;
    }

    LinkBuilder layer(Layer value) {
        layer = value;
        return this;
    }

    LinkBuilder address(String value) {
        return address(value, "global");
    }

    LinkBuilder address(String value, String scope) {
        addresses.add(new InterfaceAddress(Cidr.parse(value), scope, false));
        return this;
    }

    /** As the kernel shows it; an id of another namespace where the pair spans two. */
    LinkBuilder peer(int peer, OptionalInt namespace) {
        peerIndex = OptionalInt.of(peer);
        peerNetnsId = namespace;
        return this;
    }

    Link build() {
        return new Link(
                index,
                name,
                kind,
                up,
                up ? "UP" : "DOWN",
                up,
                true,
                false,
                mac,
                mtu,
                master,
                peerIndex,
                peerNetnsId,
                layer,
                addresses);
    }
}
