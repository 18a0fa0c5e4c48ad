package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Optional;

/** How the addresses of an interface compare with the wanted ones; IPv6 link-local addresses come by themselves and never count as extra. */
final class AddressMatch {
    private AddressMatch() {}

    static Comparison compare(Comparison comparison, Facts facts, Scope in, Link link, ListMatch<Cidr> wanted) {
        List<Cidr> found =
                link.addresses().stream().map(InterfaceAddress::address).toList();
        List<Cidr> settled = link.addresses().stream()
                .filter(address -> !(address.address().address().isIpv6()
                        && address.scope().equals("link")))
                .map(InterfaceAddress::address)
                .toList();
        Optional<Cidr> missing =
                wanted.items().stream().filter(item -> !found.contains(item)).findFirst();
        boolean extra = wanted.exactly() && !wanted.items().containsAll(settled);
        return comparison.that(
                missing.isEmpty() && !extra,
                words(wanted),
                PlaceWords.list(settled, "no address"),
                missing.flatMap(item -> why(facts, in, link, item)));
    }

    /** {@code 10.9.0.11/24}, {@code only 10.9.0.11/24}. */
    static String words(ListMatch<Cidr> wanted) {
        return (wanted.exactly() && !wanted.items().isEmpty() ? "only " : "")
                + PlaceWords.list(wanted.items(), "no address");
    }

    private static Optional<String> why(Facts facts, Scope in, Link link, Cidr wanted) {
        Optional<Cidr> otherPrefix = link.addresses().stream()
                .map(InterfaceAddress::address)
                .filter(found -> found.address().equals(wanted.address()))
                .findFirst();
        if (otherPrefix.isPresent()) {
            boolean single = otherPrefix.get().prefix() == (wanted.address().isIpv6() ? 128 : 32);
            return Optional.of(
                    single
                            ? "the address is right, but /" + otherPrefix.get().prefix()
                                    + " is one address alone: it brings no route to its neighbours"
                            : "the address is right, but its prefix length is "
                                    + otherPrefix.get().prefix() + ", not " + wanted.prefix());
        }
        return FactCauses.addressElsewhere(facts, in, link, wanted).map(Words::text);
    }
}
