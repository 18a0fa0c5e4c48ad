package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Golden;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.topology.Fault;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.words.PseudoLanguage;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class TopologyTest {
    private static final DisplayOptions UNICODE_80 = new DisplayOptions(80, 0, ColorMode.NONE, true);
    private static final DisplayOptions UNICODE_120 = new DisplayOptions(120, 0, ColorMode.NONE, true);

    private static Networks containers(int count) {
        Networks host = SampleNetworks.host();
        for (int number = count; number > 0; number--) {
            host.plugged(number, number == 1 ? new int[] {8080} : new int[0]);
        }
        return host;
    }

    private static Topology broken() {
        return Topology.of(SampleNetworks.broken());
    }

    private static Topology twoHosts() {
        Networks alpha = new Networks("alpha")
                .uplink("10.0.2.15/24")
                .bridge("br0", "10.9.0.1/24", "")
                .cable("host", "vethred", "br0", "netns:red", "eth0", "10.9.0.11/24")
                .route("netns:red", "10.9.0.1", "eth0")
                .vxlan("vx42", 42, "10.0.2.16", "br0");
        Networks beta = new Networks("beta")
                .uplink("10.0.2.16/24")
                .bridge("br0", "10.9.0.2/24", "")
                .cable("host", "vethblue", "br0", "netns:blue", "eth0", "10.9.0.11/24")
                .vxlan("vx42", 42, "10.0.2.15", "br0");
        return Topology.of(Networks.facts(alpha, beta));
    }

    private static Topology hostile() {
        return Topology.of(Networks.facts(new Networks("labhost")
                .uplink("10.0.2.15/24")
                .bridge("br\"<&>\\", "10.9.0.1/24", "")
                .cable("host", "v\u001b[31m", "br\"<&>\\", "netns:\"] --> 망; end <b>&#35;", "eth0", "10.9.0.2/24")
                .cable("host", "veth네트워크", "br\"<&>\\", "netns:네임스페이스" + "이름".repeat(60), "eth0", "10.9.0.3/24")
                .cable("host", "v3", "br\"<&>\\", "netns:" + "x".repeat(255), "eth0", "10.9.0.4/24")
                .unread("netns:locked")
                .unread("netns:\u202eright to left")));
    }

    private static String text(Topology topology, DisplayOptions look) {
        return TopologyPicture.of(topology, look).stream()
                .map(line -> line.draw(look))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void golden(String name, Topology topology) throws IOException {
        for (int columns : new int[] {80, 120}) {
            for (boolean unicode : new boolean[] {true, false}) {
                String text = text(topology, new DisplayOptions(columns, 0, ColorMode.NONE, unicode));
                Golden.matches("topology/" + name + "-" + columns + (unicode ? "" : "-ascii") + ".txt", text);
                assertThat(text.lines())
                        .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(columns));
                if (!unicode) {
                    assertThat(text).matches("[\\n -~]*");
                }
            }
        }
    }

    @Test
    void draws_two_containers_one_of_them_shared() throws IOException {
        Facts facts = Networks.facts(
                containers(2).container("sidecar", "container:web1").container("proxy", "host"));
        golden("two", Topology.of(facts));
        assertThat(Topology.of(facts).faults()).isEmpty();
    }

    @Test
    void draws_five_containers_two_networks_and_a_router() throws IOException {
        golden(
                "five",
                Topology.of(Networks.facts(containers(3)
                        .bridge("br-mynet", "172.18.0.1/16", "mynet")
                        .cable("host", "veth1b", "br-mynet", "container:web1", "eth1", "172.18.0.2/16")
                        .cable("netns:router", "left", "", "netns:a", "eth0", "10.1.0.2/24")
                        .cable("netns:router", "right", "", "netns:b", "eth0", "10.2.0.2/24")
                        .cable("host", "v1", "", "host", "v2")
                        .macvlan("netns:mac", "mac0", "10.0.2.50/24")
                        .container("nothing", "container:nothing"))));
    }

    @Test
    void draws_twelve_containers() throws IOException {
        golden("twelve", Topology.of(Networks.facts(containers(12))));
        String wide =
                text(Topology.of(Networks.facts(containers(12))), new DisplayOptions(120, 40, ColorMode.NONE, true));
        assertThat(wide.lines().count()).isLessThan(40);
        assertThat(wide).contains("╡").doesNotContain("cable to");
    }

    @Test
    void draws_two_hosts_side_by_side_where_there_is_room() throws IOException {
        golden("hosts", twoHosts());
        assertThat(text(twoHosts(), UNICODE_120).lines())
                .anyMatch(line -> line.contains("alpha") && line.contains("beta"));
        assertThat(text(twoHosts(), UNICODE_80).lines())
                .noneMatch(line -> line.contains("─ alpha") && line.contains("─ beta"));
    }

    @Test
    void fresh_hosts_with_docker_stand_side_by_side_at_120_columns() throws IOException {
        String rule = "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE";
        Topology fresh = Topology.of(Networks.facts(
                new Networks("alpha")
                        .uplink("10.0.2.15/24")
                        .bridge("docker0", "172.17.0.1/16", "bridge")
                        .nat(rule),
                new Networks("beta")
                        .uplink("10.0.2.16/24")
                        .bridge("docker0", "172.17.0.1/16", "bridge")
                        .nat(rule)));
        Golden.matches("topology/fresh-120.txt", text(fresh, UNICODE_120));
        assertThat(text(fresh, UNICODE_120).lines()).anyMatch(line -> line.contains("alpha") && line.contains("beta"));
        assertThat(text(fresh, UNICODE_80)).contains("docker0 bridge");
    }

    @Test
    void an_interface_with_many_addresses_is_no_reason_for_a_list() {
        String[] ten = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> "192.168." + number + ".2/24")
                .toArray(String[]::new);
        Topology topology = Topology.of(Networks.facts(
                new Networks("labhost").uplink("10.0.2.15/24").cable("host", "vred", "", "netns:red", "eth0", ten)));
        assertThat(text(topology, UNICODE_80))
                .contains("╡ eth0 192.168.1.2/24 192.168.2.2/24 and 8 more")
                .doesNotContain("cable to");
        assertThat(text(topology, new DisplayOptions(200, 0, ColorMode.NONE, true)))
                .contains("192.168.10.2/24");
        assertThat(TopologyList.whole(topology, UNICODE_80).stream().map(Line::text))
                .anyMatch(line -> line.startsWith("    192.168.") && line.contains("192.168.10.2/24"));
    }

    @Test
    void shows_what_is_wrong() throws IOException {
        golden("broken", broken());
        assertThat(broken().faults().stream().map(Fault::kind))
                .containsOnly(
                        Fault.Kind.DOWN,
                        Fault.Kind.LEADS_NOWHERE,
                        Fault.Kind.NO_ADDRESS,
                        Fault.Kind.DUPLICATE_ADDRESS,
                        Fault.Kind.NO_NAME);
    }

    @Test
    void tells_of_a_gateway_that_nothing_has_and_of_twins_over_a_vxlan() {
        Topology topology = Topology.of(Networks.facts(SampleNetworks.host()
                .cable("host", "v", "docker0", "netns:red", "eth0", "172.17.0.2/16")
                .route("netns:red", "172.17.0.254", "eth0")));
        assertThat(topology.faults())
                .extracting(Fault::kind, fault -> Words.text(fault.words()))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        Fault.Kind.NO_SUCH_GATEWAY,
                        "nothing on the network of eth0 in red has its gateway's address 172.17.0.254"));
        assertThat(twoHosts().faults())
                .extracting(fault -> Words.text(fault.words()))
                .containsExactly("10.9.0.11 is on eth0 in red and on eth0 in blue");
    }

    @Test
    void widens_a_drawing_rather_than_cut_a_line_of_it() {
        String rule = "-A POSTROUTING -s 172.17.0.0/16 ! -o br-0123456789ab -j MASQUERADE";
        Topology topology = Topology.of(Networks.facts(
                new Networks("alpha").uplink("10.0.2.15/24").nat(rule),
                new Networks("beta").uplink("10.0.2.16/24").nat(rule)));
        assertThat(text(topology, UNICODE_120)).contains("…");
        assertThat(TopologySvg.of(topology)).contains("MASQUERADE").doesNotContain("…");
    }

    @Test
    void keeps_hostile_names_in_their_place() throws Exception {
        golden("hostile", hostile());
        assertThat(text(hostile(), UNICODE_80)).doesNotContain("\u001b", "\u202e");
        String svg = TopologySvg.of(hostile());
        Golden.matches("topology/hostile.svg", svg);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void becomes_a_list_where_a_picture_has_no_room() throws IOException {
        Topology topology = Topology.of(Networks.facts(containers(2)));
        Golden.matches("topology/two-40.txt", text(topology, new DisplayOptions(40, 0, ColorMode.NONE, true)));
        assertThat(text(Topology.of(Networks.facts(containers(20))), UNICODE_120))
                .contains("cable to eth0 of web20");
    }

    @Test
    void is_the_same_in_whatever_order_things_were_read() {
        List<String> pictures = List.of(1, 2).stream()
                .map(turn -> {
                    Networks host = SampleNetworks.host();
                    for (int i = 0; i < 4; i++) {
                        host.plugged(turn == 1 ? i + 1 : 4 - i);
                    }
                    return text(Topology.of(Networks.facts(host)), UNICODE_80)
                            .replaceAll("[0-9a-f]{2}(:[0-9a-f]{2}){5}", "");
                })
                .toList();
        assertThat(pictures.get(0)).isEqualTo(pictures.get(1));
    }

    @Test
    void says_that_nothing_could_be_read() {
        Topology topology = Topology.of(Networks.facts(new Networks("labhost").unread("host")));
        assertThat(text(topology, UNICODE_80)).contains("Permission denied");
    }

    @Test
    void colours_tell_nothing_that_is_not_said() {
        DisplayOptions colour = new DisplayOptions(80, 0, ColorMode.COLOUR, true);
        String drawn = text(broken(), colour);
        assertThat(drawn).contains("\033[");
        assertThat(drawn.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(text(broken(), UNICODE_80));
    }

    @Test
    void leaves_no_english_in_the_code() throws IOException {
        String said = PseudoLanguage.said(() -> text(broken(), UNICODE_120)
                + text(twoHosts(), UNICODE_120)
                + Screen.drawn(() -> UNICODE_120, screen -> screen.write(TopologyList.of(broken(), UNICODE_120))));
        assertThat(PseudoLanguage.english(said)).isEmpty();
    }
}
