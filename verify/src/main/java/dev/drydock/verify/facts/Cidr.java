package dev.drydock.verify.facts;


/** An address with a prefix length, host bits kept: {@code 10.9.0.11/24}. {@code default} is {@code 0.0.0.0/0}. */
public record Cidr(IpAddress address, int prefix) {
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        return new Cidr(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
