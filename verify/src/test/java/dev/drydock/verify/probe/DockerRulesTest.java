package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.packet.BridgePorts;
import dev.drydock.verify.packet.ChainTraversal;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules that Docker makes: 20.10 as captured; later ones as the samples in {@code engines} say. */
class DockerRulesTest {
    private static final String MYNET = "br-7e33a1770dc2";
    private static final String OTHER = "br-02dbd6bff66e";
    private static final String CAPTURED = Capture.of("iptables", "nft-docker").out();
    private static final String VERSION_28 = sample("28.5");
    private static final String VERSION_29 = sample("29.7");

    private static String sample(String version) {
        String name = "/engines/docker-" + version + ".rules";
        try (InputStream stream = DockerRulesTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final Router HOST = new Router(
            List.of(
                    RouterOnPaper.link(1, "eth0", "veth", Optional.empty(), "10.0.2.15/24"),
                    RouterOnPaper.link(2, "docker0", "bridge", Optional.empty(), "172.17.0.1/16"),
                    RouterOnPaper.link(3, MYNET, "bridge", Optional.empty(), "172.20.0.1/16"),
                    RouterOnPaper.link(4, OTHER, "bridge", Optional.empty(), "172.21.0.254/16"),
                    RouterOnPaper.link(5, "bridge1", "bridge", Optional.empty(), "192.0.2.1/24")),
            List.of(
                    RouterOnPaper.route("default", Optional.of("10.0.2.2"), "eth0", Optional.empty()),
                    RouterOnPaper.route("172.17.0.0/16", Optional.empty(), "docker0", Optional.empty()),
                    RouterOnPaper.route("172.20.0.0/16", Optional.empty(), MYNET, Optional.empty()),
                    RouterOnPaper.route("172.21.0.0/16", Optional.empty(), OTHER, Optional.empty()),
                    RouterOnPaper.route("192.0.2.0/24", Optional.empty(), "bridge1", Optional.empty())),
            RoutingRule.USUAL,
            Map.of(Router.FORWARDING, "1"),
            BridgePorts.UNKNOWN);

    private static TraversalResult walk(String saved, String in, String source, String destination, int port) {
        Header header = new Header(
                new IpAddress(source), new IpAddress(destination), Protocol.TCP, Ports.EPHEMERAL, Ports.of(port));
        Packet packet = Packet.of(header, in.isEmpty() ? PacketDevice.NONE : PacketDevice.named(in), false);
        List<TraversalResult> outcomes = NetfilterTraversal.all(
                IptablesRules.of(IptablesSave.parse(saved, "nft", false), false), HOST, packet, false);
        assertThat(outcomes).as("ways that the packet may take").hasSize(1);
        return outcomes.get(0);
    }

    private static String shown(TraversalResult outcome) {
        Header header = outcome.packet().header();
        return outcome.ending() + " " + header.source() + " > " + header.destination() + ":" + header.destinationPort()
                + outcome.decision()
                        .flatMap(ChainTraversal::by)
                        .map(Rule::place)
                        .map(Words::text)
                        .map(place -> " by " + place)
                        .orElse("");
    }

    @Test
    void a_published_port_leads_from_outside_to_the_container() {
        assertThat(shown(walk(CAPTURED, "eth0", "203.0.113.9", "10.0.2.15", 8080)))
                .isEqualTo("LEFT 203.0.113.9 > 172.20.0.2:80");
        for (String saved : List.of(VERSION_28, VERSION_29)) {
            assertThat(shown(walk(saved, "eth0", "203.0.113.9", "10.0.2.15", 8080)))
                    .isEqualTo("LEFT 203.0.113.9 > 192.0.2.2:80");
        }
    }

    @Test
    void a_published_port_leads_there_from_the_host_and_its_other_networks() {
        assertThat(shown(walk(CAPTURED, "", "10.0.2.15", "10.0.2.15", 8080)))
                .isEqualTo("LEFT 10.0.2.15 > 172.20.0.2:80");
        assertThat(shown(walk(CAPTURED, "docker0", "172.17.0.2", "172.17.0.1", 8080)))
                .as("20.10 returns what comes in by a bridge of its own before it looks at the port")
                .isEqualTo("DELIVERED 172.17.0.2 > 172.17.0.1:8080");
        assertThat(shown(walk(VERSION_28, "docker0", "172.17.0.2", "172.17.0.1", 8080)))
                .isEqualTo("DELIVERED 172.17.0.2 > 172.17.0.1:8080");
        assertThat(shown(walk(VERSION_29, "docker0", "172.17.0.2", "172.17.0.1", 8080)))
                .as("29 does not: a published port needs no proxy between networks")
                .isEqualTo("LEFT 192.0.2.1 > 192.0.2.2:80");
        assertThat(shown(walk(CAPTURED, "", "127.0.0.1", "127.0.0.1", 8080)))
                .as("docker-proxy listens there")
                .isEqualTo("DELIVERED 127.0.0.1 > 127.0.0.1:8080");
    }

    @Test
    void another_port_of_the_container_is_closed_from_outside() {
        assertThat(shown(walk(CAPTURED, "eth0", "203.0.113.9", "172.20.0.2", 81)))
                .isEqualTo("DROPPED 203.0.113.9 > 172.20.0.2:81");
        assertThat(shown(walk(CAPTURED, "eth0", "203.0.113.9", "172.20.0.2", 80)))
                .as("20.10 lets in who knows the container's own address")
                .isEqualTo("LEFT 203.0.113.9 > 172.20.0.2:80");
        for (String saved : List.of(VERSION_28, VERSION_29)) {
            assertThat(shown(walk(saved, "eth0", "203.0.113.9", "192.0.2.2", 80)))
                    .as("28 and 29 do not")
                    .isEqualTo("DROPPED 203.0.113.9 > 192.0.2.2:80 by rule 2 of raw PREROUTING");
        }
    }

    @Test
    void a_container_reaches_the_internet_by_the_hosts_address() {
        for (String saved : List.of(CAPTURED, VERSION_28, VERSION_29)) {
            assertThat(shown(walk(saved, "docker0", "172.17.0.2", "8.8.8.8", 443)))
                    .isEqualTo("LEFT 10.0.2.15 > 8.8.8.8:443");
        }
    }

    @Test
    void networks_are_kept_apart() {
        assertThat(shown(walk(CAPTURED, "docker0", "172.17.0.2", "172.20.0.2", 80)))
                .isEqualTo("DROPPED 172.17.0.2 > 172.20.0.2:80 by rule 2 of DOCKER-ISOLATION-STAGE-2");
        assertThat(shown(walk(CAPTURED, OTHER, "172.21.0.1", "172.20.0.2", 80)))
                .isEqualTo("DROPPED 172.21.0.1 > 172.20.0.2:80 by rule 2 of DOCKER-ISOLATION-STAGE-2");
    }
}
