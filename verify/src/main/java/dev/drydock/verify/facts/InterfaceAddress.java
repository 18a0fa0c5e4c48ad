package dev.drydock.verify.facts;

/**
 * An address on an interface.
 *
 * @param scope {@code global}, {@code link} or {@code host}
 * @param detection for IPv6, the state of duplicate address detection; DONE for IPv4
 * @param deprecated for IPv6, whether it is used as a source only where there is no other address
 */
public record InterfaceAddress(Cidr address, String scope, boolean secondary, Detection detection, boolean deprecated) {
    /** The state of duplicate address detection. The kernel uses the address only after it is done. */
    public enum Detection {
        DONE,
        /** {@code tentative}: lasts about a second after the interface came up. */
        RUNNING,
        /** {@code dadfailed}: another station has the address. */
        FAILED
    }

    /** An address that is ready for use. */
    public InterfaceAddress(Cidr address, String scope, boolean secondary) {
        this(address, scope, secondary, Detection.DONE, false);
    }

    /** Whether the kernel sends from the address and accepts packets for it. */
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
