package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 127.0.0.1:8080 led to 10.9.0.11:80: what leaves br0 needs {@code route_localnet} and another source. */
class LeavingFromLocalhostTest {
    private static final NatResult WANTED = new NatResult(
            scope("host"),
            new Flow(
                    FlowEnd.at(scope("host")),
                    FlowEnd.of(IpAddress.parse("127.0.0.1")),
                    Protocol.TCP,
                    Optional.empty(),
                    Optional.of(8080),
                    Optional.empty(),
                    Optional.of(new FlowDevice("br0", false)),
                    false),
            true,
            NatResult.Wanted.TRANSLATED);

    private static Verdict judge(String ofBridge, String ofAll, String... postrouting) {
        return WANTED.judge(facts().host(h -> h.link("lo", l -> l.up().address("127.0.0.1/8"))
                        .bridge("br0", "10.9.0.1/24")
                        .route("10.9.0.0/24 dev br0 src 10.9.0.1")
                        .sysctl("net.ipv4.conf.br0.route_localnet", ofBridge)
                        .sysctl("net.ipv4.conf.all.route_localnet", ofAll)
                        .chain(
                                "nft",
                                false,
                                "nat",
                                "OUTPUT",
                                "ACCEPT",
                                "-A OUTPUT -d 127.0.0.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.9.0.11:80")
                        .chain("nft", false, "nat", "POSTROUTING", "ACCEPT", postrouting))
                .build());
    }

    @Test
    void asks_the_sweep_for_the_setting_of_the_interface_named() {
        assertThat(WANTED.sysctls()).contains("net.ipv4.conf.br0.route_localnet", "net.ipv4.conf.all.route_localnet");
    }

    @Test
    void passes_by_the_setting_of_the_interface_or_of_all() {
        String masquerade = "-A POSTROUTING -s 127.0.0.0/8 -o br0 -j MASQUERADE";
        isMet(judge("1", "0", masquerade));
        isMet(judge("0", "1", masquerade));
    }

    @Test
    void does_not_leave_without_the_setting() {
        assertThat(explained(judge("0", "0", "-A POSTROUTING -s 127.0.0.0/8 -o br0 -j MASQUERADE")))
                .isEqualTo(
                        """
                expected  127.0.0.1 → 127.0.0.1 leaves with an address of the lab host as its source
                found     it does not leave by br0, for its source is 127.0.0.1
                why       the kernel sends packets from 127.0.0.0/8 by lo alone unless net.ipv4.conf.br0.route_localnet is 1""");
    }

    @Test
    void keeps_its_source_without_a_rule() {
        assertThat(explained(judge("1", "0"))).contains("it leaves by br0 as 127.0.0.1");
    }
}
