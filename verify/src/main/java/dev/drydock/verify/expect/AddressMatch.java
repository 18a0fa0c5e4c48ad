package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/**
 * Compares the addresses of an interface with the wanted ones. IPv6 link-local addresses, which the kernel adds by itself, never count as extra.
 */
final class AddressMatch {
    private AddressMatch() {}

    static Comparison compare(Comparison comparison, Facts facts, Scope in, Link link, ListMatch<Cidr> wanted) {
        List<Cidr> found = link.addresses().stream()
                .filter(address -> !isTaken(address))
                .map(InterfaceAddress::address)
                .toList();
        List<Cidr> settled = link.addresses().stream()
                .filter(address -> !isTaken(address)
                        && !(address.address().address().isIpv6()
                                && address.scope().equals("link")))
                .map(InterfaceAddress::address)
                .toList();
        Optional<Cidr> missing =
                wanted.items().stream().filter(item -> !found.contains(item)).findFirst();
        boolean extra = wanted.exactly() && !wanted.items().containsAll(settled);
        return comparison.that(
                missing.isEmpty() && !extra,
                words(wanted),
                words(new ListMatch<>(settled, false)),
                missing.flatMap(item -> why(facts, in, link, item)));
    }

    /** {@code 10.9.0.11/24}, {@code only 10.9.0.11/24}, {@code no address}. */
    static Message words(ListMatch<Cidr> wanted) {
        return say("interface.addresses", "addresses", wanted.items(), "exactly", wanted.exactly());
    }

    private static boolean isTaken(InterfaceAddress address) {
        return address.detection() == InterfaceAddress.Detection.FAILED;
    }

    private static Optional<Message> why(Facts facts, Scope in, Link link, Cidr wanted) {
        if (link.addresses().stream()
                .anyMatch(own -> isTaken(own) && own.address().equals(wanted))) {
            return Optional.of(say("interface.address-taken", "address", wanted));
        }
        Optional<Cidr> otherPrefix = link.addresses().stream()
                .map(InterfaceAddress::address)
                .filter(found -> found.address().equals(wanted.address()))
                .findFirst();
        if (otherPrefix.isPresent()) {
            boolean single = otherPrefix.get().prefix() == (wanted.address().isIpv6() ? 128 : 32);
            int prefix = otherPrefix.get().prefix();
            return Optional.of(
                    single
                            ? say("interface.address-alone", "prefix", prefix)
                            : say("interface.other-prefix", "prefix", prefix, "wanted", wanted.prefix()));
        }
        return FactCauses.addressElsewhere(facts, in, link, wanted);
    }
}
