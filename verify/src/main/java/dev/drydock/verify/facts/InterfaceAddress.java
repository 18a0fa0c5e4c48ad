package dev.drydock.verify.facts;

/**
 * An address on an interface.
 *
 * @param scope {@code global}, {@code link} or {@code host}
 * @param detection of IPv6: whether somebody else on the link was found to have the address
 * @param deprecated of IPv6: whether it is taken as a source only where there is no other
 */
public record InterfaceAddress(Cidr address, String scope, boolean secondary, Detection detection, boolean deprecated) {
    /** How far duplicate address detection is. Until it is done, the kernel does not use the address. */
    public enum Detection {
        DONE,
        /** {@code tentative}: for about a second after the interface came up. */
        RUNNING,
        /** {@code dadfailed}: somebody has it. */
        FAILED
    }

    /** One that is used. */
    public InterfaceAddress(Cidr address, String scope, boolean secondary) {
        this(address, scope, secondary, Detection.DONE, false);
    }

    /** Whether the kernel sends by it and takes packets for it. */
    public boolean isUsable() {
        return detection == Detection.DONE;
    }

    /** {@code inet6 fd00:9::12/64 scope global dadfailed tentative}, as {@code ip addr} prints it. */
    public String shown() {
        return (address.address().isIpv6() ? "inet6 " : "inet ") + address + " scope " + scope
                + (secondary ? " secondary" : "")
                + (detection == Detection.FAILED ? " dadfailed" : "")
                + (deprecated ? " deprecated" : "")
                + (detection == Detection.DONE ? "" : " tentative");
    }
}
