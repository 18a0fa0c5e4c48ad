package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.LocalPlace;
import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What real commands change, and no others; what the commands by hand that are named instead of them change in a second world.
 *
 * <p>Every line builds on those before it, in both worlds.
 */
@Tag("kernel")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangesKernelTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What no command by hand brings about. */
    private static final Set<Kind> DOCKERS_OWN =
            Set.of(Kind.CONTAINER, Kind.NETWORK, Kind.MEMBER, Kind.LISTENER, Kind.DNS, Kind.HOSTS);

    @TempDir
    static Path worlds;

    private static World world;
    private static World second;

    @BeforeAll
    static void build() {
        Sandboxes sandboxes = new Sandboxes(new LocalPlace(), worlds);
        world = sandboxes.build(request());
        second = sandboxes.build(request());
    }

    @AfterAll
    static void end() {
        world.end();
        second.end();
    }

    private static WorldRequest request() {
        return new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox", "httpd"));
    }

    private static Facts facts(World of) {
        return new WorldSweep().read(of, true, List.of(), Optional.empty()).facts();
    }

    private static void run(World in, String script) {
        ProbeOutput output = in.labHost().run(script, LIMIT);
        assertThat(output.exit()).as(script + "\n" + output.err()).isZero();
    }

    /** A change in one line, without what is random. */
    private static List<String> told(Changes changes) {
        assertThat(changes.unread()).isEmpty();
        return changes.all().map(ChangesKernelTest::line).toList();
    }

    private static String line(Change change) {
        return (change.sign().mark() + " " + Words.text(change.label()) + " " + Words.text(change.words()))
                .replaceAll("net:\\[\\d+]", "net:[N]")
                .replaceAll("veth[0-9a-f]{7}", "vethX")
                .replaceAll("br-[0-9a-f]{12}", "br-X")
                .replaceAll("\\b[0-9a-f]{12}\\b", "ID")
                .replaceAll("process \\d+", "process P");
    }

    private static List<String> byHand(Stream<Change> changes) {
        return changes.filter(change -> !DOCKERS_OWN.contains(change.kind()))
                .map(ChangesKernelTest::line)
                .sorted()
                .toList();
    }

    /** Runs it, and what is named to do the same by hand in the second world; both must tell the same. */
    private static Changes twice(String command) {
        Facts before = facts(world);
        run(world, command);
        Changes changes = Changes.between(before, facts(world));
        Facts beforeHand = facts(second);
        String script = String.join("\n", changes.commands("labhost"));
        run(second, "set -e\n" + script);
        Changes hand = Changes.between(beforeHand, facts(second));
        assertThat(byHand(hand.all())).as(command + " by hand:\n" + script).isEqualTo(byHand(changes.all()));
        return changes;
    }

    private static void changes(String command, String... expected) {
        assertThat(told(twice(command))).as(command).containsExactly(expected);
    }

    @Test
    @Order(1)
    void a_world_that_nobody_touches_does_not_change_whatever_traffic_there_is() {
        run(world, "docker run -d --name talker busybox sleep 1d");
        run(
                world,
                "(docker exec talker ping -i 0.1 8.8.8.8 >/dev/null 2>&1 &) ; (ping -i 0.1 8.8.8.8 >/dev/null 2>&1 &)");
        Facts first = facts(world);
        for (int i = 0; i < 12; i++) {
            run(
                    world,
                    "docker exec talker wget -qO- http://8.8.8.8/ >/dev/null; docker exec talker nslookup no.such.name >/dev/null; "
                            + "docker exec talker ip neigh flush all; iptables -L >/dev/null; docker ps >/dev/null; true");
            Changes changes = Changes.between(first, facts(world));
            assertThat(told(changes)).isEmpty();
        }
        assertThat(Changes.between(first, first).isEmpty()).isTrue();
        run(world, "docker rm -f talker; pkill ping; true");
    }

    @Test
    @Order(2)
    void docker_does_what_the_commands_by_hand_do() {
        assertThat(
                        told(
                                twice(
                                        "docker run -d --name web -p 8080:80 httpd; until ss -ltn | grep -q :8080; do :; done; "
                                                + "until nsenter --target $(docker inspect -f '{{.State.Pid}}' web) --net ss -ltn | grep -q :80; do :; done")))
                .containsExactly(
                        "+ container web, running; on bridge",
                        "+ namespace of web, net:[N]",
                        "+ veth pair vethX ⇄ eth0 in web; vethX is a port of docker0",
                        "+ address 172.17.0.2/16 on eth0 in web",
                        "+ route default via 172.17.0.1 dev eth0 in web",
                        "+ filter DOCKER: accept tcp to 172.17.0.2:80 not from docker0 into docker0",
                        "+ nat DOCKER: tcp to :8080 not from docker0 → 172.17.0.2:80",
                        "+ nat POSTROUTING: masquerade tcp from 172.17.0.2 to 172.17.0.2:80",
                        "+ listener httpd on *:80 in web",
                        "+ listener docker-proxy on 0.0.0.0:8080 and [::]:8080",
                        "+ hosts 172.17.0.2 ID in /etc/hosts of web");
        changes(
                "docker stop -t 0 web",
                "~ container web: running → exited with status 137",
                "- namespace of web, net:[N]",
                "- veth pair vethX ⇄ eth0 in web; vethX was a port of docker0",
                "- filter DOCKER: accept tcp to 172.17.0.2:80 not from docker0 into docker0",
                "- nat DOCKER: tcp to :8080 not from docker0 → 172.17.0.2:80",
                "- nat POSTROUTING: masquerade tcp from 172.17.0.2 to 172.17.0.2:80",
                "- listener docker-proxy on 0.0.0.0:8080 and [::]:8080");
        changes("docker rm web", "- container web, was exited with status 137");
        changes(
                "docker network create net1",
                "+ network net1, bridge, 172.18.0.0/16, bridge br-X",
                "+ bridge br-X",
                "+ address 172.18.0.1/16 on br-X",
                "+ filter DOCKER-ISOLATION-STAGE-1: everything from br-X not into br-X: on to DOCKER-ISOLATION-STAGE-2 (rule 1 of 3)",
                "+ filter DOCKER-ISOLATION-STAGE-2: drop everything into br-X (rule 1 of 3)",
                "+ filter FORWARD: accept everything into br-X of connections that stand already (rule 3 of 10)",
                "+ filter FORWARD: everything into br-X: on to DOCKER (rule 4 of 10)",
                "+ filter FORWARD: accept everything from br-X not into br-X (rule 5 of 10)",
                "+ filter FORWARD: accept everything from br-X into br-X (rule 6 of 10)",
                "+ nat DOCKER: everything from br-X: skip the rest of the chain (rule 1 of 2)",
                "+ nat POSTROUTING: masquerade everything from 172.18.0.0/16 not into br-X (rule 1 of 2)");
        changes(
                "docker run -d --name db --network net1 busybox sleep 1d",
                "+ container db, running; on net1",
                "+ namespace of db, net:[N]",
                "+ veth pair vethX ⇄ eth0 in db; vethX is a port of br-X",
                "+ address 172.18.0.2/16 on eth0 in db",
                "+ route default via 172.18.0.1 dev eth0 in db",
                "+ dns 127.0.0.11 in db: Docker's name server, for the containers of its networks",
                "+ hosts 172.18.0.2 ID in /etc/hosts of db");
        changes(
                "docker run -d --name side --network container:db busybox sleep 1d",
                "+ container side, running; it shares the network namespace of db");
        changes(
                "docker run -d --name open --network host busybox sleep 1d",
                "+ container open, running; it shares the host's network namespace");
        changes(
                "docker run -d --name lone --network none busybox sleep 1d",
                "+ container lone, running; on no network, with lo alone",
                "+ namespace of lone, net:[N]");
        changes("docker exec lone true");
        changes("docker rm -f lone", "- container lone, was running", "- namespace of lone, net:[N]");
        changes("docker rename open wide", "~ container open is called wide now");
    }

    @Test
    @Order(3)
    void connecting_a_running_container_adds_an_interface_to_it() {
        Facts before = facts(world);
        run(world, "docker network connect bridge db");
        assertThat(told(Changes.between(before, facts(world))))
                .containsExactly(
                        "+ member db is on bridge as 172.17.0.2",
                        "+ veth pair vethX ⇄ eth1 in db and side; vethX is a port of docker0",
                        "+ address 172.17.0.2/16 on eth1 in db and side",
                        "~ route default via 172.18.0.1 dev eth0 → via 172.17.0.1 dev eth1 in db and side",
                        "+ hosts 172.17.0.2 ID in /etc/hosts of db");
        before = facts(world);
        run(world, "docker restart -t 0 wide");
        assertThat(told(Changes.between(before, facts(world)))).containsExactly("~ container wide: started anew");
    }

    @Test
    @Order(4)
    void commands_of_the_kernel_do_what_they_say() {
        changes("ip netns add red", "+ namespace of red, net:[N]");
        changes("ip link add veth0 type veth peer name veth1", "+ veth pair veth0 ⇄ veth1, both down");
        changes("ip link set veth1 netns red", "~ moved veth1: from the host to red");
        changes("ip -n red link set veth1 name eth0", "~ name veth1 → eth0 in red");
        changes("ip link add br0 type bridge", "+ bridge br0, down");
        changes("brctl addif br0 veth0", "+ port veth0 of br0");
        changes(
                "ip addr add 10.9.0.1/24 dev br0; ip link set br0 up",
                "~ state br0: down → up",
                "+ address 10.9.0.1/24 on br0");
        changes("ip link set veth0 up", "~ state veth0: down → up");
        changes(
                "ip -n red link set eth0 up; ip -n red link set lo up; ip -n red addr add 10.9.0.2/24 dev eth0",
                "~ state lo in red: down → up",
                "~ state eth0 in red: down → up",
                "+ address 10.9.0.2/24 on eth0 in red");
        changes("ip -n red route add default via 10.9.0.1", "+ route default via 10.9.0.1 dev eth0 in red");
        changes(
                "ip -n red route replace default via 10.9.0.3",
                "~ route default via 10.9.0.1 dev eth0 → via 10.9.0.3 dev eth0 in red");
        changes("ip -n red route del default", "- route default via 10.9.0.3 dev eth0 in red");
        changes("ip -n red link set eth0 mtu 1400", "~ mtu eth0 in red: 1500 → 1400");
        changes(
                "ip -n red addr del 10.9.0.2/24 dev eth0; ip -n red addr add 10.9.0.2/16 dev eth0",
                "~ address 10.9.0.2/24 → /16 on eth0 in red");
        changes("ip -n red link set eth0 down", "~ state eth0 in red: up → down");
        changes("brctl delif br0 veth0", "- port veth0 of br0");
        changes("ip link set br0 name br1", "~ name br0 → br1");
        changes(
                "ip neigh add 10.9.0.7 lladdr 02:00:00:00:00:07 dev br1 nud permanent",
                "+ neighbour 10.9.0.7 has 02:00:00:00:00:07 on br1, set by hand");
        changes("sysctl -w net.ipv4.ip_forward=0", "~ sysctl net.ipv4.ip_forward: 1 → 0");
        changes("sysctl -w net.ipv4.conf.br1.rp_filter=2", "~ sysctl net.ipv4.conf.br1.rp_filter: 0 → 2");
        changes("ip link set br1 down; ip link set br1 name br2", "~ name br1 → br2", "~ state br2: up → down");
        changes("ip link set br2 name br1; ip link set br1 up", "~ name br2 → br1", "~ state br1: down → up");
        changes(
                "sysctl -w net.ipv4.conf.br1.proxy_arp=1 net.ipv4.conf.br1.arp_ignore=1 net.ipv6.conf.br1.disable_ipv6=1",
                "~ sysctl net.ipv4.conf.br1.arp_ignore: 0 → 1",
                "~ sysctl net.ipv4.conf.br1.proxy_arp: 0 → 1",
                "~ sysctl net.ipv6.conf.br1.disable_ipv6: 0 → 1");
        changes(
                "ip netns exec red sysctl -w net.ipv4.conf.eth0.forwarding=1 net.ipv4.icmp_ratelimit=0",
                "~ sysctl net.ipv4.icmp_ratelimit in red: 1000 → 0",
                "~ sysctl net.ipv4.conf.eth0.forwarding in red: 0 → 1");
        changes(
                "ip link add spare type bridge; sysctl -w net.ipv4.conf.spare.arp_announce=2",
                "+ bridge spare, down",
                "~ sysctl net.ipv4.conf.spare.arp_announce: 0 → 2");
        changes("ip link del spare", "- bridge spare");
        changes("iptables -P FORWARD ACCEPT", "~ policy filter FORWARD: DROP → ACCEPT");
        changes("iptables -A FORWARD -i br1 -j ACCEPT", "+ filter FORWARD: accept everything from br1");
        changes(
                "iptables -I INPUT -p icmp -j DROP; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; "
                        + "iptables -A INPUT -m limit --limit 5/min -j LOG --log-prefix \"two words\"",
                "+ filter INPUT: drop icmp (rule 1 of 3)",
                "+ filter INPUT: accept tcp to :22 (rule 2 of 3)",
                "+ filter INPUT: -m limit --limit 5/min -j LOG --log-prefix \"two words\"");
        changes(
                "iptables -D INPUT 1; iptables -I INPUT 2 -p icmp -j DROP",
                "~ filter INPUT: drop icmp is rule 2 now, was 1");
        changes(
                "iptables -t nat -N EXTRA; iptables -t nat -A EXTRA -s 10.9.0.0/24 ! -o br1 -j MASQUERADE",
                "+ chain nat EXTRA",
                "+ nat EXTRA: masquerade everything from 10.9.0.0/24 not into br1");
        changes(
                "iptables -t nat -F EXTRA; iptables -t nat -X EXTRA",
                "- chain nat EXTRA",
                "- nat EXTRA: masquerade everything from 10.9.0.0/24 not into br1");
        changes("ip netns exec red iptables -L", new String[0]);
        changes("ip netns exec red iptables -A INPUT -p icmp -j DROP", "+ filter INPUT in red: drop icmp");
        changes("ip link del br1", "- bridge br1");
        changes("ip link add mv0 link eth0 type macvlan mode bridge", "+ macvlan mv0 on eth0, mode bridge, down");
        changes("ip netns del red", "- namespace of red, net:[N]", "- veth pair veth0 ⇄ eth0 in red");
        changes("echo 10.1.1.1 db >> /etc/hosts", "+ hosts 10.1.1.1 db in /etc/hosts");
        changes("ip addr show; ping -c 1 8.8.8.8; ss -ltn", new String[0]);
    }

    @Test
    @Order(5)
    void what_goes_with_something_is_said_with_it_and_once() {
        run(
                world,
                "ip link add a0 type veth peer name a1; ip addr add 10.8.0.1/24 dev a0; ip link set a0 up; ip link set a1 up; "
                        + "ip route add 10.7.0.0/24 via 10.8.0.2");
        Facts before = facts(world);
        run(world, "ip link set a0 down");
        assertThat(Changes.between(before, facts(world)).all()).singleElement().satisfies(change -> assertThat(
                        change.consequences())
                .extracting(Words::text)
                .containsExactly(
                        "its routes went: 10.7.0.0/24 via 10.8.0.2, 10.8.0.0/24",
                        "its other end a1 has no carrier now"));
        run(world, "ip link set a0 up; ip route add 10.7.0.0/24 via 10.8.0.2");
        before = facts(world);
        run(world, "ip addr del 10.8.0.1/24 dev a0");
        assertThat(Changes.between(before, facts(world)).all()).singleElement().satisfies(change -> {
            assertThat(line(change)).isEqualTo("- address 10.8.0.1/24 on a0");
            assertThat(change.consequences())
                    .extracting(Words::text)
                    .containsExactly("its routes went: 10.7.0.0/24 via 10.8.0.2");
        });
        run(world, "ip addr add 10.8.0.1/24 dev a0; ip route add 10.7.0.0/24 via 10.8.0.2");
        before = facts(world);
        run(world, "ip link del a1");
        assertThat(Changes.between(before, facts(world)).all()).singleElement().satisfies(change -> assertThat(
                        change.consequences())
                .extracting(Words::text)
                .containsExactly("with it went 10.8.0.1/24, route 10.7.0.0/24 via 10.8.0.2 dev a0"));
    }

    @Test
    @Order(6)
    void a_namespace_without_a_name_and_the_name_that_it_gets() {
        Facts before = facts(world);
        run(
                world,
                "unshare -n sleep 9999 >/dev/null 2>&1 </dev/null & until pgrep -f '^sleep 9999' >/dev/null; do :; done");
        Facts between = facts(world);
        assertThat(told(Changes.between(before, between))).containsExactly("+ namespace of process P, net:[N]");
        run(world, "ip netns attach blue $(pgrep -f '^sleep 9999')");
        assertThat(told(Changes.between(between, facts(world))))
                .containsExactly("+ name blue for the namespace of process P");
    }

    @Test
    @Order(7)
    void a_namespace_that_lost_its_name_is_the_same_one() {
        run(world, "ip netns add ghost; ip link add g0 type veth peer name g1 netns ghost; ip -n ghost link set g1 up");
        Facts before = facts(world);
        run(
                world,
                "ip netns exec ghost sleep 9998 >/dev/null 2>&1 </dev/null & until pgrep -f '^sleep 9998' >/dev/null; do :; done; "
                        + "ip netns del ghost");
        assertThat(told(Changes.between(before, facts(world))))
                .containsExactly("- name ghost; the namespace lives on as that of process P");
    }
}
