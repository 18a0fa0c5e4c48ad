package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.LayerMatch.VxlanMatch;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Interfaces that stand on others, and forwarding tables. */
class LayersTest {
    private static final String ANY_OTHER =
            "{\"mac\":\"00:00:00:00:00:00\",\"ifname\":\"vx0\",\"dst\":\"10.0.2.16\",\"flags\":[\"self\"],\"state\":\"permanent\"}";
    private static final String LEARNED =
            "{\"mac\":\"02:00:00:00:00:12\",\"ifname\":\"vx0\",\"dst\":\"10.0.2.16\",\"flags\":[\"self\"],\"state\":\"\"}";
    private static final String OF_THE_BRIDGE =
            "{\"mac\":\"02:00:00:00:00:12\",\"ifname\":\"vx0\",\"flags\":[],\"master\":\"br0\",\"state\":\"\"}";

    private static Optional<IpAddress> ip(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(text));
    }

    private static Layer vxlan(int id, String remote, int port, boolean learns) {
        return new Layer(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(new Vxlan(
                        id, ip(remote), Optional.empty(), ip("10.0.2.15"), Optional.empty(), port, learns, 0)));
    }

    private static Layer on(String parent, String mode) {
        return new Layer(
                Optional.of(parent), OptionalInt.empty(), OptionalInt.empty(), Optional.of(mode), Optional.empty());
    }

    private static Layer onIndex(int index, int netnsId) {
        return new Layer(
                Optional.empty(),
                OptionalInt.of(index),
                OptionalInt.of(netnsId),
                Optional.of("bridge"),
                Optional.empty());
    }

    private static LayerMatch wanted(int id, String remote, int port) {
        return new LayerMatch(
                Optional.of(new VxlanMatch(
                        Optional.of(id), ip(remote), Optional.empty(), ip("10.0.2.15"), Optional.of(port))),
                Optional.empty(),
                Optional.empty());
    }

    private static LayerMatch wanted(String mode, String parent) {
        return new LayerMatch(Optional.empty(), Optional.of(mode), Optional.of(parent));
    }

    private static FactsBuilder host(Layer layer) {
        return facts().host(host -> host.link("eth0", eth0 -> eth0.up().address("10.0.2.15/24"))
                .link("vx0", vx0 -> vx0.kind("vxlan").up().layer(layer)));
    }

    private static Verdict vx0(FactsBuilder facts, LayerMatch wanted) {
        return link("host", "vx0").layer(wanted).is().judge(facts.build());
    }

    @Test
    void a_vxlan_device_as_wanted_is_met() {
        isMet(vx0(host(vxlan(42, "10.0.2.16", 4789, true)), wanted(42, "10.0.2.16", 4789)));
        assertThat(Words.text(link("host", "vx0")
                        .layer(wanted(42, "10.0.2.16", 4789))
                        .is()
                        .statement()))
                .isEqualTo("vx0 is a VXLAN device with id 42, remote 10.0.2.16, local 10.0.2.15 and UDP port 4789");
    }

    @Test
    void a_vxlan_device_that_is_its_own_other_end_is_told_so() {
        assertThat(explained(vx0(host(vxlan(42, "10.0.2.15", 4789, true)), wanted(42, "10.0.2.16", 4789))))
                .isEqualTo(
                        """
                expected  remote 10.0.2.16
                found     remote 10.0.2.15
                why       10.0.2.15 is the address of eth0 here, so the packets would come back""");
    }

    @Test
    void a_port_that_nobody_named_is_told_to_be_linux_own() {
        assertThat(explained(vx0(host(vxlan(43, "", 8472, true)), wanted(42, "10.0.2.16", 4789))))
                .isEqualTo(
                        """
                expected  id 42, remote 10.0.2.16, UDP port 4789
                found     id 43, no remote, UDP port 8472
                why       without dstport Linux takes 8472, a port from before 4789 was assigned to VXLAN""");
    }

    @Test
    void something_else_of_that_name_is_no_vxlan_device() {
        assertThat(explained(vx0(host(Layer.NONE), wanted(42, "10.0.2.16", 4789))))
                .startsWith("expected  a VXLAN device\nfound     kind vxlan");
    }

    @Test
    void a_macvlan_is_met_by_its_mode_and_its_parent() {
        FactsBuilder facts = facts().host(host -> host.link("eth0", eth0 -> eth0.up())
                .link("eth1", eth1 -> eth1.up())
                .link("mv0", mv0 -> mv0.kind("macvlan").layer(on("eth0", "bridge"))));
        isMet(link("host", "mv0").layer(wanted("bridge", "eth0")).is().judge(facts.build()));
        assertThat(explained(link("host", "mv0")
                        .layer(wanted("private", "eth1"))
                        .is()
                        .judge(facts.build())))
                .startsWith("expected  mode private, on top of eth1\nfound     mode bridge, on top of eth0");
    }

    @Test
    void the_parent_of_a_macvlan_in_another_namespace_is_found_by_index_and_id() {
        FactsBuilder facts = facts().host(host -> host.link("lo", lo -> lo.up()).link("eth0", eth0 -> eth0.up()))
                .netns(
                        "red",
                        red -> red.link("eth0", eth0 -> eth0.kind("macvlan").layer(onIndex(2, 0))));
        isMet(link("netns:red", "eth0").layer(wanted("bridge", "eth0")).is().judge(facts.build()));
        assertThat(explained(link("netns:red", "eth0")
                        .layer(wanted("bridge", "eth1"))
                        .is()
                        .judge(facts.build())))
                .startsWith("expected  on top of eth1\nfound     on top of eth0");
    }

    @Test
    void a_parent_of_the_right_name_in_a_third_namespace_is_not_met_and_two_candidates_leave_it_open() {
        FactsBuilder third = facts().in("pid:77", other -> other.link("eth0", eth0 -> eth0.up()))
                .netns(
                        "red",
                        red -> red.link("eth0", eth0 -> eth0.kind("macvlan").layer(onIndex(2, 0))));
        assertThat(explained(link("netns:red", "eth0")
                        .layer(wanted("bridge", "eth0"))
                        .is()
                        .judge(third.build())))
                .startsWith("expected  on top of eth0\nfound     on top of eth0 in pid:77");
        FactsBuilder two = third.host(host -> host.link("lo", lo -> lo.up()).link("eth0", eth0 -> eth0.up()));
        assertThat(reason(link("netns:red", "eth0")
                        .layer(wanted("bridge", "eth0"))
                        .is()
                        .judge(two.build())))
                .startsWith("several interfaces could be the interface that eth0 in netns:red stands on");
    }

    private static ForwardingEntry entry(String mac, String dst, Optional<Boolean> learned, boolean exists) {
        return new ForwardingEntry(
                Scope.LAB_HOST, "vx0", Optional.of(MacAddress.parse(mac)), Optional.empty(), ip(dst), learned, exists);
    }

    private static Facts table(Layer layer, String... entries) {
        return host(layer)
                .capture(new ActiveProbe.Forwarding(Scope.LAB_HOST), 0, "[" + String.join(",", entries) + "]", "")
                .build();
    }

    @Test
    void an_entry_is_met_by_address_device_and_destination() {
        Facts facts = table(vxlan(42, "", 4789, true), ANY_OTHER, OF_THE_BRIDGE, LEARNED);
        isMet(entry("00:00:00:00:00:00", "10.0.2.16", Optional.empty(), true).judge(facts));
        isMet(entry("02:00:00:00:00:12", "10.0.2.16", Optional.of(true), true).judge(facts));
        isMet(entry("02:00:00:00:00:12", "", Optional.empty(), true).judge(facts));
        isMet(entry("02:00:00:00:00:12", "10.0.2.17", Optional.empty(), false).judge(facts));
        assertThat(explained(entry("02:00:00:00:00:12", "10.0.2.16", Optional.of(false), true)
                        .judge(facts)))
                .startsWith("expected  02:00:00:00:00:12 dev vx0 dst 10.0.2.16, set by somebody");
        assertThat(explained(entry("02:00:00:00:00:12", "10.0.2.17", Optional.empty(), true)
                        .judge(facts)))
                .startsWith("expected  02:00:00:00:00:12 dev vx0 dst 10.0.2.17\nfound     "
                        + "02:00:00:00:00:12 dev vx0 master br0 and 02:00:00:00:00:12 dev vx0 dst 10.0.2.16 self");
    }

    @Test
    void the_bridges_entry_alone_sends_nothing_to_another_host() {
        Facts facts = table(vxlan(42, "", 4789, false), OF_THE_BRIDGE);
        assertThat(explained(entry("02:00:00:00:00:12", "10.0.2.16", Optional.empty(), true)
                        .judge(facts)))
                .startsWith(
                        "expected  02:00:00:00:00:12 dev vx0 dst 10.0.2.16\nfound     02:00:00:00:00:12 dev vx0 master br0");
    }

    @Test
    void a_missing_entry_is_explained_by_what_the_device_is() {
        assertThat(explained(entry("00:00:00:00:00:00", "10.0.2.16", Optional.empty(), true)
                        .judge(table(vxlan(42, "", 4789, true)))))
                .endsWith("why       vx0 was made without remote, and no such entry was added since");
        assertThat(explained(entry("02:00:00:00:00:12", "10.0.2.16", Optional.empty(), true)
                        .judge(table(vxlan(42, "", 4789, false), ANY_OTHER))))
                .endsWith("why       vx0 does not learn, so each address has to be told to it");
        assertThat(explained(entry("02:00:00:00:00:12", "10.0.2.16", Optional.empty(), true)
                        .judge(table(vxlan(42, "", 4789, true), LEARNED.replace("\"flags\"", "\"vni\":7,\"flags\"")))))
                .endsWith("why       this entry sends into the network 7, and vx0 is part of 42");
    }

    @Test
    void an_address_may_be_told_by_its_interface() {
        InterfaceRef end = new InterfaceRef(Scope.netns("blue"), Optional.of("eth0"));
        ForwardingEntry entry = new ForwardingEntry(
                Scope.LAB_HOST, "vx0", Optional.empty(), Optional.of(end), ip("10.0.2.16"), Optional.empty(), true);
        assertThat(Words.text(entry.statement())).isEqualTo("vx0 forwards frames for eth0 in blue to 10.0.2.16");
        FactsBuilder facts = host(vxlan(42, "", 4789, true))
                .capture(new ActiveProbe.Forwarding(Scope.LAB_HOST), 0, "[" + LEARNED + "]", "");
        assertThat(explained(entry.judge(facts.build()))).startsWith("expected  a namespace blue");
        facts.netns("blue", blue -> blue.link("eth0", eth0 -> eth0.mac("02:00:00:00:00:13")));
        assertThat(explained(entry.judge(facts.build()))).contains("found     no entry for 02:00:00:00:00:13");
        isMet(entry.judge(host(vxlan(42, "", 4789, true))
                .netns("blue", blue -> blue.link("eth0", eth0 -> eth0.mac("02:00:00:00:00:12")))
                .capture(new ActiveProbe.Forwarding(Scope.LAB_HOST), 0, "[" + LEARNED + "]", "")
                .build()));
    }

    @Test
    void a_table_that_could_not_be_read_is_neither_with_nor_without_the_entry() {
        Facts facts = host(vxlan(42, "", 4789, true))
                .capture(new ActiveProbe.Forwarding(Scope.LAB_HOST), 255, "", "Cannot open netlink socket")
                .build();
        assertThat(reason(entry("00:00:00:00:00:00", "", Optional.empty(), true).judge(facts)))
                .isEqualTo(
                        "the forwarding table could not be read: the reading ended with status 255: Cannot open netlink socket");
        assertThat(reason(
                        entry("00:00:00:00:00:00", "", Optional.empty(), false).judge(facts)))
                .startsWith("the forwarding table could not be read");
    }

    @Test
    void an_entry_is_looked_for_by_one_address() {
        assertThatThrownBy(() -> new ForwardingEntry(
                        Scope.LAB_HOST,
                        "vx0",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true))
                .hasMessage("a forwarding entry is looked for by one of 'mac' and 'mac_of'");
    }
}
