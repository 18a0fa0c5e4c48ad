package dev.drydock.verify.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.RoutingRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** What rules of ebtables, read by nft and by ebtables-save, do to frames that a bridge hands on. */
class FrameRulesTest {
    private static final Router ROUTER = new Router(
            List.of(), List.of(), RoutingRule.USUAL, Map.of("net.ipv4.ip_forward", "1"), BridgePorts.UNKNOWN);
    private static final Ruleset RULES = NftRules.of(
            read("nft-1.0.6/ebtables.json")
                    .replaceFirst(
                            "\\{\"nftables\": \\[",
                            "{\"nftables\": [{\"ebtables\": "
                                    + Matcher.quoteReplacement(
                                            new JsonPrimitive(read("nft-1.0.6/ebtables.save")).toString())
                                    + "}, "),
            List.of(),
            false);

    private static String read(String capture) {
        try (var stream = Objects.requireNonNull(FrameRulesTest.class.getResourceAsStream("/captures/" + capture))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private static Packet handedOn(Packet packet, String in, String out) {
        return packet.onPorts(PacketDevice.named(in), PacketDevice.named(out), true)
                .between(
                        Optional.of(MacAddress.parse("02:00:00:00:00:10")),
                        Optional.of(MacAddress.parse("02:00:00:00:00:20")));
    }

    private static Header header(String from, String to, Protocol protocol, int port) {
        return new Header(
                new IpAddress(from),
                new IpAddress(to),
                protocol,
                port == 0 ? Ports.NONE : Ports.EPHEMERAL,
                port == 0 ? Ports.NONE : Ports.of(port));
    }

    private static Optional<String> stopping(Packet packet) {
        List<TraversalResult> all = NetfilterTraversal.all(RULES.withoutChains(), ROUTER, packet, false);
        assertThat(all).hasSize(1);
        return all.get(0).decision().map(passage -> passage.by()
                .map(rule -> rule.chain().name() + " " + rule.number() + ": " + rule.shown())
                .orElse(passage.chain().id().name()));
    }

    private static Packet connection(String to, int port, String in, String out) {
        PacketDevice bridge = PacketDevice.named("br0");
        return handedOn(Packet.of(header("10.9.0.11", to, Protocol.TCP, port), bridge, false), in, out);
    }

    private static Packet arp(String to, Protocol kind, String out) {
        return handedOn(
                Packet.arp(header("10.9.0.11", to, kind, 0), PacketDevice.named("br0"), PacketDevice.NONE), "x0", out);
    }

    @Test
    void stops_what_a_rule_with_options_of_ebtables_names() {
        assertThat(stopping(connection("10.9.0.12", 80, "x0", "blue0")))
                .contains("FORWARD 2: -p IPv4 --ip-dst 10.9.0.12 --ip-proto tcp --ip-dport 80 -j DROP");
        assertThat(stopping(connection("10.9.0.12", 81, "x0", "blue0"))).isEmpty();
        assertThat(stopping(connection("10.9.0.14", 80, "x0", "blue0"))).isEmpty();
    }

    @Test
    void knows_a_sender_by_its_address_and_port() {
        Packet packet = connection("10.9.0.14", 81, "red0", "blue0");
        assertThat(stopping(packet)).isEmpty();
        assertThat(stopping(packet.between(Optional.of(MacAddress.parse("02:00:00:00:00:11")), Optional.empty())))
                .contains("FORWARD 3: -s 02:00:00:00:00:11 -i red0 -j DROP");
    }

    @Test
    void follows_questions_and_answers_of_arp_into_chains_of_ones_own() {
        assertThat(stopping(arp("10.9.0.13", Protocol.ARP_REQUEST, "x1")))
                .contains("FORWARD 1: -p ARP --arp-ip-dst 10.9.0.13 -j DROP");
        assertThat(stopping(arp("10.9.0.12", Protocol.ARP_REQUEST, "blue0"))).isEmpty();
        assertThat(stopping(arp("10.9.0.12", Protocol.ARP_REPLY, "blue0")))
                .contains("MINE 1: -p ARP --arp-op Reply -j DROP");
    }

    @Test
    void lets_no_rule_of_ip_see_what_is_asked_by_arp() {
        assertThat(RULES.seesFrames()).isTrue();
        assertThat(RULES.withoutChains().chains()).isEqualTo(RULES.chains());
        assertThat(RULES.at(Hook.FORWARD)).isEmpty();
    }
}
