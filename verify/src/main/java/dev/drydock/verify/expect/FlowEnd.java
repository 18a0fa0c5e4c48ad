package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.Optional;

/** The source or destination of a flow: an IPv4 address, the address of a namespace, or somewhere outside. */
public record FlowEnd(Optional<IpAddress> address, Optional<Scope> place) {
    /** Any address beyond the default route. */
    public static final FlowEnd OUTSIDE = new FlowEnd(Optional.empty(), Optional.empty());

    /** An address of a documentation network (RFC 5737). Rules for particular networks do not match it. */
    static final IpAddress SOMEWHERE = new IpAddress("203.0.113.9");

    /** @throws Complaint when the address is one of IPv6 */
    public FlowEnd {
        if (address.filter(IpAddress::isIpv6).isPresent()) {
            throw new Complaint(say("flow.ipv6", "address", address));
        }
    }

    public static FlowEnd of(IpAddress address) {
        return new FlowEnd(Optional.of(address), Optional.empty());
    }

    public static FlowEnd at(Scope place) {
        return new FlowEnd(Optional.empty(), Optional.of(place));
    }

    boolean isOutside() {
        return equals(OUTSIDE);
    }

    /** {@code 10.9.0.11}, {@code red}, {@code outside}. */
    Message words() {
        return say("flow.end", "address", address, "place", place);
    }
}
