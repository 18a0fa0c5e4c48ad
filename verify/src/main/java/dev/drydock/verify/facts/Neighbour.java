package dev.drydock.verify.facts;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** An ARP or NDP entry; {@code state} is {@code REACHABLE}, {@code STALE}, {@code FAILED} …. */
public record Neighbour(IpAddress address, String device, Optional<MacAddress> mac, String state) {
    private static final Set<String> LEARNED = Set.of("REACHABLE", "STALE", "DELAY", "PROBE");

    public Neighbour {
        Objects.requireNonNull(address);
        Objects.requireNonNull(device);
        Objects.requireNonNull(mac);
        Objects.requireNonNull(state);
    }

    /** The arguments for {@code ip} that list such entries; plain {@code neigh} leaves out those in the state NOARP. */
    public static String command(Collection<Neighbour> entries) {
        return entries.stream().anyMatch(Neighbour::isWithoutArp) ? "neigh show nud all" : "neigh";
    }

    /** Whether the entry is used without ARP and never expires: {@code nud noarp}. */
    public boolean isWithoutArp() {
        return state.equals("NOARP");
    }

    /** Whether the entry was set by a command, and never expires. */
    public boolean isSet() {
        return state.equals("PERMANENT") || isWithoutArp();
    }

    /** Whether the kernel takes the state for valid ({@code NUD_VALID}): it sends without an ARP request before. */
    public boolean isValid() {
        return isSet() || LEARNED.contains(state);
    }

    /** Whether frames for the address are sent to the MAC address of this entry. */
    public boolean isUsed() {
        return mac.isPresent() && isValid();
    }

    /** As {@code ip neigh} prints it: {@code 10.9.0.1 dev eth0 lladdr 1e:b8:f6:7e:11:5f REACHABLE}. */
    public String shown() {
        return address + " dev " + device + mac.map(found -> " lladdr " + found).orElse("") + " " + state;
    }
}
