package dev.drydock.verify.network;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.packet.Router;
import java.util.List;
import java.util.stream.Stream;

/** An interface and the namespace that it is in. */
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

    /** Whether it takes packets for that address, which is not so while it is still found out whether somebody else has it. */
    public boolean has(IpAddress address) {
        return link.addresses().stream()
                .anyMatch(own -> own.isUsable() && own.address().address().equals(address));
    }

    /** Its addresses of one version that are used; of IPv6 only those that reach beyond the link. */
    public List<Cidr> addresses(boolean ipv6) {
        return ipv6
                ? link.addresses().stream()
                        .filter(own -> own.scope().equals("global") && own.isUsable())
                        .map(InterfaceAddress::address)
                        .filter(own -> own.address().isIpv6())
                        .toList()
                : addresses();
    }

    /** Its address that counts on its link alone, with which IPv6 asks who else is there. */
    public boolean hasLinkLocal() {
        return link.addresses().stream()
                .anyMatch(own -> own.isUsable()
                        && own.scope().equals("link")
                        && own.address().address().isIpv6());
    }

    /** Its addresses of both versions that are used beyond the link. */
    public Stream<Cidr> everyAddress() {
        return Stream.concat(addresses().stream(), addresses(true).stream());
    }

    public boolean isAddressed() {
        return everyAddress().findFirst().isPresent();
    }

    /** Its IPv4 addresses. */
    public List<Cidr> addresses() {
        return Router.addresses(link).toList();
    }
}
