package dev.drydock.verify.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.probe.Survey;
import dev.drydock.verify.probe.ThrowawayHost;
import dev.drydock.verify.topology.NetworkInterface.State;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class TopologyKernelTest {
    private static final String NETWORK =
            """
            ip link add br0 type bridge
            ip addr add 10.9.0.1/24 dev br0
            ip link set br0 up
            for name in red blue; do
              ip netns add $name
              ip link add veth$name type veth peer name eth0 netns $name
              ip link set veth$name master br0 up
            done
            ip -n red addr add 10.9.0.11/24 dev eth0
            ip -n red link set eth0 up
            ip -n red route add default via 10.9.0.1
            iptables -t nat -A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE
            """;

    private static Topology of(String setUp) {
        TreeMap<String, dev.drydock.verify.ProbeRunner> hosts = new TreeMap<>();
        hosts.put("labhost", ThrowawayHost.of(setUp));
        return Topology.of(new Survey("labhost", hosts, false).read(Set.of(), Set.of()));
    }

    private static NetworkInterface at(Topology topology, String box, String name) {
        return topology.box(box).orElseThrow().named(name).orElseThrow();
    }

    private static List<String> told(Topology topology, Fault.Kind kind) {
        return topology.faults().stream()
                .filter(fault -> fault.kind() == kind)
                .map(fault -> Words.text(fault.words()))
                .collect(Collectors.toList());
    }

    @Test
    void joins_a_real_bridge_s_ports_to_their_namespaces() {
        Topology topology = of(NETWORK);
        NamespaceBox host = topology.hosts().get(0).own().orElseThrow();
        assertThat(host.ports("br0")).extracting(NetworkInterface::name).containsExactly("vethblue", "vethred");
        assertThat(at(topology, "labhost/host", "vethred").wire().end())
                .contains(new InterfaceId("labhost/netns:red", "eth0"));
        assertThat(at(topology, "labhost/netns:red", "eth0").wire().end())
                .contains(new InterfaceId("labhost/host", "vethred"));
        assertThat(topology.box("labhost/netns:red").orElseThrow().defaultRoutes())
                .extracting(route -> route.shown())
                .containsExactly("default via 10.9.0.1 dev eth0");
        assertThat(host.translations())
                .extracting(mark -> mark.target() + " " + Words.text(mark.match()) + " " + mark.to())
                .containsExactly("MASQUERADE 10.9.0.0/24 out by all but br0 Optional.empty");
    }

    @Test
    void tells_the_end_that_is_down_and_not_the_one_that_lost_its_carrier() {
        Topology topology = of(NETWORK);
        assertThat(at(topology, "labhost/host", "vethblue").state()).isEqualTo(State.NO_CARRIER);
        assertThat(told(topology, Fault.Kind.DOWN)).containsExactly("eth0 in blue is down");
        assertThat(told(topology, Fault.Kind.NO_CARRIER)).isEmpty();
        assertThat(told(topology, Fault.Kind.NO_ADDRESS)).containsExactly("eth0 in blue has no address");
    }

    @Test
    void tells_twins_only_where_they_hear_each_other() {
        String twin = "ip -n blue addr add 10.9.0.11/24 dev eth0; ip -n blue link set eth0 up\n";
        assertThat(told(of(NETWORK + twin), Fault.Kind.DUPLICATE_ADDRESS))
                .containsExactly("10.9.0.11 is on eth0 in blue and on eth0 in red");
        assertThat(told(of(NETWORK + twin + "ip link set vethblue nomaster\n"), Fault.Kind.DUPLICATE_ADDRESS))
                .isEmpty();
    }

    @Test
    void tells_a_gateway_that_nothing_has_and_a_namespace_without_a_name() {
        Topology topology = of(
                NETWORK
                        + """
                ip -n red route replace default via 10.9.0.254
                unshare -n sleep 60 &
                until [[ $(lsns -t net -n | wc -l) -ge 2 ]]; do sleep 0.05; done
                """);
        assertThat(told(topology, Fault.Kind.NO_SUCH_GATEWAY))
                .containsExactly("nothing on the network of eth0 in red has its gateway's address 10.9.0.254");
        assertThat(told(topology, Fault.Kind.NO_NAME)).hasSize(1);
        assertThat(topology.boxes().get(topology.boxes().size() - 1).names()).isEmpty();
    }

    @Test
    void marks_the_smaller_end_of_a_cable_and_the_smaller_port_of_a_bridge() {
        assertThat(told(of(NETWORK), Fault.Kind.MTU_STEP)).isEmpty();
        assertThat(told(of(NETWORK + "ip -n red link set eth0 mtu 1400\n"), Fault.Kind.MTU_STEP))
                .hasSize(1)
                .allMatch(sentence -> sentence.startsWith("eth0 in red has an MTU of 1400, and ")
                        && sentence.endsWith(" at the other end of its cable one of 1500"));
        assertThat(told(
                        of(NETWORK + "ip link set vethred mtu 1300\nip -n red link set eth0 mtu 1300\n"),
                        Fault.Kind.MTU_STEP))
                .containsExactly("vethred in labhost has an MTU of 1300, and another port of br0 one of 1500");
    }

    @Test
    void puts_a_macvlan_on_its_parent_and_reads_a_vxlan() {
        Topology topology = of(
                NETWORK
                        + """
                ip link add m0 link br0 netns red type macvlan mode bridge
                ip link add vx0 type vxlan id 42 remote 10.9.0.99 dstport 4789
                """);
        Wire wire = at(topology, "labhost/netns:red", "m0").wire();
        assertThat(wire)
                .isEqualTo(Wire.to(
                        Wire.Kind.STANDS_ON,
                        new InterfaceId("labhost/host", "br0"),
                        Message.verbatim("macvlan bridge")));
        assertThat(at(topology, "labhost/host", "vx0").vxlan().orElseThrow().id())
                .isEqualTo(42);
    }

    @Test
    void marks_two_networks_of_one_subnet_and_not_two_interfaces_of_one_network() {
        String twin = NETWORK
                + """
                ip link add br1 type bridge
                ip addr add 10.9.0.129/25 dev br1
                ip link set br1 up
                ip link add spare0 type veth peer name spare1
                ip link set spare0 up
                ip link set spare1 master br0 up
                ip addr add 10.9.0.9/24 dev spare0
                """;
        assertThat(told(of(NETWORK), Fault.Kind.SAME_SUBNET)).isEmpty();
        assertThat(told(of(twin), Fault.Kind.SAME_SUBNET))
                .contains(
                        "br0 in labhost and br1 in labhost are on two networks of one subnet, 10.9.0.0/24, and a route leads"
                                + " to one of them alone")
                .noneMatch(sentence -> sentence.contains("br0") && sentence.contains("spare0"));
    }
}
