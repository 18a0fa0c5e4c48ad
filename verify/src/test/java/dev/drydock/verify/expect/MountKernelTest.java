package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.Survey;
import dev.drydock.verify.probe.ThrowawayHost;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way to put a namespace under a name, and what only looks like it, on a real kernel. */
@Tag("kernel")
class MountKernelTest {
    private static final String SET_UP =
            """
            ip netns add red
            ip netns add blue
            mkdir -p /tmp/real && ln -s /run /tmp/real/run
            exec {up}<> <(:)
            unshare --net bash -c 'echo >&"$1"; exec sleep 1d' box $up >/dev/null 2>&1 &
            read -ru $up
            ip netns attach attached $!
            touch /run/netns/{bound,other,kind,plain,private,covered}
            mount --bind /proc/$!/ns/net /run/netns/bound
            mount --bind /run/netns/blue /run/netns/other
            mount --bind /proc/$!/ns/uts /run/netns/kind
            ln -s /proc/$!/ns/net /run/netns/link
            unshare --mount bash -c 'mount --bind /run/netns/bound /run/netns/private; echo >&"$1"; exec sleep 1d' box $up >/dev/null 2>&1 &
            read -ru $up
            mount --bind /run/netns/bound /run/netns/covered
            mount --make-private /run/netns/covered
            mount -o bind /run/netns/blue /run/netns/covered
            mkdir /tmp/disk
            mount -t tmpfs scratch /tmp/disk
            """;

    private static final List<String> RIGHT =
            List.of("/run/netns/attached", "/run/netns/bound", "/tmp/real/run/netns/bound");
    private static final List<String> WRONG = List.of("/run/netns/other", "/run/netns/kind", "/run/netns/covered");
    private static final List<String> NOTHING =
            List.of("/run/netns/link", "/run/netns/private", "/run/netns/plain", "/run/netns/none", "/nowhere/at/all");

    private static Facts facts;

    private static MountPoint at(String target, boolean exists, String netnsOf, String type) {
        return new MountPoint(
                Optional.empty(),
                target,
                exists,
                netnsOf.isEmpty() ? Optional.empty() : Optional.of(Scope.parse(netnsOf)),
                type.isEmpty() ? Optional.empty() : Optional.of(type),
                Optional.empty());
    }

    @BeforeAll
    static void sweep() {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        for (List<String> targets : List.of(RIGHT, WRONG, NOTHING, List.of("/tmp/disk", "/tmp", "/"))) {
            targets.forEach(target -> probes.addAll(at(target, true, "", "").probes()));
        }
        facts = new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.of(SET_UP))), false)
                .read(probes, Set.of());
    }

    @Test
    void any_way_to_mount_the_namespace_is_met() {
        for (String target : RIGHT) {
            isMet(at(target, true, "netns:attached", "nsfs").judge(facts));
            assertThat(explained(at(target, false, "", "").judge(facts))).contains("expected  nothing mounted");
        }
    }

    @Test
    void another_namespace_is_not() {
        for (String target : WRONG) {
            assertThat(explained(at(target, true, "netns:attached", "").judge(facts)))
                    .startsWith("expected  the network namespace of attached mounted at " + target);
        }
        assertThat(explained(
                        at("/run/netns/covered", true, "netns:attached", "").judge(facts)))
                .contains("found     the network namespace of blue mounted at /run/netns/covered");
    }

    @Test
    void what_only_looks_like_a_mount_is_none() {
        for (String target : NOTHING) {
            assertThat(explained(at(target, true, "netns:attached", "").judge(facts)))
                    .contains("found     nothing mounted at " + target);
            isMet(at(target, false, "", "").judge(facts));
        }
    }

    @Test
    void other_filesystems_are_told_by_their_type() {
        isMet(at("/tmp/disk", true, "", "tmpfs").judge(facts));
        isMet(at("/tmp", true, "", "").judge(facts));
        isMet(at("/", true, "", "").judge(facts));
    }
}
