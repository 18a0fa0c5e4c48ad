package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.words.Words;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is read otherwise where there is much of it. */
@Tag("kernel")
class LargeWorldsKernelTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Twenty rooms on the lab host, and two of them with a cable that has the same numbers at both ends as that of two others. */
    private static final String ROOMS =
            """
            for ((i = 0; i < 20; i++)); do
                echo netns add n$i
                echo link add v$i type veth peer name eth0 netns n$i
            done | ip -batch -
            for pair in '1 2' '3 4' '5 6'; do
                set -- $pair
                ip link add bb netns n$1 type veth peer name bb netns n$2
            done
            """;

    private static Facts facts(String setUp, ActiveProbe... probes) {
        return new Survey("labhost", new TreeMap<>(java.util.Map.of("labhost", ThrowawayHost.of(setUp))), false)
                .read(Set.of(probes), Set.of());
    }

    private static LinkPlace peer(HostFacts host, Namespace namespace, String name) {
        Link link = namespace.links().orElse(List.of()).stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
        Lookup<LinkPlace> peer = host.peer(namespace, link);
        return peer.fold(
                Lookup.Found::value,
                absent -> {
                    throw new AssertionError(Words.text(absent.reason()));
                },
                unknown -> {
                    throw new AssertionError(Words.text(unknown.reason()));
                });
    }

    @Test
    void every_cable_of_many_namespaces_has_its_two_ends() {
        HostFacts host = facts(ROOMS).hosts().get("labhost");
        for (int i = 0; i < 20; i++) {
            Namespace room = host.namespace(Scope.netns("n" + i)).toOptional().orElseThrow();
            assertThat(peer(host, room, "eth0").link().name()).isEqualTo("v" + i);
            int chains = room.chains().fold(known -> known.value().size(), unknown -> -1);
            assertThat(chains).isZero();
        }
        int[] other = {0, 2, 1, 4, 3, 6, 5};
        for (int i = 1; i <= 6; i++) {
            Namespace room = host.namespace(Scope.netns("n" + i)).toOptional().orElseThrow();
            assertThat(peer(host, room, "bb").namespace().names()).contains(Scope.netns("n" + other[i]));
        }
    }

    /** The facts of so many namespaces, where ip hangs in those for which a condition of bash holds, and whatever is left is told. */
    private static HostFacts hanging(int namespaces, String condition) {
        String setUp =
                """
                for ((i = 0; i < %d; i++)); do ip netns add n$i; done
                mkdir /run/bin
                printf '%%s\n' '#!/bin/bash' '%s && exec sleep 1d' 'exec /usr/sbin/ip "$@"' >/run/bin/ip
                chmod +x /run/bin/ip
                export PATH=/run/bin:$PATH
                """
                        .formatted(namespaces, condition);
        Sweep sweep = Sweep.of(Set.of(), Set.of(), false);
        String script = sweep.script().replace(" READING=40", " READING=15");
        assertThat(script).isNotEqualTo(sweep.script());
        ProbeOutput output = ThrowawayHost.of(setUp).run(script, LIMIT, "pgrep -x sleep");
        assertThat(output.timedOut()).isFalse();
        assertThat(output.out()).as("no process is left").endsWith("rules\n");
        assertThat(output.err()).isEmpty();
        return sweep.parse("labhost", output);
    }

    private static boolean hasLinks(HostFacts host, Scope scope) {
        return host.namespace(scope).toOptional().orElseThrow().links().fold(known -> true, unknown -> false);
    }

    @Test
    void a_namespace_that_cannot_be_read_holds_up_no_other() {
        HostFacts host = hanging(20, "[[ /proc/self/ns/net -ef /run/netns/n3 ]]");
        for (int i = 0; i < 20; i++) {
            assertThat(hasLinks(host, Scope.netns("n" + i))).as("n" + i).isEqualTo(i != 3);
        }
    }

    @Test
    void where_no_namespace_but_the_hosts_can_be_read_in_time_the_hosts_is() {
        HostFacts host = hanging(70, "[[ ! /proc/self/ns/net -ef /proc/1/ns/net ]]");
        assertThat(hasLinks(host, Scope.LAB_HOST)).isTrue();
        for (int i = 0; i < 70; i++) {
            assertThat(hasLinks(host, Scope.netns("n" + i))).as("n" + i).isFalse();
        }
    }

    /** Processes are what a sweep costs: so many more for each namespace more, and no more. */
    @Test
    void starts_few_processes_for_each_namespace() {
        int few = processes(20);
        int many = processes(60);
        assertThat(many - few).isPositive().isLessThanOrEqualTo(40 * 6);
    }

    /** How many processes a sweep of so many namespaces starts, as their numbers tell in a PID namespace of its own. */
    private static int processes(int namespaces) {
        ProbeOutput output = ThrowawayHost.of("for ((i = 0; i < " + namespaces + "; i++)); do ip netns add n$i; done")
                .run(
                        "read -r _ _ _ _ before </proc/loadavg; " + "bash -c "
                                + ProbeScriptLine.quoted(
                                        Sweep.of(Set.of(), Set.of(), false).script())
                                + " >/dev/null; read -r _ _ _ _ after </proc/loadavg; echo $((after - before))",
                        LIMIT);
        return Integer.parseInt(output.out().strip());
    }

    private static String set(int elements) {
        return """
                nft add table ip t
                nft 'add set ip t s { type ipv4_addr; }'
                for ((j = 0; j < %d; j += 2000)); do
                    {
                        printf 'add element ip t s { '
                        for ((i = j; i < j + 2000; i++)); do printf '10.%%d.%%d.%%d, ' $((i >> 16)) $((i >> 8 & 255)) $((i & 255)); done
                        echo '}'
                    } | nft -f -
                done
                nft 'add chain ip t f { type filter hook forward priority 0; }'
                nft add rule ip t f ip saddr @s drop
                """
                .formatted(elements);
    }

    private static String ruleset(String setUp) {
        ActiveProbe.PacketFilter probe = new ActiveProbe.PacketFilter(Scope.LAB_HOST);
        Facts facts = facts(setUp, new ActiveProbe.PacketFilters(), probe);
        return PacketFilterOutcome.parse(facts.capture(probe).orElseThrow())
                .nft()
                .orElseThrow();
    }

    @Test
    void elements_of_a_set_are_read_unless_they_are_too_many() {
        assertThat(ruleset(set(4000))).contains("10.0.15.159").doesNotContain("unread");
        String json = ruleset(set(320_000));
        assertThat(json).contains("unread").doesNotContain("10.0.15.159");
        assertThat(json.length()).isLessThan(10_000);
    }

    @Test
    void a_map_whose_elements_were_not_read_may_do_anything() {
        String setUp =
                """
                nft add table ip t
                nft 'add map ip t m { type ipv4_addr : verdict; elements = { 10.0.0.1 : drop } }'
                nft 'add chain ip t f { type filter hook forward priority 0; }'
                nft add rule ip t f ip saddr vmap @m """;
        String read = ruleset(setUp);
        assertThat(NftRules.of(read, List.of(), false).toString()).doesNotContain("Unknown[");
        String unread = read.replace("{\"nftables\": [", "{\"nftables\": [{\"unread\": {}}, ");
        assertThat(NftRules.of(unread, List.of(), false).toString()).contains("Unknown[");
    }
}
