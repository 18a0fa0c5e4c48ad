package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** red behind a router whose SNAT rule names an address: why no answer comes, told only where nobody can take it. */
class WrongSourceTest {
    private static final String CAUSE =
            "rule 1 of nat POSTROUTING on the lab host gives it the source 10.0.2.50, which no interface there has, so no answer"
                    + " comes back: -A POSTROUTING -s 10.9.0.0/24 -o eth0 -j SNAT --to-source 10.0.2.50";
    private static final String RULES = """


            """;
    private static final String ALL_OFF =
            """
            /proc/sys/net/ipv4/conf/all/proxy_arp:0
            /proc/sys/net/ipv4/conf/all/proxy_arp_pvlan:0
            /proc/sys/net/ipv4/conf/eth0/proxy_arp:0
            /proc/sys/net/ipv4/conf/eth0/proxy_arp_pvlan:0
            """;
    private static final String OWN =
            """
            answered:
            local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1
            local 10.0.2.15 dev eth0 proto kernel scope host src 10.0.2.15
            """;

    private static FactsBuilder router(String source, String packetFilter) {
        return facts().host(h -> h.bridge("br0", "10.9.0.1/24")
                        .link("eth0", l -> l.up().address("10.0.2.15/24"))
                        .route("10.9.0.0/24 dev br0")
                        .route("10.0.2.0/24 dev eth0")
                        .route("default via 10.0.2.2 dev eth0")
                        .sysctl("net.ipv4.ip_forward", "1")
                        .chain(
                                "nft",
                                false,
                                "nat",
                                "POSTROUTING",
                                "ACCEPT",
                                "-A POSTROUTING -s 10.9.0.0/24 -o eth0 -j SNAT --to-source " + source))
                .netns("red", n -> n.route("10.9.0.0/24 dev eth0").route("default via 10.9.0.1 dev eth0"))
                .cable("netns:red", "eth0", "host", "red0")
                .in("netns:red", n -> n.link("eth0", l -> l.address("10.9.0.11/24")))
                .host(h -> h.link("red0", l -> l.master("br0")))
                .capture(new ActiveProbe.PacketFilter(Scope.LAB_HOST), 0, RULES + packetFilter, "");
    }

    private static Optional<String> silence(UnaryOperator<FactsBuilder> change) {
        return silence("10.0.2.50", ALL_OFF + OWN, change);
    }

    private static Optional<String> silence(String source, String packetFilter, UnaryOperator<FactsBuilder> change) {
        return Why.tcp(
                change.apply(router(source, packetFilter)), "netns:red", ProbeResult.Kind.SILENCE, "8.8.8.8", 80);
    }

    @Test
    void names_the_rule_whose_source_nobody_has() {
        assertThat(silence(same -> same)).hasValue(CAUSE);
    }

    @Test
    void keeps_silent_where_somebody_may_take_the_answer() {
        assertThat(silence("10.0.2.15", ALL_OFF + OWN, same -> same))
                .as("the right address")
                .isEmpty();
        assertThat(silence(f -> f.host(h -> h.link("br0", l -> l.address("10.0.2.50/32")))))
                .as("the address is on another interface")
                .isEmpty();
        assertThat(silence(f -> f.netns("blue", n -> n.link("eth0", l -> l.address("10.0.2.50/24")))))
                .as("the address is in another namespace")
                .isEmpty();
        assertThat(silence("10.0.2.50", ALL_OFF.replace("eth0/proxy_arp:0", "eth0/proxy_arp:1") + OWN, same -> same))
                .as("proxy ARP answers at eth0")
                .isEmpty();
        assertThat(silence("10.0.2.50", ALL_OFF.replace("all/proxy_arp:0", "all/proxy_arp:1") + OWN, same -> same))
                .as("proxy ARP answers everywhere")
                .isEmpty();
        assertThat(silence("10.0.2.50", ALL_OFF + OWN + "10.0.2.50 dev eth0 proxy\n", same -> same))
                .as("ip neigh add proxy")
                .isEmpty();
        assertThat(silence("10.0.2.50", ALL_OFF + OWN + "local 10.0.2.48/29 dev lo scope host\n", same -> same))
                .as("ip route add local")
                .isEmpty();
        assertThat(silence("10.7.7.7", ALL_OFF + OWN, same -> same))
                .as("an address that may be routed here")
                .isEmpty();
        assertThat(silence(f -> f.netns("blue", n -> n.route("10.0.2.50/32 via 10.0.2.15 dev eth0"))))
                .as("a route to that address alone")
                .isEmpty();
        assertThat(silence(
                        f -> f.netns("blue", n -> n.neighbour("10.0.2.50", "eth0", "02:00:00:00:00:01", "PERMANENT"))))
                .as("a neighbour that was told")
                .isEmpty();
    }

    @Test
    void keeps_silent_where_not_all_was_read() {
        assertThat(silence("10.0.2.50", ALL_OFF, same -> same)).isEmpty();
        assertThat(silence("10.0.2.50", OWN, same -> same)).isEmpty();
        assertThat(silence(f -> f.netns("blue", NamespaceBuilder::linksUnread))).isEmpty();
    }

    @Test
    void names_the_address_that_nobody_has_where_the_router_asked_in_vain() {
        FactsBuilder facts = router("10.0.2.50", ALL_OFF + OWN);
        ProbeCapture capture =
                ProbeCapture.of("ping", 1, "From 10.9.0.1 icmp_seq=1 Destination Host Unreachable\n", "");
        ProbeResult rejected =
                ProbeResult.of(PingOutcome.parse(capture, Set.of(IpAddress.parse("10.9.0.11"))), capture);
        assertThat(new ReachCauses(facts.build(), scope("netns:red"))
                        .of(rejected, "10.0.2.50", Optional.empty())
                        .map(broken -> Words.text(broken.found())))
                .hasValue(
                        "no interface on the lab host has the address 10.0.2.50, and nobody answers for it behind eth0");
        assertThat(new ReachCauses(facts.build(), scope("netns:red"))
                        .of(rejected, "8.8.8.8", Optional.empty())
                        .map(broken -> Words.text(broken.found())))
                .hasValue("nobody behind eth0 answers ARP for the gateway 10.0.2.2");
        ProbeCapture farther =
                ProbeCapture.of("ping", 1, "From 10.0.2.2 icmp_seq=1 Destination Host Unreachable\n", "");
        assertThat(new ReachCauses(facts.build(), scope("netns:red"))
                        .of(
                                ProbeResult.of(PingOutcome.parse(farther, Set.of()), farther),
                                "10.0.2.50",
                                Optional.empty()))
                .as("somebody who is not on the way")
                .isEmpty();
        facts.netns("blue", n -> n.link("eth0", l -> l.up().address("10.0.2.50/24")));
        assertThat(new ReachCauses(facts.build(), scope("netns:red")).of(rejected, "10.0.2.50", Optional.empty()))
                .isEmpty();
    }
}
