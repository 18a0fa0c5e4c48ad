package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about what a packet has beside addresses and ports: its TTL, its length, its type of service, its process. */
class BeyondAddressesTest {
    /** A packet that the lab host makes itself passes no FORWARD, so it comes from red, which is plugged in here. */
    private static Verdict judge(Protocol protocol, String table, String chain, String... rules) {
        Flow flow = new Flow(
                FlowEnd.of(IpAddress.parse("10.9.0.11")),
                FlowEnd.of(IpAddress.parse("8.8.8.8")),
                protocol,
                Optional.empty(),
                protocol.hasPorts() ? Optional.of(80) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return new ForwardVerdict(scope("host"), flow, ForwardVerdict.Verb.ACCEPT)
                .judge(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.up().address("10.9.0.11/24")))
                        .host(h -> h.link("red0", l -> l.up().address("10.9.0.1/24"))
                                .link("eth0", l -> l.up().address("10.0.2.15/24"))
                                .route("10.9.0.0/24 dev red0")
                                .route("default via 10.0.2.2 dev eth0")
                                .sysctl("net.ipv4.ip_forward", "1")
                                .chain("nft", false, table, chain, "ACCEPT", rules))
                        .build());
    }

    private static String outcome(Verdict verdict) {
        return verdict.isMet() ? "passes" : verdict.isCannotTell() ? "open" : "stopped";
    }

    @ParameterizedTest
    @CsvSource({
        "length --length 0:100, stopped",
        "length --length 101:65535, passes",
        "length --length 84, stopped",
        "ttl --ttl-eq 63, stopped",
        "ttl --ttl-eq 64, passes",
        "ttl --ttl-lt 5, passes",
        "ttl --ttl-gt 5, stopped",
        "tos --tos 0x10/0xff, passes",
        "tos ! --tos 0x10/0xff, stopped",
        "dscp --dscp 0x0a, passes",
        "owner --uid-owner 0, passes",
        "limit --limit 5/min, open",
        "statistic --mode random --probability 0.5, open"
    })
    void an_echo_request_of_a_neighbour_has_known_fields(String match, String expected) {
        assertThat(outcome(judge(Protocol.ICMP, "filter", "FORWARD", "-A FORWARD -m " + match + " -j DROP")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "length --length 0:39, passes",
        "length --length 1400:65535, passes",
        "length --length 40:100, stopped",
        "length --length 0:50, open",
        "tcp --dport 22 --tcp-option 8, passes",
        "tcp --dport 80 --tcp-option 8, open"
    })
    void so_has_the_first_packet_of_a_connection(String match, String expected) {
        assertThat(outcome(judge(Protocol.TCP, "filter", "FORWARD", "-A FORWARD -p tcp -m " + match + " -j DROP")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PREROUTING, --ttl-set 1, stopped",
        "PREROUTING, --ttl-dec 63, stopped",
        "PREROUTING, --ttl-dec 62, passes",
        "PREROUTING, --ttl-set 64, passes",
        "PREROUTING, --ttl-inc 1, passes",
        "FORWARD, --ttl-set 1, passes"
    })
    void a_packet_with_no_hops_left_is_not_forwarded(String chain, String target, String expected) {
        assertThat(outcome(judge(Protocol.ICMP, "mangle", chain, "-A " + chain + " -j TTL " + target)))
                .isEqualTo(expected);
    }

    @Test
    void what_a_rule_sets_a_later_one_sees() {
        assertThat(outcome(judge(
                        Protocol.ICMP,
                        "mangle",
                        "FORWARD",
                        "-A FORWARD -j DSCP --set-dscp 0x0a",
                        "-A FORWARD -m dscp --dscp 0x0a -j DROP")))
                .isEqualTo("stopped");
        assertThat(outcome(judge(
                        Protocol.ICMP,
                        "mangle",
                        "FORWARD",
                        "-A FORWARD -j TOS --set-tos 0x10/0xff",
                        "-A FORWARD -m tos --tos 0x08/0x08 -j DROP")))
                .isEqualTo("passes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-A FORWARD -p sctp -m sctp --dport 80 -j DROP",
                "-A FORWARD -p udp -m string --string foo --algo bm --to 65535 -j DROP",
                "-A FORWARD -m limit --limit 5/min -j LOG --log-prefix \"drop: \"",
                "-A FORWARD -m recent --set --name x --mask 255.255.255.255 --rsource",
                "-A FORWARD -m statistic --mode random --probability 0.5 -j ACCEPT",
                "-A FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu",
                "-A FORWARD -j CLASSIFY --set-class 0001:0002"
            })
    void a_rule_that_changes_nothing_for_the_packet_leaves_nothing_open(String rule) {
        assertThat(outcome(judge(Protocol.ICMP, "mangle", "FORWARD", rule))).isEqualTo("passes");
    }
}
