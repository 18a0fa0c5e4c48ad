package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class SweepKernelTest {
    private static final String TWO_ON_A_BRIDGE =
            """
            for n in red blue; do
                ip netns add $n
                ip link add v-$n type veth peer name eth0 netns $n
            done
            ip link add br0 type bridge
            ip link set br0 up
            ip addr add 10.9.0.1/24 dev br0
            i=10
            for n in red blue; do
                i=$((i+1))
                ip link set v-$n master br0 up
                ip -n $n link set lo up
                ip -n $n link set eth0 address 02:00:00:00:00:$i up
                ip -n $n addr add 10.9.0.$i/24 dev eth0
            done
            ip -n red route add default via 10.9.0.1
            ip -n red route add blackhole 192.0.2.0/24
            """;

    private static Facts survey(String setUp, ActiveProbe... probes) {
        return new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.of(setUp))), false)
                .read(Set.of(probes), Set.of("net.ipv4.conf.lo.forwarding"));
    }

    private static <T> T found(Lookup<T> lookup) {
        return lookup.fold(
                Lookup.Found::value,
                absent -> {
                    throw new AssertionError(Words.text(absent.reason()));
                },
                unknown -> {
                    throw new AssertionError(Words.text(unknown.reason()));
                });
    }

    private static <T> T known(Reading<T> reading) {
        return reading.fold(Reading.Known::value, unknown -> {
            throw new AssertionError(Words.text(unknown.reason()) + "\n" + unknown.source());
        });
    }

    private static Namespace namespace(Facts facts, String scope) {
        return found(facts.namespace(Scope.parse(scope)));
    }

    private static final String FILTERED =
            """
            iptables -A FORWARD -j DROP
            ip netns exec red iptables-legacy -A OUTPUT -p icmp -j DROP
            ip netns exec blue nft add table ip mine
            ip -n blue neigh add proxy 10.9.0.77 dev eth0
            ip netns add green
            ip -n green rule add from 10.9.0.11 table 100
            ip -n green link add vx0 type vxlan id 7 dstport 4789 local 10.9.0.1
            ip -n green route add local 10.9.9.0/24 dev lo
            """;

    /** The packet filter of each namespace as one reading of all of them shows it, and as a probe of its own does. */
    @Test
    void one_reading_of_all_packet_filters_shows_what_each_by_itself_shows() {
        Set<String> places = Set.of("host", "netns:red", "netns:blue", "netns:green");
        Facts all = survey(TWO_ON_A_BRIDGE + FILTERED, new ActiveProbe.PacketFilters());
        Facts each = survey(
                TWO_ON_A_BRIDGE + FILTERED,
                places.stream()
                        .map(place -> new ActiveProbe.PacketFilter(Scope.parse(place)))
                        .toArray(ActiveProbe[]::new));
        for (String place : places) {
            ActiveProbe probe = new ActiveProbe.PacketFilter(Scope.parse(place));
            PacketFilterOutcome one =
                    PacketFilterOutcome.parse(each.capture(probe).orElseThrow());
            PacketFilterOutcome read =
                    PacketFilterOutcome.parse(all.capture(probe).orElseThrow());
            assertThat(read.nft()).isPresent();
            assertThat(read.nft().get().contains("\"table\""))
                    .as(place)
                    .isEqualTo(one.nft().get().contains("\"table\""))
                    .isEqualTo(!place.equals("netns:green") && !place.equals("netns:red"));
            assertThat(read.legacy()).as(place).isEqualTo(one.legacy()).isEqualTo(place.equals("netns:red"));
            assertThat(read.settings()).as(place).isEqualTo(one.settings()).isNotEmpty();
            assertThat(read.answered().orElseThrow())
                    .as(place)
                    .containsExactlyInAnyOrderElementsOf(one.answered().orElseThrow());
            assertThat(namespace(all, place).chains().toString())
                    .as(place)
                    .isEqualTo(namespace(each, place).chains().toString());
        }
        for (String bridgesOrTunnels : List.of("netns:green", "host")) {
            assertThat(all.capture(new ActiveProbe.Forwarding(Scope.parse(bridgesOrTunnels))))
                    .hasValueSatisfying(capture ->
                            assertThat(ForwardingTable.parse(capture).trouble()).isEmpty());
        }
        assertThat(all.capture(new ActiveProbe.Forwarding(Scope.parse("netns:red"))))
                .isEmpty();
    }

    @Test
    void tries_again_without_reading_again() {
        Facts before = survey(TWO_ON_A_BRIDGE);
        ActiveProbe reaches = new ActiveProbe.Ping(Scope.parse("netns:red"), "10.9.0.12");
        ActiveProbe noRoute = new ActiveProbe.Tcp(Scope.parse("netns:blue"), "10.8.0.2", 80);
        HostFacts host = before.hosts().get("labhost");
        Sweep sweep = Sweep.again(host, Set.of(reaches, noRoute), ProbeTimeouts.ORDINARY);
        HostFacts after =
                sweep.parse("labhost", ThrowawayHost.of(TWO_ON_A_BRIDGE).run(sweep.script(), Duration.ofSeconds(60)));
        assertThat(after.namespaces()).isEqualTo(host.namespaces());
        assertThat(after.captures()).containsOnlyKeys(reaches, noRoute);
        assertThat(PingOutcome.parse(after.capture(reaches).orElseThrow(), Set.of())
                        .kind())
                .isEqualTo(PingOutcome.Kind.REPLIED);
        assertThat(TcpOutcome.parse(after.capture(noRoute).orElseThrow()).kind())
                .isEqualTo(TcpOutcome.Kind.NO_ROUTE);
    }

    @Test
    void a_packet_filter_that_is_asked_for_by_name_is_read_with_all_of_them() {
        ActiveProbe.PacketFilter here = new ActiveProbe.PacketFilter(Scope.parse("labhost/netns:blue"));
        ActiveProbe.PacketFilter gone = new ActiveProbe.PacketFilter(Scope.parse("netns:gone"));
        Facts facts = survey(TWO_ON_A_BRIDGE, new ActiveProbe.PacketFilters(), here, gone);
        assertThat(PacketFilterOutcome.parse(facts.capture(here).orElseThrow()).nft())
                .isPresent();
        assertThat(facts.capture(gone).orElseThrow().obstacle())
                .map(Words::text)
                .hasValue("there is no namespace gone");
    }

    @Test
    void reads_what_stands_on_another_interface_and_where_frames_are_sent() {
        ActiveProbe.Forwarding probe = new ActiveProbe.Forwarding(Scope.parse("netns:red"));
        Facts facts = survey(
                TWO_ON_A_BRIDGE
                        + """
                        ip -n red link add vx0 type vxlan id 42 local 10.9.0.11 dstport 4789
                        bridge -n red fdb append 00:00:00:00:00:00 dev vx0 dst 10.9.0.12
                        ip link add mv0 link br0 type macvlan mode bridge
                        ip link set mv0 netns blue
                        ip link add mv1 link br0 type macvlan mode private
                        """,
                probe);
        assertThat(found(facts.link(Scope.parse("netns:red"), "vx0"))
                        .layer()
                        .vxlan()
                        .orElseThrow()
                        .shown())
                .isEqualTo("vxlan id 42 local 10.9.0.11 dstport 4789");
        assertThat(ForwardingTable.parse(facts.capture(probe).orElseThrow()).entries())
                .extracting(ForwardingTable.Entry::shown)
                .contains("00:00:00:00:00:00 dev vx0 dst 10.9.0.12 self permanent");
        HostFacts host = found(facts.host(Scope.LAB_HOST));
        LinkPlace parent =
                found(host.parent(namespace(facts, "netns:blue"), found(facts.link(Scope.parse("netns:blue"), "mv0"))));
        assertThat(parent.link().name()).isEqualTo("br0");
        assertThat(parent.namespace().label()).isEqualTo("host");
        Link beside = found(facts.link(Scope.LAB_HOST, "mv1"));
        assertThat(beside.layer().mode()).contains("private");
        assertThat(found(host.parent(namespace(facts, "host"), beside)).link().name())
                .isEqualTo("br0");
    }

    @Test
    void reads_a_bridge_and_the_two_namespaces_joined_to_it() {
        Facts facts = survey(TWO_ON_A_BRIDGE);
        Namespace host = namespace(facts, "host");
        Namespace red = namespace(facts, "netns:red");

        Link eth0 = found(red.link("eth0"));
        assertThat(eth0.kind()).isEqualTo("veth");
        assertThat(eth0.up()).isTrue();
        assertThat(eth0.carrier()).isTrue();
        assertThat(eth0.mac().orElseThrow()).hasToString("02:00:00:00:00:11");
        assertThat(eth0.addresses())
                .anyMatch(address -> address.address().toString().equals("10.9.0.11/24"));
        assertThat(found(host.link("v-red")).master()).contains("br0");
        assertThat(found(host.link("br0")).kind()).isEqualTo("bridge");
        assertThat(known(host.bridgePorts()))
                .extracting(port -> port.name() + " " + port.bridge() + " " + port.state())
                .containsExactlyInAnyOrder("v-red br0 forwarding", "v-blue br0 forwarding");
        assertThat(known(red.routes()))
                .extracting(route -> route.shown())
                .contains(
                        "default via 10.9.0.1 dev eth0",
                        "10.9.0.0/24 dev eth0 src 10.9.0.11",
                        "blackhole 192.0.2.0/24");
        assertThat(known(red.chains())).isEmpty();
        assertThat(known(host.sysctls()))
                .containsEntry("net.ipv4.ip_forward", "0")
                .containsKey("net.ipv4.conf.lo.forwarding");
        assertThat(red.links().source().command()).isEqualTo("ip -n red -d addr");
    }

    @Test
    void finds_the_other_end_of_each_veth_pair() {
        Facts facts = survey(TWO_ON_A_BRIDGE);
        for (String name : List.of("red", "blue")) {
            LinkPlace peer = found(facts.peer(Scope.netns(name), "eth0"));
            assertThat(peer.namespace().label()).isEqualTo("host");
            assertThat(peer.link().name()).isEqualTo("v-" + name);
            LinkPlace back = found(facts.peer(Scope.LAB_HOST, "v-" + name));
            assertThat(back.namespace().names()).contains(Scope.netns(name));
        }
    }

    @Test
    void tells_pairs_with_the_same_two_indexes_apart_by_the_namespaces_ids() {
        Facts facts = survey(
                """
                for n in a b c d; do ip netns add $n; done
                ip -n a link add eth0 type veth peer name eth0 netns b
                ip -n c link add eth0 type veth peer name eth0 netns d
                """);
        Link a = found(facts.link(Scope.netns("a"), "eth0"));
        Link c = found(facts.link(Scope.netns("c"), "eth0"));
        assertThat(List.of(a.index(), a.peerIndex())).isEqualTo(List.of(c.index(), c.peerIndex()));
        assertThat(found(facts.peer(Scope.netns("a"), "eth0")).namespace().label())
                .isEqualTo("netns:b");
        assertThat(found(facts.peer(Scope.netns("d"), "eth0")).namespace().label())
                .isEqualTo("netns:c");
    }

    @Test
    void pairs_both_ends_in_one_namespace() {
        Facts facts = survey("ip link add veth1 type veth peer name veth10");
        assertThat(found(facts.peer(Scope.LAB_HOST, "veth1")).link().name()).isEqualTo("veth10");
        assertThat(found(facts.peer(Scope.LAB_HOST, "veth10")).link().name()).isEqualTo("veth1");
    }

    @Test
    void reads_rules_of_both_back_ends_and_both_families() {
        Facts facts = survey(
                """
                ip netns add red
                ip netns exec red true || true
                nsenter --net=/run/netns/red iptables-nft -P FORWARD DROP
                nsenter --net=/run/netns/red iptables-nft -A FORWARD -i br0 -m comment --comment "-j ACCEPT" -j DROP
                nsenter --net=/run/netns/red ip6tables-nft -A INPUT -p tcp --dport 80 -j REJECT
                iptables-legacy -t nat -A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE
                """);
        List<Chain> red = known(namespace(facts, "netns:red").chains());
        assertThat(red)
                .filteredOn(chain -> chain.name().equals("FORWARD") && !chain.ipv6())
                .singleElement()
                .satisfies(chain -> {
                    assertThat(chain.policy()).contains("DROP");
                    assertThat(chain.rules()).containsExactly("-A FORWARD -i br0 -j DROP");
                    assertThat(chain.backend()).isEqualTo("nft");
                });
        assertThat(red).anyMatch(chain -> chain.ipv6() && chain.rules().size() == 1);
        assertThat(known(namespace(facts, "host").chains()))
                .filteredOn(chain ->
                        chain.backend().equals("legacy") && chain.name().equals("POSTROUTING"))
                .flatExtracting(Chain::rules)
                .containsExactly("-A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE");
    }

    @Test
    void finds_a_namespace_that_only_a_process_holds() {
        Facts facts = survey(
                """
                unshare --net sleep 1d &
                until [[ $(</proc/$!/comm) == sleep ]]; do :; done
                """);
        HostFacts host = facts.hosts().get("labhost");
        assertThat(known(host.namespaces()))
                .anySatisfy(namespace -> assertThat(namespace.label()).startsWith("pid:"));
    }

    /** Another reading, or docker exec, may have a process in the same namespaces that has ended since they were found. */
    @Test
    void reads_a_namespace_though_the_process_that_was_found_in_it_first_has_ended() {
        Facts facts = survey(
                """
                unshare -nm sleep 1d & holder=$!
                until [[ $(stat -L -c %i /proc/$holder/ns/net) != $(stat -L -c %i /proc/$$/ns/net) ]]; do sleep 0.01; done
                nsenter --target $holder --mount bash -c 'echo 10.9.0.9 inside >/run/own; mount --bind /run/own /etc/hosts'
                mkdir /run/tools
                cat >/run/tools/stat <<'STAT'
                #!/bin/bash
                /usr/bin/stat -L --printf '%i %d /proc/4194305/ns/net\\0' "/proc/$holder/ns/net"
                /usr/bin/stat -L --printf '%i %d /proc/4194305/ns/mnt\\0' "/proc/$holder/ns/mnt"
                exec /usr/bin/stat "$@"
                STAT
                chmod +x /run/tools/stat
                export holder PATH=/run/tools:$PATH
                """);
        HostFacts host = facts.hosts().get("labhost");
        Namespace held = known(host.namespaces()).stream()
                .filter(namespace -> namespace.names().stream().anyMatch(scope -> scope.kind() == Scope.Kind.PID))
                .findFirst()
                .orElseThrow();
        assertThat(known(held.links())).extracting(Link::name).containsExactly("lo");
        Scope pid = known(host.processes()).stream()
                .filter(process -> process.arguments().equals("sleep 1d"))
                .map(process -> Scope.pid(process.pid()))
                .findFirst()
                .orElseThrow();
        assertThat(known(host.hostsFiles().get(pid)))
                .anyMatch(entry -> entry.names().contains("inside"));
    }

    @Test
    void reads_who_listens_where() {
        Facts facts = survey(
                """
                ip netns add red
                ip -n red link set lo up
                nsenter --net=/run/netns/red busybox nc -l -p 8080 &
                until [[ $(nsenter --net=/run/netns/red ss -Hlnt) ]]; do :; done
                """);
        assertThat(known(namespace(facts, "netns:red").sockets())).anySatisfy(socket -> {
            assertThat(socket.port()).isEqualTo(8080);
            assertThat(socket.protocol()).isEqualTo("tcp");
            assertThat(socket.comm()).contains("busybox");
            assertThat(socket.pid()).isPresent();
        });
        assertThat(known(facts.hosts().get("labhost").processesIn(namespace(facts, "netns:red"))))
                .extracting(process -> process.comm() + ": " + process.arguments())
                .containsExactly("busybox: busybox nc -l -p 8080");
    }

    @Test
    void reads_a_namespaces_only_socket_of_whatever_protocol_and_family() {
        Facts facts = survey(
                """
                hold() {
                    ip netns add $1
                    nsenter --net=/run/netns/$1 /usr/bin/python3 -c 'import socket, time
                held = socket.socket(socket.'$2', socket.'$3')
                held.bind(("'$4'", 80))
                if "'$3'" == "SOCK_STREAM": held.listen()
                time.sleep(600)' &
                    until [[ $(nsenter --net=/run/netns/$1 ss -Hlntu) ]]; do :; done
                }
                hold tcp AF_INET SOCK_STREAM 0.0.0.0
                hold udp AF_INET SOCK_DGRAM 0.0.0.0
                hold tcp6 AF_INET6 SOCK_STREAM ::
                hold udp6 AF_INET6 SOCK_DGRAM ::
                ip netns add none
                """);
        assertThat(List.of("tcp", "udp", "tcp6", "udp6", "none"))
                .extracting(name -> known(namespace(facts, "netns:" + name).sockets()).stream()
                        .map(socket -> socket.protocol() + " " + socket.address() + " " + socket.port())
                        .toList())
                .containsExactly(
                        List.of("tcp 0.0.0.0 80"),
                        List.of("udp 0.0.0.0 80"),
                        List.of("tcp * 80"),
                        List.of("udp * 80"),
                        List.of());
    }

    @Test
    void a_plain_file_under_run_netns_is_no_namespace() {
        Facts facts = survey("touch /run/netns/busybox");
        assertThat(facts.namespace(Scope.netns("busybox"))).isInstanceOf(Lookup.Absent.class);
        assertThat(known(facts.hosts().get("labhost").namespaces())).hasSize(1);
    }

    @Test
    void tells_the_symptoms_of_a_failing_ping_apart() {
        ActiveProbe.Ping works = new ActiveProbe.Ping(Scope.netns("red"), "10.9.0.12");
        ActiveProbe.Ping noRoute = new ActiveProbe.Ping(Scope.netns("blue"), "8.8.8.8");
        ActiveProbe.Ping noNeighbour = new ActiveProbe.Ping(Scope.netns("blue"), "10.9.0.99");
        ActiveProbe.Ping rejected = new ActiveProbe.Ping(Scope.netns("red"), "10.7.0.1");
        ActiveProbe.Ping dropped = new ActiveProbe.Ping(Scope.netns("red"), "10.6.0.1");
        ActiveProbe.Ping unknown = new ActiveProbe.Ping(Scope.netns("red"), "nobody.example");
        ActiveProbe.Ping option = new ActiveProbe.Ping(Scope.netns("red"), "-V");
        ActiveProbe.Ping nowhere = new ActiveProbe.Ping(Scope.netns("green"), "10.9.0.1");
        Facts facts = survey(
                TWO_ON_A_BRIDGE
                        + """
                        echo 1 > /proc/sys/net/ipv4/ip_forward
                        echo 0 | tee /proc/sys/net/ipv4/conf/all/send_redirects /proc/sys/net/ipv4/conf/br0/send_redirects
                        iptables-nft -A FORWARD -d 10.7.0.0/16 -j REJECT
                        iptables-nft -A INPUT -d 10.6.0.1 -j DROP
                        ip addr add 10.6.0.1/32 dev lo
                        ip addr add 10.7.9.1/16 dev br0
                        """,
                works,
                noRoute,
                noNeighbour,
                rejected,
                dropped,
                unknown,
                option,
                nowhere);
        assertThat(ping(facts, works).kind()).isEqualTo(PingOutcome.Kind.REPLIED);
        assertThat(ping(facts, noRoute).kind()).isEqualTo(PingOutcome.Kind.NO_ROUTE);
        assertThat(ping(facts, noNeighbour).kind()).isEqualTo(PingOutcome.Kind.NO_NEIGHBOUR);
        assertThat(ping(facts, rejected).kind()).isEqualTo(PingOutcome.Kind.REJECTED);
        assertThat(ping(facts, rejected).by()).contains(IpAddress.parse("10.9.0.1"));
        assertThat(ping(facts, dropped).kind()).isEqualTo(PingOutcome.Kind.DROPPED);
        assertThat(ping(facts, unknown).kind()).isEqualTo(PingOutcome.Kind.UNKNOWN_NAME);
        assertThat(ping(facts, option).kind()).isEqualTo(PingOutcome.Kind.UNKNOWN_NAME);
        assertThat(ping(facts, nowhere).kind()).isEqualTo(PingOutcome.Kind.COULD_NOT_RUN);
        assertThat(Words.text(ping(facts, nowhere).line())).isEqualTo("there is no namespace green");
    }

    @Test
    void what_nobody_answers_arp_for_is_told_before_the_kernel_gives_up_whether_or_not_lo_is_up() {
        ActiveProbe.Ping near = new ActiveProbe.Ping(Scope.netns("red"), "10.9.0.99");
        ActiveProbe.Ping beyond = new ActiveProbe.Ping(Scope.netns("red"), "8.8.8.8");
        ActiveProbe.Ping six = new ActiveProbe.Ping(Scope.netns("red"), "fd00:9::99");
        ActiveProbe.Tcp tcp = new ActiveProbe.Tcp(Scope.netns("red"), "10.9.0.98", 80);
        ActiveProbe.Http http = new ActiveProbe.Http(Scope.netns("red"), "http://10.9.0.97/");
        for (String lo : List.of("up", "down")) {
            Facts facts = survey(
                    TWO_ON_A_BRIDGE
                            + """
                            ip -n red addr add fd00:9::11/64 dev eth0 nodad
                            ip -n red route replace default via 10.9.0.254
                            ip -n red link set lo\s"""
                            + lo,
                    near,
                    beyond,
                    six,
                    tcp,
                    http);
            // the kernel itself ends after three seconds, with FAILED
            assertThat(ping(facts, near))
                    .isEqualTo(new PingOutcome(
                            PingOutcome.Kind.NO_NEIGHBOUR,
                            Optional.empty(),
                            Message.verbatim("10.9.0.99 dev eth0 INCOMPLETE"),
                            false));
            assertThat(Words.text(ping(facts, beyond).line())).isEqualTo("10.9.0.254 dev eth0 INCOMPLETE");
            assertThat(Words.text(ping(facts, six).line())).startsWith("fd00:9::99 dev eth0 ");
            assertThat(ping(facts, six).kind()).isEqualTo(PingOutcome.Kind.NO_NEIGHBOUR);
            assertThat(TcpOutcome.parse(facts.capture(tcp).orElseThrow()))
                    .isEqualTo(new TcpOutcome(
                            TcpOutcome.Kind.UNREACHABLE, Message.verbatim("10.9.0.98 dev eth0 INCOMPLETE")));
            assertThat(HttpOutcome.parse(facts.capture(http).orElseThrow()).kind())
                    .isEqualTo(HttpOutcome.Kind.UNREACHABLE);
        }
    }

    /** ARP asks three times, a second apart; who asks after the third would wait for an answer to a question of before. */
    @Test
    void asking_in_vain_does_not_spoil_the_next_asking() {
        Sweep sweep = Sweep.of(Set.of(new ActiveProbe.Ping(Scope.netns("red"), "10.9.0.99")), Set.of(), false);
        ProbeOutput output = ThrowawayHost.of(TWO_ON_A_BRIDGE)
                .run(
                        sweep.script(),
                        Duration.ofSeconds(20),
                        """
                        ip -n red neigh show 10.9.0.99
                        sleep 1.1
                        ip -n blue addr add 10.9.0.99/24 dev eth0
                        ip netns exec red ping -c 1 -W 4 10.9.0.99
                        """);
        assertThat(output.out()).contains("10.9.0.99 dev eth0 FAILED").contains("1 packets transmitted, 1 received");
    }

    @Test
    void the_error_of_a_router_that_finds_no_neighbour_is_waited_for() {
        ActiveProbe.Ping behind = new ActiveProbe.Ping(Scope.netns("red"), "10.8.0.9");
        // An address of its own: the kernel reports the first packet that waits for a neighbour for sure, and forgets
        // the rest where the
        // next one comes at that very moment, as the second repetition of a SYN does.
        ActiveProbe.Tcp port = new ActiveProbe.Tcp(Scope.netns("red"), "10.8.0.8", 80);
        Facts facts = survey(
                TWO_ON_A_BRIDGE
                        + """
                        echo 1 > /proc/sys/net/ipv4/ip_forward
                        ip link add br1 type bridge
                        ip addr add 10.8.0.1/24 dev br1
                        ip link set br1 up
                        """,
                behind,
                port);
        assertThat(ping(facts, behind).kind()).isEqualTo(PingOutcome.Kind.REJECTED);
        assertThat(ping(facts, behind).by()).contains(IpAddress.parse("10.9.0.1"));
        assertThat(TcpOutcome.parse(facts.capture(port).orElseThrow()).kind()).isEqualTo(TcpOutcome.Kind.UNREACHABLE);
    }

    private static PingOutcome ping(Facts facts, ActiveProbe.Ping probe) {
        Set<IpAddress> own = facts.namespace(probe.in())
                .fold(
                        found -> Set.copyOf(known(found.value().links()).stream()
                                .flatMap(link -> link.addresses().stream())
                                .map(address -> address.address().address())
                                .toList()),
                        absent -> Set.<IpAddress>of(),
                        unknown -> Set.<IpAddress>of());
        return PingOutcome.parse(facts.capture(probe).orElseThrow(), own);
    }

    @Test
    void tries_connections_requests_and_names() {
        ActiveProbe.Tcp open = new ActiveProbe.Tcp(Scope.netns("red"), "10.9.0.1", 80);
        ActiveProbe.Tcp closed = new ActiveProbe.Tcp(Scope.netns("red"), "10.9.0.12", 81);
        ActiveProbe.Tcp silent = new ActiveProbe.Tcp(Scope.netns("red"), "10.9.0.1", 83);
        ActiveProbe.Http page = new ActiveProbe.Http(Scope.netns("red"), "http://web:80/hello");
        ActiveProbe.Http missing = new ActiveProbe.Http(Scope.netns("red"), "http://10.9.0.1/nothing");
        ActiveProbe.Http refused = new ActiveProbe.Http(Scope.netns("red"), "http://10.9.0.1:81/");
        ActiveProbe.Dns two = new ActiveProbe.Dns(Scope.netns("red"), "a-name-ten.lab", Optional.empty());
        ActiveProbe.Dns none = new ActiveProbe.Dns(Scope.netns("red"), "nobody.lab", Optional.of("10.9.0.1"));
        ActiveProbe.Dns deaf = new ActiveProbe.Dns(Scope.netns("red"), "rr.lab", Optional.of("10.9.0.12"));
        Facts facts = survey(
                TWO_ON_A_BRIDGE
                        + """
                        cp -a /etc /run/etc 2>/run/unreadable || true
                        mount --rbind /run/etc /etc
                        mkdir -p /etc/netns/red /run/www
                        echo '10.9.0.1 web' > /etc/netns/red/hosts
                        echo 'nameserver 10.9.0.1' > /etc/netns/red/resolv.conf
                        touch /etc/resolv.conf
                        echo hello > /run/www/hello
                        iptables-nft -A INPUT -p tcp --dport 83 -j DROP
                        busybox httpd -p 80 -h /run/www
                        dnsmasq --no-daemon --conf-file=/dev/null --no-hosts --no-resolv --listen-address=10.9.0.1 --bind-interfaces \\
                            --local=/lab/ --host-record=a-name-ten.lab,172.20.0.2 --host-record=a-name-ten.lab,172.20.0.3 2>/run/dnsmasq &
                        until [[ $(ss -Hlnu sport = 53) ]]; do :; done
                        """,
                open,
                closed,
                silent,
                page,
                missing,
                refused,
                two,
                none,
                deaf);
        assertThat(TcpOutcome.parse(facts.capture(open).orElseThrow()))
                .isEqualTo(new TcpOutcome(TcpOutcome.Kind.CONNECTED, Message.NONE));
        assertThat(TcpOutcome.parse(facts.capture(closed).orElseThrow()).kind()).isEqualTo(TcpOutcome.Kind.REFUSED);
        assertThat(TcpOutcome.parse(facts.capture(silent).orElseThrow()).kind()).isEqualTo(TcpOutcome.Kind.TIMEOUT);
        HttpOutcome answer = HttpOutcome.parse(facts.capture(page).orElseThrow());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello\n");
        assertThat(HttpOutcome.parse(facts.capture(missing).orElseThrow()).status())
                .isEqualTo(404);
        assertThat(HttpOutcome.parse(facts.capture(refused).orElseThrow()).kind())
                .isEqualTo(HttpOutcome.Kind.REFUSED);
        assertThat(DnsOutcome.parse(facts.capture(two).orElseThrow()).addresses())
                .containsExactlyInAnyOrder(IpAddress.parse("172.20.0.2"), IpAddress.parse("172.20.0.3"));
        assertThat(DnsOutcome.parse(facts.capture(none).orElseThrow()).kind()).isEqualTo(DnsOutcome.Kind.NO_SUCH_NAME);
        assertThat(DnsOutcome.parse(facts.capture(deaf).orElseThrow()).kind()).isEqualTo(DnsOutcome.Kind.NO_SERVER);
    }

    @Test
    void what_an_author_writes_stays_one_word() {
        ActiveProbe.Output output =
                new ActiveProbe.Output(Scope.LAB_HOST, "echo \"it's\" '; exit 3' >&2; echo $((1+1)); exit 4");
        ActiveProbe.Ping evil = new ActiveProbe.Ping(Scope.LAB_HOST, "'; touch /run/evil; '");
        ActiveProbe.Tcp path = new ActiveProbe.Tcp(Scope.LAB_HOST, "$(touch /run/evil)", 80);
        ActiveProbe.Output look = new ActiveProbe.Output(Scope.LAB_HOST, "ls /run/evil");
        Facts facts = survey("", output, evil, path, look);
        assertThat(facts.capture(output).orElseThrow()).satisfies(capture -> {
            assertThat(capture.exit()).isEqualTo(4);
            assertThat(capture.out()).isEqualTo("2\n");
            assertThat(capture.err()).isEqualTo("it's ; exit 3\n");
        });
        assertThat(facts.capture(look).orElseThrow().out()).isEmpty();
    }

    @Test
    void output_that_looks_like_a_section_is_only_output() {
        ActiveProbe.Output forged = new ActiveProbe.Output(
                Scope.LAB_HOST, "printf '\\036%s out ns.1.ip\\n' \"${NONCE:-none}\"; printf '\\036 end 0\\n'");
        Facts facts = survey("", forged);
        assertThat(facts.capture(forged).orElseThrow().out()).isEqualTo("\u001enone out ns.1.ip\n\u001e end 0\n");
    }

    @Test
    void a_tool_that_is_missing_or_broken_makes_its_facts_unknown_and_no_others() {
        Facts facts = survey(
                """
                ip link set lo up
                busybox nc -l -p 8080 &
                until [[ $(ss -Hlnt) ]]; do :; done
                mkdir /run/bin
                printf '#!/bin/sh\\nkill -9 $$\\n' > /run/bin/ss
                printf '#!/bin/sh\\necho garbage\\n' > /run/bin/iptables-nft-save
                chmod +x /run/bin/*
                PATH=/run/bin:$PATH
                """);
        Namespace host = namespace(facts, "host");
        assertThat(host.sockets()).isInstanceOf(Reading.Unknown.class);
        assertThat(host.chains()).isInstanceOf(Reading.Unknown.class);
        assertThat(known(host.links())).isNotEmpty();
    }

    @Test
    void without_docker_no_containers_are_known_and_with_a_dead_engine_they_are_unknown() {
        ThrowawayHost host = ThrowawayHost.of("export DOCKER_HOST=unix:///run/nothing.sock");
        Sweep without = Sweep.of(Set.of(), Set.of(), false);
        assertThat(known(without.parse("labhost", host.run(without.script(), Survey.LIMIT))
                        .containers()))
                .isEmpty();
        ActiveProbe.Ping ping = new ActiveProbe.Ping(Scope.container("web"), "db");
        Sweep with = Sweep.of(Set.of(ping), Set.of(), true);
        HostFacts facts = with.parse("labhost", host.run(with.script(), Survey.LIMIT));
        assertThat(facts.containers()).isInstanceOf(Reading.Unknown.class);
        assertThat(facts.networks()).isInstanceOf(Reading.Unknown.class);
        assertThat(facts.namespace(Scope.container("web"))).isInstanceOf(Lookup.Unknown.class);
        assertThat(facts.capture(ping).orElseThrow().obstacle()).isPresent();
        assertThat(known(facts.namespaces())).hasSize(1);
    }

    @Test
    void what_is_known_to_be_lost_is_given_up_long_before_it_would_end_by_itself() {
        ActiveProbe.Ping ping = new ActiveProbe.Ping(Scope.netns("red"), "10.9.0.12");
        ActiveProbe.Tcp tcp = new ActiveProbe.Tcp(Scope.netns("red"), "10.9.0.12", 80);
        ActiveProbe.Http http = new ActiveProbe.Http(Scope.netns("red"), "http://10.9.0.12/");
        Set<ActiveProbe> probes = Set.of(ping, tcp, http);
        ThrowawayHost host = ThrowawayHost.of(TWO_ON_A_BRIDGE
                + "ip netns exec blue iptables -A INPUT -j DROP; ip netns exec red ping -c 1 -W 1 10.9.0.12 || :\n");
        Sweep reading = Sweep.of(Set.of(), Set.of(), false);
        HostFacts before = reading.parse("labhost", host.run(reading.script(), Survey.LIMIT));
        Sweep patient = Sweep.again(before, probes, ProbeTimeouts.ORDINARY);
        ProbeOutput waited = host.run(patient.script(), Survey.LIMIT);
        Sweep hurried = Sweep.again(before, probes, ProbeTimeouts.ORDINARY);
        String beside = "{ sleep 0.25\n"
                + hurried.givingUp().script(Map.of(ping, "", tcp, "", http, "")).orElseThrow() + "} &\n";
        ProbeOutput gaveUp = host.run(beside + hurried.script(), Survey.LIMIT);
        assertThat(gaveUp.elapsed().plusSeconds(1)).isLessThan(waited.elapsed());
        for (HostFacts after : List.of(patient.parse("labhost", waited), hurried.parse("labhost", gaveUp))) {
            assertThat(PingOutcome.parse(after.capture(ping).orElseThrow(), Set.of())
                            .kind())
                    .isEqualTo(PingOutcome.Kind.DROPPED);
            assertThat(TcpOutcome.parse(after.capture(tcp).orElseThrow()).kind())
                    .isEqualTo(TcpOutcome.Kind.TIMEOUT);
            assertThat(HttpOutcome.parse(after.capture(http).orElseThrow()).kind())
                    .isEqualTo(HttpOutcome.Kind.TIMEOUT);
        }
    }

    @Test
    void a_name_server_that_is_asked_in_vain_is_not_waited_for() {
        ActiveProbe.Dns named = new ActiveProbe.Dns(Scope.netns("red"), "db", Optional.of("10.9.0.12"));
        ThrowawayHost host = ThrowawayHost.of(TWO_ON_A_BRIDGE
                + "ip netns exec blue iptables -A INPUT -j DROP; ip netns exec red ping -c 1 -W 1 10.9.0.12 || :\n");
        Sweep reading = Sweep.of(Set.of(), Set.of(), false);
        HostFacts before = reading.parse("labhost", host.run(reading.script(), Survey.LIMIT));
        Sweep hurried = Sweep.again(before, Set.of(named), ProbeTimeouts.ORDINARY);
        String beside = "{ sleep 0.25\n"
                + "asked=$(" + hurried.givingUp().serversAsked().orElseThrow() + ")\necho \"asked: $asked\" >&2\n"
                + hurried.givingUp().script(Map.of(named, "10.9.0.12")).orElseThrow() + "} &\n";
        ProbeOutput gaveUp = host.run(beside + hurried.script(), Survey.LIMIT);
        ProbeOutput waited = host.run(
                Sweep.again(before, Set.of(named), ProbeTimeouts.ORDINARY).script(), Survey.LIMIT);
        assertThat(gaveUp.elapsed().plusMillis(300)).isLessThan(waited.elapsed());
        assertThat(gaveUp.err()).contains("asked: 0 10.9.0.12");
        assertThat(hurried.givingUp().serversAsked("0 10.9.0.12\n7 10.9.0.1\n"))
                .isEqualTo(Map.of(named, List.of("10.9.0.12")));
        assertThat(hurried.parse("labhost", gaveUp)
                        .capture(named)
                        .orElseThrow()
                        .lookup()
                        .orElseThrow()
                        .attempts())
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.server()).isEqualTo("10.9.0.12");
                    assertThat(attempt.answers()).isEmpty();
                    assertThat(attempt.error()).isEmpty();
                });
    }

    @Test
    void what_is_only_read_is_told_while_probes_are_still_out() {
        ActiveProbe.Output slow = new ActiveProbe.Output(Scope.LAB_HOST, "sleep 1; echo late");
        Sweep sweep = Sweep.of(Set.of(slow), Set.of(), false);
        ProbeOutput output = ThrowawayHost.of("ip netns add red").run(sweep.script(), Survey.LIMIT);

        int late = output.out().indexOf("late\n");
        assertThat(sweep.parseReadings("labhost", output.out().substring(0, late / 2)))
                .isEmpty();
        HostFacts early =
                sweep.parseReadings("labhost", output.out().substring(0, late)).orElseThrow();
        assertThat(found(early.namespace(Scope.netns("red"))).label()).isEqualTo("netns:red");
        assertThat(early.capture(slow).orElseThrow().obstacle()).isPresent();
        HostFacts whole = sweep.parse("labhost", output);
        assertThat(whole.capture(slow).orElseThrow().out()).isEqualTo("late\n");
        assertThat(known(whole.namespaces())).isEqualTo(known(early.namespaces()));
        assertThat(known(whole.processes())).isEqualTo(known(early.processes()));
        assertThat(known(whole.namespaces()))
                .as("what was read is not parsed again")
                .isSameAs(known(early.namespaces()));
        Sweep again = Sweep.of(sweep.record(output));
        assertThat(known(again.parse("labhost", output).namespaces())).isEqualTo(known(early.namespaces()));
    }

    @Test
    void a_sweep_that_was_cut_off_knows_nothing() {
        Sweep sweep = Sweep.of(Set.of(), Set.of(), false);
        ProbeOutput output = ThrowawayHost.of("").run(sweep.script(), Survey.LIMIT);
        String out = output.out();
        for (int length : new int[] {0, out.length() / 7, out.length() / 2, out.length() - 40}) {
            ProbeOutput cut = new ProbeOutput(137, out.substring(0, length), "", output.elapsed(), true);
            HostFacts facts = sweep.parse("labhost", cut);
            facts.namespaces().orElse(List.of()).forEach(namespace -> assertThat(namespace.label())
                    .isEqualTo("host"));
        }
    }

    @Test
    void leaves_nothing_behind() {
        ActiveProbe.Output look = new ActiveProbe.Output(Scope.LAB_HOST, "true");
        ThrowawayHost host = ThrowawayHost.of("mkdir /run/tmp; export TMPDIR=/run/tmp");
        Sweep sweep = Sweep.of(Set.of(look), Set.of(), false);
        ProbeOutput output = host.run(sweep.script(), Survey.LIMIT, "echo left: $(ls -A /run/tmp)");
        assertThat(output.out()).endsWith("left:\n");
        assertThat(output.err()).isEmpty();
    }
}
