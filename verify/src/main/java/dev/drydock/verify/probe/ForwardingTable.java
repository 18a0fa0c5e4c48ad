package dev.drydock.verify.probe;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The forwarding tables (fdb) of the bridges and VXLAN devices of one namespace.
 *
 * @param trouble why they could not be read, a sentence without a full stop; there are no entries then
 */
public record ForwardingTable(List<Entry> entries, Optional<Message> trouble) {
    public ForwardingTable {
        entries = List.copyOf(entries);
    }

    /**
     * One entry of a forwarding table.
     *
     * @param mac the destination MAC address
     * @param device the bridge port, or the VXLAN device
     * @param bridge the bridge to whose table the entry belongs; empty where it belongs to the device's own table
     * @param destination the remote address to which a VXLAN device sends the frames
     * @param port the UDP port for it; empty where the device's own port is used
     * @param id the VNI for it; empty where the device's own VNI is used
     * @param via the output interface for it; empty where the route decides
     * @param sticky whether the entry stays at this port when the MAC address sends through another port
     * @param state as {@code bridge fdb} names it; empty for a learned entry in use
     */
    public record Entry(
            MacAddress mac,
            String device,
            Optional<String> bridge,
            Optional<IpAddress> destination,
            OptionalInt port,
            OptionalInt id,
            Optional<String> via,
            boolean sticky,
            String state) {
        /** Whether the entry was learned from a frame, rather than configured. */
        public boolean learned() {
            return state.isEmpty() || state.equals("stale") || state.equals("reachable");
        }

        /** Whether the MAC address belongs to the bridge itself, which then receives the frame. */
        public boolean isOfBridge() {
            return bridge.isPresent() && state.equals("permanent");
        }

        /** As {@code bridge fdb} prints it: {@code 02:00:00:00:00:12 dev vx0 dst 10.0.2.16 self permanent}. */
        public String shown() {
            return mac + " dev " + device
                    + destination.map(to -> " dst " + to).orElse("")
                    + (port.isPresent() ? " port " + port.getAsInt() : "")
                    + (id.isPresent() ? " vni " + id.getAsInt() : "")
                    + via.map(name -> " via " + name).orElse("")
                    + (sticky ? " sticky" : "")
                    + bridge.map(name -> " master " + name).orElse(" self")
                    + (state.isEmpty() ? "" : " " + state);
        }
    }

    /**
     * Reads the capture of a {@link dev.drydock.verify.facts.ActiveProbe.Forwarding}, {@code bridge -j fdb show}.
     *
     * <p>{@code [{"mac":"02:42:0a:00:09:04","ifname":"vxlan0","flags":[],"master":"br0","state":""},
     * {"mac":"02:42:0a:00:09:04","ifname":"vxlan0","dst":"10.0.2.16","linkNetNsId":0,"flags":["self"],"state":"permanent"},
     * {"mac":"be:24:49:bc:a9:fb","ifname":"red0","flags":["sticky"],"master":"br0","state":"static"}]}
     */
    public static ForwardingTable parse(ProbeCapture capture) {
        if (capture.obstacle().isPresent() || capture.exit() != 0) {
            return unknown(capture.failure());
        }
        try {
            List<Entry> entries = new ArrayList<>();
            for (JsonObject object : Json.objects(capture.out())) {
                entries.add(new Entry(
                        MacAddress.parse(Json.required(object, "mac")),
                        Json.required(object, "ifname"),
                        Json.text(object, "master"),
                        Json.text(object, "dst").map(IpAddress::parse),
                        Json.number(object, "port"),
                        Json.number(object, "vni"),
                        Json.text(object, "viaIf"),
                        Json.texts(object, "flags").contains("sticky"),
                        Json.text(object, "state").orElse("")));
            }
            return new ForwardingTable(entries, Optional.empty());
        } catch (IllegalArgumentException unreadable) {
            return unknown(Complaint.of(unreadable));
        }
    }

    private static ForwardingTable unknown(Message why) {
        return new ForwardingTable(List.of(), Optional.of(why));
    }
}
