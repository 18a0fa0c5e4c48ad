package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class DockerSweepKernelTest {
    private static final Scope WEB = Scope.container("web");
    private static final ActiveProbe.Dns ALIAS = new ActiveProbe.Dns(Scope.container("rr1"), "rr", Optional.empty());
    private static final ActiveProbe.Dns STRANGER =
            new ActiveProbe.Dns(Scope.container("rr1"), "web", Optional.empty());
    private static final ActiveProbe.Ping BY_NAME = new ActiveProbe.Ping(Scope.container("rr1"), "rr2");
    private static final ActiveProbe.Ping BY_NAME_ON_DEFAULT = new ActiveProbe.Ping(WEB, "rr1");
    private static final ActiveProbe.Http PAGE = new ActiveProbe.Http(Scope.container("rr2"), "http://rr1/hostname");
    private static final ActiveProbe.Logs LOGS = new ActiveProbe.Logs(Scope.container("rr2"));
    private static final ActiveProbe.Ping STOPPED = new ActiveProbe.Ping(Scope.container("done"), "127.0.0.1");
    private static final ActiveProbe.Ping MISSING = new ActiveProbe.Ping(Scope.container("nope"), "127.0.0.1");
    private static Facts facts;

    @BeforeAll
    static void sweep() {
        facts = new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.withContainers(""))), true)
                .read(Set.of(ALIAS, STRANGER, BY_NAME, BY_NAME_ON_DEFAULT, PAGE, LOGS, STOPPED, MISSING), Set.of());
    }

    private static Container container(String name) {
        return facts.container(Optional.empty(), name)
                .fold(
                        Lookup.Found::value,
                        absent -> {
                            throw new AssertionError(absent);
                        },
                        unknown -> {
                            throw new AssertionError(unknown);
                        });
    }

    private static <T> T known(Reading<T> reading) {
        return reading.fold(Reading.Known::value, unknown -> {
            throw new AssertionError(unknown);
        });
    }

    private static Namespace namespace(Scope scope) {
        return ((Lookup.Found<Namespace>) facts.namespace(scope)).value();
    }

    private static ProbeCapture capture(ActiveProbe probe) {
        return facts.capture(probe).orElseThrow();
    }

    @Test
    void reads_every_container_with_its_state_and_mode() {
        assertThat(known(facts.hosts().get("labhost").containers()))
                .extracting(found -> found.name() + " " + found.status() + " "
                        + found.networkMode().replaceAll(":.*", ""))
                .containsExactlyInAnyOrder(
                        "web running bridge",
                        "rr1 running mynet",
                        "rr2 running mynet",
                        "hosty running host",
                        "lonely running none",
                        "side running container",
                        "done exited bridge",
                        "made created bridge");
        assertThat(container("done").exitCode()).isEqualTo(3);
        assertThat(container("side").networkMode())
                .isEqualTo("container:" + container("web").id());
        assertThat(container("rr1").ports().published()).contains(new PortMapping("0.0.0.0", 8080, "tcp", 80));
        assertThat(container("rr1").attachments().get("mynet").aliases()).contains("rr");
        assertThat(container("web").attachments().get("bridge").address()).contains(IpAddress.parse("172.17.0.2"));
        assertThat(container("done").attachments().get("bridge").address()).isEmpty();
    }

    @Test
    void reads_the_networks_with_who_is_attached() {
        List<DockerNetwork> networks = known(facts.hosts().get("labhost").networks());
        assertThat(networks).extracting(DockerNetwork::name).contains("bridge", "host", "none", "mynet", "other");
        DockerNetwork mynet = networks.stream()
                .filter(network -> network.name().equals("mynet"))
                .findFirst()
                .orElseThrow();
        assertThat(mynet.containers()).containsExactly("rr1", "rr2");
        assertThat(mynet.subnets()).hasToString("[172.20.0.0/16]");
        assertThat(namespace(Scope.LAB_HOST).link(mynet.bridge().orElseThrow())).isInstanceOf(Lookup.Found.class);
        DockerNetwork other = networks.stream()
                .filter(network -> network.name().equals("other"))
                .findFirst()
                .orElseThrow();
        assertThat(other.gateways()).containsExactly(IpAddress.parse("172.21.0.254"));
        assertThat(other.containers()).containsExactly("rr2");
    }

    @Test
    void knows_which_containers_share_a_namespace() {
        assertThat(namespace(WEB).names()).containsExactlyInAnyOrder(WEB, Scope.container("side"));
        assertThat(namespace(Scope.LAB_HOST).names()).contains(Scope.container("hosty"));
        assertThat(namespace(Scope.container("lonely")).inode())
                .isNotEqualTo(namespace(WEB).inode());
        assertThat(facts.namespace(Scope.container("done"))).isInstanceOf(Lookup.Absent.class);
        assertThat(known(namespace(Scope.container("lonely")).links())).hasSize(1);
    }

    @Test
    void finds_the_bridge_end_of_a_containers_veth() {
        LinkPlace peer = ((Lookup.Found<LinkPlace>) facts.peer(WEB, "eth0")).value();
        assertThat(peer.namespace().label()).isEqualTo("host");
        assertThat(peer.link().master()).contains("docker0");
    }

    @Test
    void reads_a_containers_own_hosts_file() {
        assertThat(known(facts.hostsFile(WEB))).anySatisfy(entry -> {
            assertThat(entry.address()).hasToString("172.17.0.2");
            assertThat(entry.names()).contains(container("web").id().substring(0, 12));
        });
    }

    @Test
    void asks_the_embedded_name_server() {
        assertThat(DnsOutcome.parse(capture(ALIAS)).addresses())
                .containsExactlyInAnyOrder(IpAddress.parse("172.20.0.2"), IpAddress.parse("172.20.0.3"));
        assertThat(DnsOutcome.parse(capture(STRANGER)).addresses()).isEmpty();
    }

    @Test
    void resolves_names_as_the_container_does() {
        assertThat(PingOutcome.parse(capture(BY_NAME), Set.of()).kind()).isEqualTo(PingOutcome.Kind.REPLIED);
        assertThat(PingOutcome.parse(capture(BY_NAME_ON_DEFAULT), Set.of()).kind())
                .isEqualTo(PingOutcome.Kind.UNKNOWN_NAME);
        HttpOutcome page = HttpOutcome.parse(capture(PAGE));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().strip()).isEqualTo(container("rr1").id().substring(0, 12));
    }

    @Test
    void reads_a_log_with_both_streams() {
        assertThat(known(container("rr2").logs())).contains("hello\n").contains("oops\n");
        assertThat(container("web").logs()).isInstanceOf(Reading.Unknown.class);
    }

    @Test
    void does_not_try_anything_in_a_container_that_is_not_there() {
        assertThat(capture(STOPPED).obstacle()).map(Words::text).hasValue("container done is not running");
        assertThat(capture(MISSING).obstacle()).map(Words::text).hasValue("there is no container nope");
    }
}
