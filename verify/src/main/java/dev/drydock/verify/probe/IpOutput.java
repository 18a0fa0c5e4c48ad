package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonObject;
import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.words.Complaint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parsers for the JSON of iproute2. Each throws a Complaint when the text is cut off or is something else. */
final class IpOutput {
    /** Queueing disciplines that send a packet as soon as possible; {@code noop} is that of an interface that is down. */
    private static final Set<String> PROMPT = Set.of(
            "noqueue", "noop", "mq", "pfifo", "pfifo_fast", "bfifo", "fq", "fq_codel", "codel", "sfq", "pie", "fq_pie");

    /** The {@code link_type} of {@code lo}; a number where {@code ip} prints numbers. */
    private static final Set<String> LOOPBACK = Set.of("loopback", "[772]");

    private IpOutput() {}

    /**
     * Reads {@code ip -d -j addr}.
     *
     * <p>{@code [{"ifindex":2,"link_index":5,"ifname":"eth0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,…,
     * "operstate":"UP",…,"link_type":"ether","address":"82:dd:06:50:cc:b6",…,"link_netnsid":0,…,"linkinfo":{"info_kind":"veth"},…,
     * "addr_info":[{"family":"inet","local":"10.9.0.11","prefixlen":24,"scope":"global","label":"eth0",…}]}]}
     */
    static List<Link> links(String text) {
        List<JsonObject> objects = Json.objects(text);
        Map<String, Integer> indexes = new HashMap<>();
        for (JsonObject object : objects) {
            indexes.put(Json.required(object, "ifname"), requiredNumber(object, "ifindex"));
        }
        return objects.stream().map(object -> link(object, indexes)).toList();
    }

    private static Link link(JsonObject object, Map<String, Integer> indexes) {
        List<String> flags = Json.texts(object, "flags");
        String kind = Json.text(Json.inside(object, "linkinfo"), "info_kind").orElse("");
        OptionalInt peer = OptionalInt.empty();
        OptionalInt peerNamespace = OptionalInt.empty();
        if (kind.equals("veth")) {
            peer = Json.number(object, "link_index");
            peerNamespace = Json.number(object, "link_netnsid");
            // both ends in one namespace: "link":"veth1" instead of an index
            Integer sameNamespace = Json.text(object, "link").map(indexes::get).orElse(null);
            if (peer.isEmpty() && sameNamespace != null) {
                peer = OptionalInt.of(sameNamespace);
            }
        }
        return new Link(
                requiredNumber(object, "ifindex"),
                Json.required(object, "ifname"),
                kind,
                flags.contains("UP"),
                Json.text(object, "operstate").orElse("UNKNOWN"),
                flags.contains("LOWER_UP"),
                !flags.contains("NOARP"),
                Json.text(object, "qdisc")
                        .filter(queue -> !PROMPT.contains(queue))
                        .isPresent(),
                mac(object, "address").filter(mac -> Json.text(object, "link_type")
                        .filter(LOOPBACK::contains)
                        .isEmpty()),
                Json.number(object, "mtu").orElse(0),
                Json.text(object, "master"),
                peer,
                peerNamespace,
                layer(object, kind),
                addresses(object));
    }

    /**
     * Reads the parent of an interface, or the settings of a VXLAN device.
     *
     * <p>{@code {"link_index":2,"ifname":"mv2",…,"link_netnsid":0,…,"linkinfo":{"info_kind":"macvlan","info_data":{"mode":"vepa",…}}}},
     * or {@code "link":"eth0"} where the parent is in the same namespace; {@code "linkinfo":{"info_kind":"vxlan","info_data":{"id":42,
     * "remote":"10.0.2.16","local":"10.0.2.15","link":"eth0",…,"port":4789,"learning":true,…}}}
     */
    private static Layer layer(JsonObject object, String kind) {
        JsonObject data = Json.inside(Json.inside(object, "linkinfo"), "info_data");
        if (kind.equals("vxlan")) {
            // seen from another namespace than the one it was made in, the index means nothing
            Optional<String> device =
                    Json.number(object, "link_netnsid").isPresent() ? Optional.empty() : Json.text(data, "link");
            Vxlan vxlan = new Vxlan(
                    requiredNumber(data, "id"),
                    either(data, "remote"),
                    either(data, "group"),
                    either(data, "local"),
                    device,
                    requiredNumber(data, "port"),
                    Json.flag(data, "learning"),
                    Json.number(data, "ttl").orElse(0));
            return new Layer(
                    device,
                    OptionalInt.empty(),
                    Json.number(object, "link_netnsid"),
                    Optional.empty(),
                    Optional.of(vxlan));
        }
        if (kind.isEmpty() || kind.equals("veth") || kind.equals("bridge")) {
            return Layer.NONE;
        }
        return new Layer(
                Json.text(object, "link"),
                Json.number(object, "link_index"),
                Json.number(object, "link_netnsid"),
                Json.text(data, "mode"),
                Optional.empty());
    }

    /** {@code "remote":"10.0.2.16"} or {@code "remote6":"fd00::16"}. */
    private static Optional<IpAddress> either(JsonObject data, String key) {
        return Json.text(data, key).or(() -> Json.text(data, key + "6")).map(IpAddress::parse);
    }

    private static List<InterfaceAddress> addresses(JsonObject link) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        for (JsonObject object : Json.objects(link, "addr_info")) {
            // iproute2 before 5.0 leaves empty objects
            Json.text(object, "local")
                    .ifPresent(local -> addresses.add(new InterfaceAddress(
                            new Cidr(IpAddress.parse(local), requiredNumber(object, "prefixlen")),
                            RouteOutput.scope(Json.text(object, "scope").orElse("global")),
                            Json.flag(object, "secondary"),
                            detection(object),
                            Json.flag(object, "deprecated"))));
        }
        return addresses;
    }

    /** {@code "dadfailed":true,"tentative":true}. */
    private static InterfaceAddress.Detection detection(JsonObject address) {
        if (Json.flag(address, "dadfailed")) {
            return InterfaceAddress.Detection.FAILED;
        }
        return Json.flag(address, "tentative") && !Json.flag(address, "optimistic")
                ? InterfaceAddress.Detection.RUNNING
                : InterfaceAddress.Detection.DONE;
    }

    /**
     * Reads the bridge ports out of {@code ip -d -j addr}, which tells the same as {@code bridge link}.
     *
     * <p>{@code …,"master":"br0",…,"linkinfo":{"info_kind":"veth","info_slave_kind":"bridge","info_slave_data":{"state":"forwarding","hairpin":false,"learning":true,
     * "flood":true,"proxy_arp":false,"mcast_flood":true,"bcast_flood":true,"isolated":false,"locked":false}}}; the bridge itself has
     * {@code "info_data":{"stp_state":0,…}}
     */
    static List<BridgePort> bridgePorts(String text) {
        List<BridgePort> ports = new ArrayList<>();
        List<JsonObject> objects = Json.objects(text);
        Set<String> stp = objects.stream()
                .filter(object -> Json.number(Json.inside(Json.inside(object, "linkinfo"), "info_data"), "stp_state")
                                .orElse(0)
                        > 0)
                .map(object -> Json.required(object, "ifname"))
                .collect(Collectors.toSet());
        for (JsonObject object : objects) {
            JsonObject info = Json.inside(object, "linkinfo");
            if (Json.text(info, "info_slave_kind").equals(Optional.of("bridge"))) {
                JsonObject port = Json.inside(info, "info_slave_data");
                Map<BridgePort.Flag, Boolean> flags = new EnumMap<>(BridgePort.Flag.class);
                for (BridgePort.Flag flag : BridgePort.Flag.values()) {
                    String key = flag.name().toLowerCase(Locale.ROOT);
                    if (port.has(key)) {
                        flags.put(flag, Json.flag(port, key));
                    }
                }
                String bridge = Json.required(object, "master");
                ports.add(new BridgePort(
                        Json.required(object, "ifname"),
                        bridge,
                        Json.text(port, "state").orElse("unknown"),
                        flags,
                        stp.contains(bridge)));
            }
        }
        return ports;
    }

    /**
     * Reads {@code ip -j neigh show nud all}. Left out are entries without a state, and entries that the kernel makes by itself: for multicast
     * addresses, and on interfaces without ARP.
     *
     * <p>{@code [{"dst":"10.9.0.1","dev":"eth0","lladdr":"1e:b8:f6:7e:11:5f","state":["REACHABLE"]}]}
     *
     * @param links of the same namespace, to recognize the kernel's own entries, which have the interface's MAC address
     */
    static List<Neighbour> neighbours(String text, List<Link> links) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonObject object : Json.objects(text)) {
            String state = String.join(" ", Json.texts(object, "state"));
            Neighbour one = new Neighbour(
                    IpAddress.parse(Json.required(object, "dst")),
                    Json.required(object, "dev"),
                    mac(object, "lladdr"),
                    state.isEmpty() ? "NONE" : state);
            if (!one.state().equals("NONE") && !(one.isWithoutArp() && isKernels(one, links))) {
                neighbours.add(one);
            }
        }
        return neighbours;
    }

    private static boolean isKernels(Neighbour entry, List<Link> links) {
        return entry.mac().filter(mac -> !mac.isGroup() && !mac.isZero()).isEmpty()
                || links.stream()
                        .anyMatch(link ->
                                link.name().equals(entry.device()) && link.mac().equals(entry.mac()));
    }

    /**
     * Reads {@code ip -j netns list-id}: the ids of this namespace for others, with a name where {@code /run/netns} has one.
     *
     * <p>{@code [{"nsid":0,"name":"red"},{"nsid":1}]}
     */
    static Map<Integer, String> namedIds(String text) {
        Map<Integer, String> ids = new TreeMap<>();
        for (JsonObject object : Json.objects(text)) {
            OptionalInt id = Json.number(object, "nsid");
            Json.text(object, "name").filter(name -> id.isPresent()).ifPresent(name -> ids.put(id.getAsInt(), name));
        }
        return ids;
    }

    private static Optional<MacAddress> mac(JsonObject object, String key) {
        return Json.text(object, key)
                .filter(text -> text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}"))
                .map(MacAddress::parse);
    }

    private static int requiredNumber(JsonObject object, String key) {
        Json.required(object, key);
        return Json.number(object, key)
                .orElseThrow(() -> new Complaint(
                        say("json.not-a-number", "name", key, "text", Json.beginning(object.toString()))));
    }
}
