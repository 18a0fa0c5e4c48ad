package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.ProbeOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class SandboxTest extends LabHostContract {
    private static final WorldRequest BY_HAND =
            new WorldRequest("a-lab", List.of("labhost"), Set.of("netns", "bridge"), List.of());

    @TempDir
    static Path worlds;

    private static Sandboxes sandboxes;
    private static World world;

    @BeforeAll
    static void build() {
        sandboxes = new Sandboxes(new LocalPlace(), worlds);
        world = sandboxes.build(BY_HAND);
    }

    @AfterAll
    static void end() throws Exception {
        assertThat(groups()).hasSize(System.getProperty("user.name").equals("root") ? 1 : 0);
        world.end();
        long deadline = System.nanoTime() + 2 * LIMIT.toNanos();
        while (!groups().isEmpty()) {
            assertThat(System.nanoTime()).as("a control group is left").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The control groups of this class's world, which lives for a while. */
    private static List<Path> groups() throws IOException {
        try (var found = Files.find(
                Path.of("/sys/fs/cgroup"), 8, (path, attributes) -> path.endsWith("drydock-" + world.id()))) {
            return found.toList();
        } catch (UncheckedIOException gone) {
            // one went while the tree was walked
            return groups();
        }
    }

    @Override
    World world() {
        return world;
    }

    @Test
    void root_inside_is_not_root_outside() {
        assertThat(run("id -u; read -r inside outside count </proc/self/uid_map; ((outside > 0)) && echo unprivileged")
                        .out())
                .isEqualTo("0\nunprivileged\n");
    }

    @Test
    void the_machines_files_are_not_there_or_not_writable() throws IOException {
        Path secret = Files.writeString(worlds.resolve("secret"), "secret");
        assertThat(run("cat " + secret).exit()).isNotZero();
        assertThat(run("touch /usr/mark").exit()).isNotZero();
        assertThat(
                        run("ls -A /home /mnt /opt /srv; ls -A / | grep -vxE 'bin|dev|etc|home|lib(|32|64|x32)|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var'")
                                .out())
                .isEqualTo("/home:\n\n/mnt:\n\n/opt:\n\n/srv:\n");
        assertThat(run("cat /etc/shadow /etc/ssh/*key /etc/machine-id").out()).isEmpty();
    }

    @Test
    void the_machines_settings_cannot_be_changed() {
        assertThat(run("echo 1 >/proc/sys/kernel/sysrq").exit()).isNotZero();
        assertThat(run("echo b >/proc/sysrq-trigger").exit()).isNotZero();
        assertThat(run("mount -o remount,rw /usr").exit()).isNotZero();
        assertThat(run("mknod /dev/disk b 254 0 && cat /dev/disk").exit()).isNotZero();
        assertThat(run("mkdir /sys/fs/cgroup/drydock-test /sys/fs/cgroup/*/drydock-test")
                        .exit())
                .isNotZero();
    }

    @Test
    void only_the_hosts_own_processes_are_seen_and_no_file_of_the_machine_is_open() {
        assertThat(run("ps -eo args= | head -n 1").out()).startsWith("init");
        assertThat(
                        run("for link in /proc/self/fd/* /proc/1/fd/*; do readlink $link; done | grep -vE '^(/dev/null|pipe:|/run/.init|/proc/)'")
                                .out())
                .isEmpty();
    }

    @Test
    void there_is_no_way_out_of_the_world() {
        assertThat(run("ip -4 -br address | cut -d' ' -f1; ip route show default")
                        .out())
                .isEqualTo("lo\neth0@if5\ndefault via 10.0.2.2 dev eth0 \n"
                        .replace(
                                "@if5",
                                run("ip -4 -br address | grep -o '@if[0-9]*'")
                                        .out()
                                        .strip()));
        // Neither an address that nobody has, nor one that the machine has, answers.
        assertThat(run("ping -c 1 -W 1 9.9.9.9").exit()).isNotZero();
        String machine = "ping -c 1 -W 1 %s";
        for (String address : addressesOfThisMachine()) {
            assertThat(run(machine.formatted(address)).exit()).as(address).isNotZero();
        }
    }

    private static List<String> addressesOfThisMachine() {
        try {
            return java.util.Collections.list(java.net.NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(java.net.NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && address instanceof java.net.Inet4Address)
                    .map(java.net.InetAddress::getHostAddress)
                    .filter(address -> !address.startsWith("10.0.2."))
                    .toList();
        } catch (java.net.SocketException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_internet_answers_ping_dns_and_http() {
        assertThat(
                        run("ping -c 1 -W 1 8.8.8.8 >/dev/null && echo ping; getent hosts dns.google; busybox wget -qO- http://1.1.1.1/")
                                .out())
                .isEqualTo(
                        "ping\n8.8.8.8         dns.google\nHello from the Internet. Your packets come from 10.0.2.15\n");
    }

    @Test
    void a_name_that_nobody_has_is_refused_at_once() {
        ProbeOutput output = run("getent hosts no-such-name.example.net");
        assertThat(output.exit()).isEqualTo(2);
    }

    @Test
    void starts_like_a_machine_that_nobody_touched() {
        assertThat(
                        run("cat /proc/sys/net/ipv4/ip_forward; iptables-save; iptables-legacy -S; hostname; pwd; ls /run/netns")
                                .out())
                .isEqualTo("0\n-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\nlabhost\n/root\n");
    }

    @Test
    void the_tools_of_the_trade_work() {
        ProbeOutput output = run(
                """
                set -e
                ip netns add red
                ip netns exec red ip link set lo up
                brctl addbr br0
                ip link add veth-red type veth peer name eth0 netns red
                brctl addif br0 veth-red
                brctl show br0 | grep -q veth-red
                iptables -t nat -A POSTROUTING -s 10.9.0.0/24 -j MASQUERADE
                iptables-legacy -t nat -L >/dev/null
                conntrack -L 2>/dev/null
                nsenter --net=/run/netns/red ip link show eth0 >/dev/null
                unshare --net ip link show lo >/dev/null
                tcpdump -D >/dev/null
                tmux -f /dev/null new-session -d 'sleep 100' && tmux kill-server
                for tool in vi less watch ping ss bridge nft; do type -P $tool >/dev/null; done
                ip link del br0
                ip netns del red
                iptables -t nat -F
                """);
        assertThat(output.exit()).as(output.err()).isZero();
    }

    @Test
    void root_may_become_somebody_else() {
        assertThat(run("su -c 'id -u'; su - -c pwd").out()).isEqualTo("0\n/root\n");
        assertThat(
                        run("su nobody -s /bin/bash -c 'id -u'; runuser -u nobody -- id -u; su nobody -s /bin/bash -c 'su -c id </dev/null' || echo no")
                                .out())
                .isEqualTo("65534\n65534\nno\n");
    }

    @Test
    void the_files_of_its_network_are_its_roots() {
        assertThat(
                        run("stat -c %U /proc/net/ip_tables_names && cat /proc/net/ip_tables_names >/dev/null && echo readable")
                                .out())
                .isEqualTo("root\nreadable\n");
    }

    @Test
    void its_files_are_bounded() {
        assertThat(run("head -c 3G /dev/zero >/root/big; status=$?; rm /root/big; exit $status")
                        .exit())
                .isNotZero();
    }

    @Test
    void its_processes_are_bounded() {
        // Bounded itself, in case the host is not.
        String forked =
                run("""
                        perl -e '
                          my ($n, @children) = (0);
                          while ($n < 12000) { my $pid = fork; last unless defined $pid; if (!$pid) { sleep 100; exit } push @children, $pid; $n++ }
                          kill 9, @children;
                          waitpid $_, 0 for @children;
                          print $n'
                        """)
                        .out();
        assertThat(Integer.parseInt(forked)).isBetween(1000, 11_999);
        assertThat(run("true").exit()).isZero();
    }

    @Test
    void keeps_every_character_of_any_language() {
        String text = "도커 네트워크 ✓ 🐳 ";
        assertThat(run("for i in {1..5000}; do printf %s '" + text + "'; done").out())
                .isEqualTo(text.repeat(5000));
    }

    @Test
    void carries_large_and_binary_output() {
        assertThat(run("head -c 20000000 /dev/zero | tr '\\0' x").out()).hasSize(20_000_000);
        assertThat(run("printf 'a\\377\\0b'").out()).isEqualTo("a\uFFFD\0b");
    }

    @Test
    void output_without_end_fills_nothing() {
        ProbeOutput output = run("head -c 80M /dev/zero | tr '\\0' x; exit 3");
        assertThat(output.out()).hasSize(48 << 20);
        assertThat(output.exit()).isEqualTo(3);
    }

    @Test
    void a_script_finds_nothing_on_its_input_and_may_be_long() {
        assertThat(run("cat; read -r line || echo nothing").out()).isEqualTo("nothing\n");
        String padding = "# 한국어 padding\n".repeat(20_000);
        assertThat(run(padding + "cat; echo end").out()).isEqualTo("end\n");
    }

    @Test
    void what_a_script_leaves_in_the_background_lives_on_and_nobody_waits_for_it() {
        ProbeOutput output = run("sleep 4715 & echo said");
        assertThat(output.out()).isEqualTo("said\n");
        assertThat(output.timedOut()).isFalse();
        assertThat(run("pgrep -f '^sleep 4715' >/dev/null && echo lives").out()).isEqualTo("lives\n");
    }

    @Test
    void is_found_again_until_it_ends() {
        World other = sandboxes.build(BY_HAND);
        assertThat(sandboxes.find(other.id())).get().extracting(World::alive).isEqualTo(true);
        LabHost host = other.labHost();
        other.end();
        other.end();
        assertThat(sandboxes.find(other.id())).isEmpty();
        assertThatThrownBy(() -> host.run("true", LIMIT))
                .isInstanceOf(HostTrouble.class)
                .hasMessageContaining("no longer running");
    }

    @Test
    void two_worlds_have_the_same_addresses_and_know_nothing_of_each_other() {
        World other = sandboxes.build(BY_HAND);
        try {
            other.labHost().run("ip link add only-there type bridge; echo there >/root/file", LIMIT);
            assertThat(run("cat /root/file; ip link show only-there").out()).isEmpty();
            assertThat(other.labHost().run("ip -4 -br address show eth0", LIMIT).out())
                    .contains("10.0.2.15/24");
        } finally {
            other.end();
        }
        assertThat(run("ping -c 1 -W 1 8.8.8.8").exit()).isZero();
    }

    @Test
    void several_lab_hosts_share_one_backbone() {
        World pair = sandboxes.build(new WorldRequest("a-lab", List.of("alpha", "beta"), Set.of(), List.of()));
        try {
            assertThat(pair.hostNames()).containsExactly("alpha", "beta");
            assertThat(pair.labHost()
                            .run("ping -c 1 -W 2 beta >/dev/null && hostname", LIMIT)
                            .out())
                    .isEqualTo("alpha\n");
            assertThat(pair.host("beta")
                            .run("ip -4 -br address show eth0", LIMIT)
                            .out())
                    .contains("10.0.2.16/24");
            assertThat(pair.labHost().run("echo token >/shared/token", LIMIT).exit())
                    .isZero();
            assertThat(pair.host("beta").run("cat /shared/token", LIMIT).out()).isEqualTo("token\n");
            assertThat(pair.host("beta")
                            .run("head -c 100M /dev/zero >/shared/all", LIMIT)
                            .err())
                    .contains("No space left on device");
            assertThat(run("test -e /shared").exit()).isEqualTo(1);
        } finally {
            pair.end();
        }
    }

    @Test
    void refuses_what_the_kernel_lacks_by_name() {
        assertThatThrownBy(() -> sandboxes.build(
                        new WorldRequest("a-lab", List.of("labhost"), Set.of("netns", "warp-drive"), List.of())))
                .isInstanceOf(HostTrouble.class)
                .hasMessage("The lab a-lab needs warp-drive, which cannot run here.");
        assertThat(WorldRecordFolders.in(worlds)).containsExactly(world.id());
    }

    /** What the folder of records holds, other tests' files aside. */
    private static final class WorldRecordFolders {
        static List<String> in(Path worlds) {
            try {
                return WorldRecord.ids(worlds).stream()
                        .filter(id -> Files.isDirectory(worlds.resolve(id)))
                        .toList();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
