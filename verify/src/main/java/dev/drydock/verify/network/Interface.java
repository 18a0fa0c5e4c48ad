package dev.drydock.verify.network;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.packet.Router;
import java.util.List;

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

    public boolean has(IpAddress address) {
        return link.addresses().stream().anyMatch(own -> own.address().address().equals(address));
    }

    /** Its addresses of one version; of IPv6 only those that reach beyond the link. */
    public List<Cidr> addresses(boolean ipv6) {
        return ipv6
                ? link.addresses().stream()
                        .filter(own -> own.scope().equals("global"))
                        .map(InterfaceAddress::address)
                        .filter(own -> own.address().isIpv6())
                        .toList()
                : addresses();
    }

    /** Its IPv4 addresses. */
    public List<Cidr> addresses() {
        return Router.addresses(link).toList();
    }
}
