package dev.drydock.verify.facts;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A listening socket. One that several processes share appears once for each process.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param address {@code 0.0.0.0}, {@code ::} (IPv6 only), {@code *} (both versions of IP) or a bound address
 * @param device the interface that it is bound to; empty where it receives on all
 * @param pid the owner; empty where the kernel does not tell
 * @param comm the owner's command name; empty where the kernel does not tell
 */
public record Socket(
        String protocol, String address, Optional<String> device, int port, OptionalInt pid, Optional<String> comm) {
    private static final String MAPPED = "::ffff:";

    /** A socket that is bound to no interface. */
    public Socket(String protocol, String address, int port, OptionalInt pid, Optional<String> comm) {
        this(protocol, address, Optional.empty(), port, pid, comm);
    }

    /** The bound address; an IPv4-mapped one as IPv4: {@code 10.9.0.1} for {@code ::ffff:10.9.0.1}. */
    public String plainAddress() {
        return address.startsWith(MAPPED) ? address.substring(MAPPED.length()) : address;
    }

    /**
     * Whether the socket receives packets for this address.
     *
     * @param by the input interface; {@code lo} for packets that the namespace sends to itself
     */
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
