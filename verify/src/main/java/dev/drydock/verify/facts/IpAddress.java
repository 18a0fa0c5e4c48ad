package dev.drydock.verify.facts;


/** An IPv4 or IPv6 address; parsing never asks a name server. */
public record IpAddress(String text) {
    // Contract only: verify-facts replaces this by a validating, canonical form (10.0.0.1, fe80::1).
    public static IpAddress parse(String text) {
        return new IpAddress(text);
    }

    public boolean isIpv6() {
        return text.indexOf(':') >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
