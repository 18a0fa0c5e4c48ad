package dev.drydock.verify.facts;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A listening socket; one that several processes share appears once for each.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param address {@code 0.0.0.0}, {@code ::} (IPv6 alone), {@code *} (both versions of IP) or a bound address
 * @param device the interface that it is bound to; empty where it hears all of them
 * @param pid of the owner, known only where the kernel told
 */
public record Socket(
        String protocol, String address, Optional<String> device, int port, OptionalInt pid, Optional<String> comm) {
    private static final String MAPPED = "::ffff:";

    /** One that is bound to no interface. */
    public Socket(String protocol, String address, int port, OptionalInt pid, Optional<String> comm) {
        this(protocol, address, Optional.empty(), port, pid, comm);
    }

    /** The address as IPv4 has it, where it is one of IPv4 that a socket of IPv6 is bound to: {@code ::ffff:10.9.0.1}. */
    public String plainAddress() {
        return address.startsWith(MAPPED) ? address.substring(MAPPED.length()) : address;
    }

    /** Whether it takes what comes for that address by that interface, of which lo carries what a namespace sends to itself. */
    public boolean takes(IpAddress to, String by) {
        boolean any = address.equals("*") || address.equals(to.isIpv6() ? "::" : "0.0.0.0");
        return (any || plainAddress().equals(to.toString()))
                && device.filter(name -> !name.equals(by)).isEmpty();
    }

    /** {@code 0.0.0.0:80}, {@code *:80}, {@code [::]:80}, {@code 0.0.0.0%lo:80}, as {@code ss} has it. */
    public String shown() {
        return IpAddress.beforePort(address) + device.map(name -> "%" + name).orElse("") + ":" + port;
    }
}
