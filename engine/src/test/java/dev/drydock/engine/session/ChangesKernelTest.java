package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.LocalPlace;
import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Facts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real commands change, and what the commands by hand that are named instead of them do in another world. */
@Tag("kernel")
class ChangesKernelTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path worlds;

    @Test
    void experiment() {
        World world = build();
        try {
            for (String line : List.of(
                    "docker run -d --name web -p 8080:80 httpd",
                    "docker stop -t 0 web",
                    "docker start web",
                    "docker restart -t 0 web",
                    "docker network create net1",
                    "docker network connect net1 web",
                    "docker run -d --name db --network net1 busybox sleep 1d",
                    "docker run -d --name side --network container:web busybox sleep 1d",
                    "docker run -d --name open --network host busybox sleep 1d",
                    "docker run -d --name lone --network none busybox sleep 1d",
                    "docker network disconnect net1 web",
                    "docker rm -f side lone open db",
                    "docker network rm net1",
                    "docker rm -f web",
                    "ip netns add red",
                    "ip link add veth0 type veth peer name veth1",
                    "ip link set veth1 netns red",
                    "ip -n red link set veth1 name eth0",
                    "ip link add br0 type bridge",
                    "ip link set veth0 master br0",
                    "ip addr add 10.9.0.1/24 dev br0",
                    "ip link set br0 up",
                    "ip link set veth0 up",
                    "ip -n red link set eth0 up; ip -n red link set lo up; ip -n red addr add 10.9.0.2/24 dev eth0",
                    "ip -n red route add default via 10.9.0.1",
                    "ip -n red route replace default via 10.9.0.3",
                    "ip -n red link set eth0 mtu 1400",
                    "ip -n red link set eth0 address 02:00:00:00:00:05",
                    "ip -n red addr del 10.9.0.2/24 dev eth0; ip -n red addr add 10.9.0.2/16 dev eth0",
                    "ip -n red link set eth0 down",
                    "brctl delif br0 veth0",
                    "brctl addif br0 veth0",
                    "iptables -A FORWARD -i br0 -j ACCEPT",
                    "iptables -I FORWARD 1 -o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
                    "iptables -P FORWARD ACCEPT",
                    "iptables -D FORWARD -i br0 -j ACCEPT",
                    "iptables -t nat -A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE",
                    "ip netns exec red iptables -L; ip netns exec red iptables -A INPUT -p icmp -j DROP",
                    "sysctl -w net.ipv4.ip_forward=0",
                    "ip neigh add 10.9.0.7 lladdr 02:00:00:00:00:07 dev br0 nud permanent",
                    "ip link set br0 name br1",
                    "ip link del br1",
                    "ip netns del red",
                    "(nc -l -p 9000 >/dev/null 2>&1 </dev/null &); sleep 0.2",
                    "ip link add mv0 link eth0 type macvlan mode bridge",
                    "echo 10.1.1.1 db >> /etc/hosts",
                    "unshare -n sleep 1d >/dev/null 2>&1 </dev/null & sleep 0.2",
                    "ip netns attach blue $(pgrep -n sleep)",
                    "ip addr show; ping -c 1 8.8.8.8")) {
                Facts before = facts(world);
                ProbeOutput output = world.labHost().run(line, LIMIT);
                System.out.println("$ " + line + (output.exit() == 0 ? "" : "   [" + output.exit() + "] " + output.err()));
                Changes changes = Changes.between(before, facts(world));
                changes.groups().forEach(group -> {
                    System.out.println("  -- " + group.cause());
                    group.changes().forEach(change -> {
                        System.out.println("  " + change.sign().mark() + " " + change.label() + "  " + change.words()
                                + (change.consequences().isEmpty() ? "" : "  " + change.consequences()));
                    });
                });
                changes.unread().forEach(System.out::println);
                changes.commands("labhost").forEach(text -> System.out.println("        " + text));
            }
        } finally {
            world.end();
        }
    }

    private static Facts facts(World world) {
        return new WorldSweep().read(world, true, List.of(), Optional.empty()).facts();
    }

    private static World build() {
        return new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox", "httpd")));
    }
}
