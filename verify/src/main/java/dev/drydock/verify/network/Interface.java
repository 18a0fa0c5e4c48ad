package dev.drydock.verify.network;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.packet.Router;
import java.util.List;
import java.util.stream.Stream;

/** An interface and its namespace. Two are equal where the namespace and the interface index are the same. */
public record Interface(Node at, Link link) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Interface that && that.at.equals(at) && that.link.index() == link.index();
    }

    @Override
    public int hashCode() {
        return at.hashCode() * 31 + link.index();
    }

    public Namespace namespace() {
        return at.namespace();
    }

    public String name() {
        return link.name();
    }

    public boolean up() {
        return link.up();
    }

    public boolean isBridge() {
        return link.kind().equals("bridge");
    }

    /** Whether this address is on the interface and ready for use. An IPv6 address in duplicate address detection is not. */
    public boolean has(IpAddress address) {
        return link.addresses().stream()
                .anyMatch(own -> own.isUsable() && own.address().address().equals(address));
    }

    /** The usable addresses of one version of IP; of IPv6 only those of scope global. */
    public List<Cidr> addresses(boolean ipv6) {
        return ipv6
                ? link.addresses().stream()
                        .filter(own -> own.scope().equals("global") && own.isUsable())
                        .map(InterfaceAddress::address)
                        .filter(own -> own.address().isIpv6())
                        .toList()
                : addresses();
    }

    /** Whether the interface has a usable IPv6 link-local address, which neighbour discovery needs. */
    public boolean hasLinkLocal() {
        return link.addresses().stream()
                .anyMatch(own -> own.isUsable()
                        && own.scope().equals("link")
                        && own.address().address().isIpv6());
    }

    /** The IPv4 addresses, and the usable IPv6 addresses of scope global. */
    public Stream<Cidr> everyAddress() {
        return Stream.concat(addresses().stream(), addresses(true).stream());
    }

    public boolean isAddressed() {
        return everyAddress().findFirst().isPresent();
    }

    /** The IPv4 addresses. */
    public List<Cidr> addresses() {
        return Router.addresses(link).toList();
    }
}
