package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.HostsEntry;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {
    private static Link link(String capture, String name) {
        return IpOutput.links(Capture.of("iproute2", capture).out()).stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reads_a_veth_whose_other_end_is_elsewhere() {
        Link eth0 = link("addr-red", "eth0");
        assertThat(eth0.kind()).isEqualTo("veth");
        assertThat(eth0.peerIndex()).isPresent();
        assertThat(eth0.peerNetnsId()).isPresent();
        assertThat(eth0.mac().orElseThrow()).hasToString("02:00:00:00:00:11");
        assertThat(eth0.addresses())
                .extracting(address -> address.address().toString())
                .contains("10.9.0.11/24", "fd00:9::11/64");
        assertThat(eth0.up() && eth0.carrier()).isTrue();
    }

    @Test
    void reads_a_veth_whose_other_end_is_in_the_same_namespace() {
        Link one = link("addr-host", "veth1");
        Link ten = link("addr-host", "veth10");
        assertThat(one.peerIndex()).isEqualTo(OptionalInt.of(ten.index()));
        assertThat(ten.peerIndex()).isEqualTo(OptionalInt.of(one.index()));
        assertThat(one.peerNetnsId()).isEmpty();
        assertThat(one.up()).isFalse();
    }

    @Test
    void reads_a_vxlan_device_with_one_other_end_a_group_or_neither() {
        assertThat(link("addr-below", "vx0").layer().vxlan().orElseThrow().shown())
                .isEqualTo("vxlan id 42 remote 10.0.2.16 local 10.0.2.15 dev eth0 dstport 4789");
        assertThat(link("addr-below", "vx1").layer().vxlan().orElseThrow().shown())
                .isEqualTo("vxlan id 43 group 239.1.1.1 dev eth0 dstport 8472");
        assertThat(link("addr-below", "vx2").layer().vxlan().orElseThrow().shown())
                .isEqualTo("vxlan id 44 local 10.0.2.15 dstport 4789 nolearning");
        assertThat(link("addr-below", "vx6").layer().vxlan().orElseThrow().shown())
                .isEqualTo("vxlan id 46 remote fd00:9::16 local fd00:9::15 dstport 4789");
        assertThat(link("addr-below", "eth0").layer()).isEqualTo(Layer.NONE);
        assertThat(link("addr-below", "br0").layer()).isEqualTo(Layer.NONE);
    }

    @Test
    void reads_a_macvlan_beside_its_parent_and_in_another_namespace() {
        Layer beside = link("addr-below", "mv-vepa").layer();
        assertThat(beside.mode()).contains("vepa");
        assertThat(beside.parentName()).contains("eth0");
        Layer elsewhere = link("addr-above", "mv0").layer();
        assertThat(elsewhere.mode()).contains("bridge");
        assertThat(elsewhere.parentName()).isEmpty();
        assertThat(elsewhere.parentIndex())
                .isEqualTo(OptionalInt.of(link("addr-below", "eth0").index()));
        assertThat(elsewhere.parentNetnsId()).isPresent();
    }

    @Test
    void reads_the_forwarding_tables_of_bridges_and_vxlan_devices() {
        ForwardingTable table =
                ForwardingTable.parse(Capture.of("iproute2", "fdb-below").asProbe());
        assertThat(table.trouble()).isEmpty();
        assertThat(table.entries())
                .extracting(ForwardingTable.Entry::shown)
                .contains(
                        "02:00:00:00:00:13 dev vx0 master br0 static",
                        "00:00:00:00:00:00 dev vx0 dst 10.0.2.16 via eth0 self permanent",
                        "00:00:00:00:00:00 dev vx2 dst 10.0.2.17 self permanent",
                        "02:00:00:00:00:12 dev vx2 dst 10.0.2.16 vni 7 via eth0 self permanent");
        assertThat(table.entries()).noneMatch(ForwardingTable.Entry::learned);
        assertThat(ForwardingTable.parse(Capture.of("iproute2", "fdb-empty").asProbe()))
                .isEqualTo(new ForwardingTable(List.of(), Optional.empty()));
    }

    @Test
    void takes_no_forwarding_table_for_an_empty_one() {
        assertThat(ForwardingTable.parse(ProbeCapture.of("bridge fdb show", 0, "", ""))
                        .trouble())
                .isPresent();
        assertThat(ForwardingTable.parse(ProbeCapture.of("bridge fdb show", 255, "", "Cannot open netlink socket"))
                        .trouble()
                        .map(Words::text))
                .contains("the reading ended with status 255: Cannot open netlink socket");
        assertThat(ForwardingTable.parse(ProbeCapture.of("bridge fdb show", 0, "[{\"mac\":\"02:42:0a:00\"", ""))
                        .trouble())
                .isPresent();
    }

    @Test
    void reads_a_bridge_with_a_secondary_address_and_its_ports() {
        Link bridge = link("addr-host", "br0");
        assertThat(bridge.kind()).isEqualTo("bridge");
        assertThat(bridge.addresses())
                .filteredOn(address -> address.secondary())
                .hasSize(1);
        assertThat(IpOutput.bridgePorts(Capture.of("iproute2", "addr-host").out()))
                .filteredOn(port -> port.bridge().equals("br0"))
                .extracting(BridgePort::name)
                .contains("v-red", "v-blue");
        assertThat(IpOutput.bridgePorts(Capture.of("iproute2", "addr-host").out()))
                .filteredOn(port -> port.name().equals("v-red"))
                .singleElement()
                .satisfies(port -> {
                    assertThat(port.state()).isEqualTo("forwarding");
                    assertThat(port.stp()).isFalse();
                    assertThat(port.flags())
                            .containsEntry(BridgePort.Flag.HAIRPIN, false)
                            .containsEntry(BridgePort.Flag.LEARNING, true)
                            .containsEntry(BridgePort.Flag.FLOOD, true);
                });
    }

    @Test
    void reads_a_loopback_that_is_down() {
        assertThat(IpOutput.links(Capture.of("iproute2", "addr-empty").out()))
                .singleElement()
                .satisfies(lo -> {
                    assertThat(lo.up()).isFalse();
                    assertThat(lo.mac()).isEmpty();
                    assertThat(lo.addresses()).isEmpty();
                });
    }

    @Test
    void reads_routes_of_every_kind() {
        assertThat(RouteOutput.routes(Capture.of("iproute2", "route-red").out(), false))
                .filteredOn(route -> !route.isKernels())
                .extracting(Route::shown)
                .containsExactlyInAnyOrder(
                        "default via 10.9.0.1 dev eth0",
                        "10.9.0.0/24 dev eth0 src 10.9.0.11",
                        "10.20.0.0/16 via 10.9.0.1 dev eth0 metric 50",
                        "10.20.0.0/16 via 10.9.0.2 dev eth0 metric 50",
                        "10.30.0.0/16 via 10.9.0.2 dev eth0 table 100 src 10.9.0.11",
                        "blackhole 192.0.2.0/24",
                        "unreachable 198.51.100.1");
        assertThat(RouteOutput.routes(Capture.of("iproute2", "route6-red").out(), true))
                .extracting(Route::shown)
                .contains(
                        "default via fd00:9::1 dev eth0 metric 4294967295",
                        "blackhole 2001:db8::/32 dev lo metric 1024");
        assertThat(RouteOutput.routes(Capture.of("iproute2", "route-empty").out(), false))
                .isEmpty();
    }

    @Test
    void reads_neighbours() {
        assertThat(IpOutput.neighbours(Capture.of("iproute2", "neigh-red").out(), List.of()))
                .extracting(Neighbour::shown)
                .contains("10.9.0.77 dev eth0 lladdr 02:00:00:00:00:77 PERMANENT");
        assertThat(IpOutput.neighbours(Capture.of("iproute2", "neigh-blue").out(), List.of()))
                .filteredOn(neighbour -> neighbour.state().equals("FAILED"))
                .allMatch(neighbour -> neighbour.mac().isEmpty())
                .isNotEmpty();
        assertThat(IpOutput.namedIds(Capture.of("iproute2", "netns-ids-host").out()))
                .containsValue("red")
                .containsValue("blue");
    }

    @Test
    void the_invalid_escape_of_old_versions_is_read() {
        assertThat(IpOutput.links("[{\"ifindex\":1,\"ifname\":\"it\\'s\"}]"))
                .extracting(Link::name)
                .containsExactly("it's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{}",
                "[{\"ifindex\":1,",
                "[{\"ifindex\":1,\"ifname\":\"lo\"}",
                "[{}]",
                "null",
                "[{\"ifindex\":\"x\",\"ifname\":\"lo\"}]"
            })
    void what_is_not_whole_json_of_ip_is_an_error_and_never_empty(String text) {
        assertThatThrownBy(() -> IpOutput.links(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_cut_of_a_real_output_is_an_error() {
        String whole = Capture.of("iproute2", "addr-red").out().strip();
        for (int length = 0; length < whole.length(); length += 97) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> IpOutput.links(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_batch_gives_each_command_its_line() {
        IpBatch good = batch("batch-good", 0);
        assertThat(good.read(0, "a", IpOutput::links, Object::toString)).isInstanceOf(Reading.Known.class);
        assertThat(good.read(4, "e", IpOutput::namedIds, Object::toString)).isInstanceOf(Reading.Known.class);
        IpBatch bad = batch("batch-bad", 255);
        for (int i = IpBatch.ADDRESSES; i <= IpBatch.PROXIES; i++) {
            assertThat(bad.read(i, "x", Function.identity(), Object::toString)).isInstanceOf(Reading.Unknown.class);
        }
        String lines = Capture.of("iproute2", "batch-good").out();
        String without = lines.substring(lines.indexOf('\n') + 1);
        IpBatch first = new IpBatch(
                Optional.of(new Section(without, "Cannot open\nCommand failed -:1\n", OptionalInt.of(1))),
                Message.NONE);
        assertThat(first.read(0, "a", IpOutput::links, Object::toString)).isInstanceOf(Reading.Unknown.class);
        assertThat(first.read(3, "d", text -> IpOutput.neighbours(text, List.of()), Object::toString))
                .isInstanceOf(Reading.Known.class);
        IpBatch killed = new IpBatch(Optional.of(new Section(lines, "", OptionalInt.empty())), Message.NONE);
        assertThat(killed.read(0, "a", IpOutput::links, Object::toString)).isInstanceOf(Reading.Unknown.class);
    }

    private static IpBatch batch(String name, int exit) {
        Capture capture = Capture.of("iproute2", name);
        return new IpBatch(Optional.of(new Section(capture.out(), capture.err(), OptionalInt.of(exit))), Message.NONE);
    }

    @Test
    void reads_rules_without_counters_and_comments() {
        List<Chain> chains =
                IptablesSave.parse(Capture.of("iptables", "nft-blue").out(), "nft", false);
        assertThat(chains)
                .extracting(chain -> chain.table() + " " + chain.name() + " "
                        + chain.policy().orElse("-"))
                .contains("filter FORWARD DROP", "filter MINE -", "nat POSTROUTING ACCEPT");
        assertThat(chains)
                .filteredOn(chain -> chain.name().equals("MINE"))
                .flatExtracting(Chain::rules)
                .containsExactly(
                        "-A MINE -p tcp -m tcp --dport 80 -j DROP",
                        "-A MINE -j LOG --log-prefix \"a prefix -m comment \"");
        assertThat(chains)
                .filteredOn(chain -> chain.name().equals("FORWARD"))
                .flatExtracting(Chain::rules)
                .containsExactly("-A FORWARD -i br0 -j MINE");
    }

    @Test
    void reads_legacy_rules_and_an_untouched_namespace() {
        assertThat(IptablesSave.parse(Capture.of("iptables", "legacy-old").out(), "legacy", false))
                .filteredOn(chain -> chain.name().equals("PREROUTING"))
                .flatExtracting(Chain::rules)
                .containsExactly("-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.9.0.11:80");
        assertThat(IptablesSave.parse(Capture.of("iptables", "nft-untouched").out(), "nft", false))
                .isEmpty();
        assertThat(IptablesSave.parse(Capture.of("iptables", "nft-docker").out(), "nft", false))
                .extracting(Chain::name)
                .contains("DOCKER", "DOCKER-USER", "DOCKER-ISOLATION-STAGE-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "*filter\n:INPUT ACCEPT [0:0]\n",
                "*filter\n-A NOWHERE -j DROP\nCOMMIT\n",
                "# Table `nat' is incompatible, use 'nft' tool.\n",
                "*filter\n:INPUT ACCEPT [0:0]\n-A INP"
            })
    void what_is_not_whole_iptables_save_is_an_error_and_never_empty(String text) {
        assertThatThrownBy(() -> IptablesSave.parse(text, "nft", false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_comment_of_several_lines_is_part_of_its_rule() {
        String saved =
                """
                *filter
                :INPUT ACCEPT [0:0]
                -A INPUT -p tcp -m comment --comment "a\\"\n:INPUT DROP\r-A INPUT" -j DROP
                -A INPUT -m comment --comment "b\r" -j ACCEPT
                COMMIT
                """;
        assertThat(IptablesSave.parse(saved, "nft", false))
                .flatExtracting(Chain::rules)
                .containsExactly("-A INPUT -p tcp -j DROP", "-A INPUT -j ACCEPT");
    }

    @Test
    void a_program_may_have_any_name() {
        String ss =
                """
                tcp   LISTEN 0      5            0.0.0.0:81         0.0.0.0:*    users:(("na
                me\r")(",pid=42,fd=3),("tcp LISTEN 0 5",pid=43,fd=3))
                udp   UNCONN 0      0          127.0.0.1:53         0.0.0.0:*    users:(("x",pid=44,fd=3))
                """;
        assertThat(SocketList.parse(ss))
                .extracting(socket -> socket.port() + " " + socket.comm().orElse("") + " "
                        + socket.pid().orElse(0))
                .containsExactly("81 na\nme\r\")( 42", "81 tcp LISTEN 0 5 43", "53 x 44");
    }

    @Test
    void reads_listening_sockets_with_their_owners() {
        assertThat(SocketList.parse(Capture.of("iproute2", "ss-host").out()))
                .extracting(socket -> socket.protocol() + " " + socket.address() + " " + socket.port() + " "
                        + socket.comm().orElse("-"))
                .contains(
                        "udp 10.9.0.1 53 dnsmasq",
                        "tcp 10.9.0.1 53 dnsmasq",
                        "tcp * 80 busybox",
                        "tcp :: 8080 docker-proxy",
                        "tcp 0.0.0.0 8080 docker-proxy");
        assertThat(SocketList.parse(Capture.of("iproute2", "ss-empty").out())).isEmpty();
        assertThat(
                        SocketList.parse(
                                "tcp LISTEN 0 128 127.0.0.1%lo:53 0.0.0.0:* users:((\"a b\",pid=42,fd=3),(\"a b\",pid=42,fd=4),(\"c\",pid=43,fd=3))"))
                .containsExactly(
                        new Socket("tcp", "127.0.0.1", Optional.of("lo"), 53, OptionalInt.of(42), Optional.of("a b")),
                        new Socket("tcp", "127.0.0.1", Optional.of("lo"), 53, OptionalInt.of(43), Optional.of("c")));
        assertThatThrownBy(() -> SocketList.parse("Error: no")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reads_a_hosts_file_as_the_resolver_does() {
        assertThat(HostsFile.parse(Capture.of("hosts", "container").out()))
                .extracting(HostsEntry::address)
                .extracting(Object::toString)
                .contains("127.0.0.1", "172.17.0.2");
        assertThat(HostsFile.parse("# 10.0.0.1 no\n10.0.0.2\tdb  data # 10.0.0.3 x\n10.0.0.4\nnonsense name\n\n"))
                .extracting(entry -> entry.address() + " " + entry.names())
                .containsExactly("10.0.0.2 [db, data]");
    }

    @Test
    void sections_are_found_only_by_the_nonce_of_their_run() {
        String text = "\u001en1 out a\nhello\n\u001en2 end 0\n\u001en1 end 3\n\u001en1 err a\nwhy\n\u001en1 out b\ncut";
        Sections sections = Sections.parse("n1", text);
        assertThat(sections.of("a")).contains(new Section("hello\n\u001en2 end 0\n", "why\n", OptionalInt.of(3)));
        assertThat(sections.of("b").orElseThrow().exit()).isEmpty();
        assertThat(sections.of("c")).isEmpty();
    }

    @Test
    void an_unreadable_output_says_what_could_not_be_read() {
        Reading<List<Link>> reading = NamespaceReadings.parsed("ip addr", "oops", IpOutput::links, Object::toString);
        assertThat(reading.source()).isEqualTo(new Evidence("ip addr", "oops"));
        assertThat(reading.<String>fold(known -> "", unknown -> Words.text(unknown.reason())))
                .isEqualTo("what ip addr printed cannot be read: it is not a JSON array: oops");
    }

    /** A namespace whose rules of IPv6 are read is no other one than before. */
    @Test
    void reads_the_rules_that_every_namespace_begins_with() {
        // ip -N -d -j -6 rule
        String shown =
                "[{\"priority\":0,\"src\":\"all\",\"table\":\"255\",\"protocol\":\"2\"},{\"priority\":32766,\"src\":\"all\",\"table\":\"254\",\"protocol\":\"2\"}]";
        assertThat(RouteOutput.rules(shown, true, Map.of("255", "local", "254", "main")))
                .isEqualTo(RoutingRule.USUAL_IPV6);
    }
}
