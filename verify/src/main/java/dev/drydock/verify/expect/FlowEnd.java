package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.Optional;

/** Where a flow begins or ends: an address, a place's own address, or somewhere outside. */
public record FlowEnd(Optional<IpAddress> address, Optional<Scope> place) {
    /** Anywhere beyond the default route. */
    public static final FlowEnd OUTSIDE = new FlowEnd(Optional.empty(), Optional.empty());

    /** RFC 5737 keeps this network for examples, so no rule that is for some network by name is for it. */
    static final IpAddress SOMEWHERE = new IpAddress("203.0.113.9");

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
