package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class MachineUnchangedTest {
    /** What a lab host could leave behind if it leaked; what one may not read is the same before and after. */
    private static final String MACHINE =
            """
            ip -o address; ip route; ip -6 route; ip netns; ip rule
            iptables-save | grep -v '^[#:]'; ip6tables-save | grep -v '^[#:]'; nft --stateless list ruleset
            cut -d' ' -f4- /proc/self/mountinfo
            find /sys/fs/cgroup -type d
            ls -a /dev/shm /run /var/run /var/lib/docker /run/docker* /run/netns /etc
            tail -n +2 /proc/sysvipc/shm
            cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/bridge/* /proc/sys/kernel/hostname
            """;

    @TempDir
    Path worlds;

    @Test
    void the_machine_is_the_same_after_a_world_with_containers() throws Exception {
        String before = machine();
        assertThat(before).contains("127.0.0.1");

        World world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox")));
        world.labHost()
                .run(
                        """
                        docker run -d --memory 64m --name one -p 8080:80 busybox sleep 1d
                        docker network create other
                        ip netns add red; iptables -A FORWARD -j DROP; sysctl -w net.ipv4.ip_forward=1
                        touch /dev/shm/mark /run/mark /tmp/mark
                        """,
                        Duration.ofSeconds(60));
        String during = machine();
        world.end();
        String after = machine();
        // A world of root's has a control group, which goes a moment after it.
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!after.equals(before) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
            after = machine();
        }

        assertThat(during.lines().filter(line -> !line.endsWith("/drydock-" + world.id())))
                .containsExactlyElementsOf(before.lines().toList());
        assertThat(after).isEqualTo(before);
    }

    private static String machine() throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", MACHINE)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said;
    }
}
