package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole labs gone through by other commands than their authors', with mistakes on the way. */
@Tag("kernel")
class OtherWaysTest {
    @Test
    void completes_the_bridge_by_hand_with_brctl_and_nsenter(@TempDir Path state) {
        try (Student student = Student.at("bridge-by-hand", state)) {
            student.types("mkdir -p /run/netns; touch /run/netns/red; unshare --net=/run/netns/red true");
            student.isTold("no namespace blue");
            student.types("touch /run/netns/blue; unshare --net=/run/netns/blue true");
            student.goesOnFrom("namespaces");

            student.types("brctl addbr br0; ip address add 10.9.0.1/24 broadcast + dev br0");
            student.isTold("down");
            student.types("ip link set dev br0 up");
            student.goesOnFrom("bridge");

            student.types("ip link add red0 type veth peer name redx; brctl addif br0 red0; ip link set red0 up");
            student.isTold("no interface eth0 in red");
            student.types("ip link set redx netns red name eth0");
            student.types("nsenter --net=/run/netns/red ip link set eth0 up");
            student.goesOnFrom("red-cable");

            student.types("ip addr add 10.9.0.11/24 dev red0");
            student.isTold("10.9.0.11 is on red0");
            student.types("ip addr del 10.9.0.11/24 dev red0");
            student.types("nsenter --net=/run/netns/red ip addr add 10.9.0.11/24 dev eth0");
            student.goesOnFrom("red-address");

            student.types("ip -n blue link add eth0 type veth peer name blue0 netns 1");
            student.types("ip netns exec blue bash -c 'ip addr add 10.9.0.12/24 dev eth0; ip link set eth0 up'");
            student.types("ip link set blue0 up");
            student.isTold("a port of no bridge");
            student.types("ip link set blue0 master br0");
            student.goesOnFrom("blue");

            student.isWrongWith(student.types("cat /sys/class/net/blue0/address"));
            student.answers(student.types("ip netns exec blue cat /sys/class/net/eth0/address"));
            student.goesOnFrom("whose-mac");

            student.types("ip -n red route add 10.0.2.0/24 via 10.9.0.1");
            student.isTold("no default route");
            student.types("for n in red blue; do ip netns exec $n ip route add default via 10.9.0.1 dev eth0; done");
            student.goesOnFrom("default-routes");

            student.goesOnFrom("what-docker-does");
            assertThat(student.isThrough()).isTrue();
        }
    }

    @Test
    void completes_the_default_bridge_with_create_kill_and_restart(@TempDir Path state) {
        try (Student student = Student.at("bridge-basics", state)) {
            student.isWrongWith("172.17.0.1/16");
            student.answers(" 172.17.0.0/16 ");
            student.goesOnFrom("what-docker-made");

            student.types("docker create --name busybox1 busybox sleep 1d");
            student.isTold("created but not started");
            student.types("docker start busybox1");
            student.types("docker run -dit --name busybox2 busybox");
            student.goesOnFrom("two-containers");

            student.answers(student.types("docker exec busybox2 cat /sys/class/net/eth0/address"));
            student.goesOnFrom("mac-addresses");

            String other =
                    "n=$(docker exec %s cat /sys/class/net/eth0/iflink); ip -o link | sed -n \"s/^$n: //p\" | cut -d@ -f1";
            student.isWrongWith(student.types(other.formatted("busybox2")));
            student.answers(student.types(other.formatted("busybox1")));
            student.goesOnFrom("which-veth");

            student.types("ping -c 1 172.17.0.3");
            student.isTold("no entry for 172.17.0.2");
            student.types("docker exec busybox1 ping -c 1 172.17.0.3");
            student.goesOnFrom("ping");

            student.types("docker exec busybox1 ip route del default");
            student.isTold("default via 172.17.0.1");
            student.types("ip netns attach one $(docker inspect -f '{{.State.Pid}}' busybox1)");
            student.types("ip -n one route del default; ip netns del one");
            student.goesOnFrom("no-default-route");

            student.types("docker restart -t 0 busybox1");
            student.goesOnFrom("default-route");

            student.types("docker run -d --name busybox3 busybox sleep 1d");
            student.isTold("172.17.0.2 belongs to busybox1");
            student.types("docker kill busybox1; docker restart -t 0 busybox3");
            student.goesOnFrom("stop");
            assertThat(student.isThrough()).isTrue();
        }
    }
}
