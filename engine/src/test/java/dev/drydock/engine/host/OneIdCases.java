package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.ProbeOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a user without subordinate ids; {@link OrdinaryUserTest} runs it as such a user. */
class OneIdCases {
    @TempDir
    Path worlds;

    @Test
    void a_world_by_hand_works() {
        World world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of("netns", "bridge"), List.of()));
        try {
            ProbeOutput output = world.labHost()
                    .run(
                            """
                            set -e
                            id -u
                            ip netns add red
                            ip netns exec red ip link set lo up
                            iptables -t nat -A POSTROUTING -j MASQUERADE
                            getent hosts dns.google
                            busybox wget -qO- http://1.1.1.1/
                            """,
                            Duration.ofSeconds(20));
            assertThat(output.exit()).as(output.err()).isZero();
            assertThat(output.out()).startsWith("0\n8.8.8.8").endsWith("10.0.2.15\n");
        } finally {
            world.end();
        }
    }

    @Test
    void docker_is_refused_with_what_is_missing() {
        Sandboxes sandboxes = new Sandboxes(new LocalPlace(), worlds);
        assertThatThrownBy(() -> sandboxes.build(
                        new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox"))))
                .isInstanceOf(HostTrouble.class)
                .hasMessageContaining("subordinate user ids");
        assertThat(sandboxes.capabilities())
                .filteredOn(capability -> capability.name().equals("docker"))
                .singleElement()
                .returns(false, Worlds.Capability::present);
    }
}
