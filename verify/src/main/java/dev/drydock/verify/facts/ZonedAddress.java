package dev.drydock.verify.facts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as it is typed; an IPv6 link-local one may name its interface: {@code fe80::1%eth0}.
 *
 * @param zone the interface; empty where none is named
 */
public record ZonedAddress(IpAddress address, Optional<String> zone) {
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_.@-]{1,15}");

    /** The address, or empty when the text is something else, such as a name. */
    public static Optional<ZonedAddress> tryParse(String text) {
        int sign = text.indexOf('%');
        Optional<String> zone = sign < 0 ? Optional.empty() : Optional.of(text.substring(sign + 1));
        boolean name =
                zone.filter(device -> !INTERFACE.matcher(device).matches()).isEmpty();
        return IpAddress.tryParse(sign < 0 ? text : text.substring(0, sign))
                .filter(address -> name && (sign < 0 || address.isIpv6()))
                .map(address -> new ZonedAddress(address, zone));
    }

    /** {@code fe80::1%eth0}. */
    @Override
    public String toString() {
        return address + zone.map(device -> "%" + device).orElse("");
    }
}
