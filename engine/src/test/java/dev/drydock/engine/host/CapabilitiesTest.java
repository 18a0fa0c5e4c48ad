package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.Worlds.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class CapabilitiesTest {
    private final List<Capability> all = new Capabilities(new LocalPlace(), Optional.empty()).all();

    @Test
    void what_every_lab_needs_is_here_and_each_line_tells_something() {
        assertThat(all)
                .filteredOn(Capability::present)
                .extracting(Capability::name)
                .contains(
                        "ip", "brctl", "userns", "subuid", "netns", "veth", "bridge", "iptables", "overlay", "docker");
        assertThat(all).allSatisfy(capability -> assertThat(capability.detail()).isNotBlank());
        assertThat(all).extracting(Capability::name).doesNotHaveDuplicates();
    }

    @Test
    void what_is_missing_in_the_kernel_names_the_modules_or_says_why_none_can_be_loaded() {
        assertThat(all)
                .filteredOn(capability -> List.of("ipvlan", "dummy", "vlan", "wireguard", "netem", "ipvs")
                                .contains(capability.name())
                        && !capability.present())
                .allSatisfy(capability -> assertThat(capability.remedy().orElse("") + " " + capability.detail())
                        .containsAnyOf("modprobe ", "this kernel was built without"));
    }

    @Test
    void agrees_with_what_a_lab_host_can_do(@TempDir Path worlds) {
        World world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of()));
        try {
            for (String kind : List.of("dummy", "ipvlan", "macvlan", "vxlan", "wireguard")) {
                String lower = kind.endsWith("vlan") ? "link eth0 " : "";
                String more = kind.equals("vxlan") ? " id 7 dstport 4789" : "";
                boolean made = world.labHost()
                                .run(
                                        "ip link add " + lower + "probe0 type " + kind + more
                                                + " && ip link del probe0",
                                        Duration.ofSeconds(20))
                                .exit()
                        == 0;
                assertThat(all)
                        .filteredOn(capability -> capability.name().equals(kind))
                        .as(kind)
                        .singleElement()
                        .returns(made, Capability::present);
            }
        } finally {
            world.end();
        }
    }
}
