package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Wanted.container;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.end;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.ips;
import static dev.drydock.verify.expect.Wanted.link;
import static dev.drydock.verify.expect.Wanted.noContainer;
import static dev.drydock.verify.expect.Wanted.peerOf;
import static dev.drydock.verify.expect.Wanted.route;
import static dev.drydock.verify.expect.Wanted.scope;
import static dev.drydock.verify.expect.Wanted.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.probe.Survey;
import dev.drydock.verify.probe.ThrowawayHost;
import dev.drydock.verify.words.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Judgements of a real Docker Engine with containers of every network mode; one sweep for all. */
@Tag("kernel")
class ContainersKernelTest {
    private static final TextMatch ANY = new TextMatch(TextMatch.Kind.MATCHES, ".");

    private static final List<Expectation> MET = List.of(
            container("web")
                    .running(true)
                    .image("busybox")
                    .mode("bridge")
                    .ip("172.17.0.2")
                    .is(),
            container("rr2")
                    .on("mynet", "172.20.0.3", "rr")
                    .on("other", "")
                    .logs("hello")
                    .is(),
            container("side").mode("container:web").is(),
            container("hosty").mode("host").running(true).is(),
            container("done").running(false).is(),
            noContainer("we"),
            new NetnsSame(scopes("container:web", "container:side")),
            new NetnsSame(scopes("container:hosty", "host")),
            new NetnsDiffers(scopes("container:web", "container:rr1", "container:lonely", "host")),
            new Interfaces(scope("container:lonely"), exactly(List.of("lo"))),
            link("container:web", "eth0")
                    .kind("veth")
                    .up(true)
                    .address("172.17.0.2/16")
                    .is(),
            link("container:side", "eth0").address("172.17.0.2/16").is(),
            new VethPair(end("container:web", "eth0"), end("host"), Optional.of("docker0")),
            new BridgeState(
                    scope("host"),
                    "docker0",
                    true,
                    Optional.of(true),
                    Optional.of(contains(Wanted.cidrs("172.17.0.1/16"))),
                    Optional.of(exactly(List.of(peerOf("container:web", "eth0"))))),
            route("container:web", "default via 172.17.0.1 dev eth0"),
            new NetworkState(
                    Optional.empty(),
                    "mynet",
                    true,
                    Optional.of("bridge"),
                    Optional.of(Cidr.parse("172.20.0.0/16")),
                    Optional.of(IpAddress.parse("172.20.0.1")),
                    Optional.of(exactly(List.of("rr1", "rr2")))),
            new ChainState(scope("host"), false, "nat", "DOCKER", true, Optional.empty()),
            new HostsName(scope("container:rr1"), "localhost", Optional.of(IpAddress.parse("127.0.0.1")), true),
            new ProcessState(scope("container:rr1"), "httpd", Optional.of(ANY), true),
            new Listening(
                    scope("container:rr1"), "tcp", 80, Optional.empty(), Optional.of(scope("container:rr1")), true),
            new DnsAnswer(
                    scope("container:rr2"),
                    "rr",
                    Optional.empty(),
                    true,
                    Optional.of(exactly(ips("172.20.0.2", "172.20.0.3")))),
            new DnsSpread(
                    scope("container:rr2"),
                    "rr",
                    Optional.empty(),
                    30,
                    1,
                    Optional.of(exactly(ips("172.20.0.2", "172.20.0.3")))),
            new PingReach(scope("container:rr2"), "rr1", true, Set.of(), Optional.empty()),
            new PingReach(scope("host"), "172.17.0.2", true, Set.of(), Optional.empty()),
            new TcpResult(scope("container:rr2"), "rr1", 80, TcpResult.Result.CONNECTED, Optional.empty()),
            port("tcp", 8080, "rr1", 80, "", true),
            port("tcp", 8080, "rr2", 80, "", false),
            port("tcp", 8081, "local", 80, "127.0.0.1", true),
            port("udp", 5353, "local", 53, "", true),
            port("tcp", 8080, "taken", 80, "", false),
            new HttpAnswer(
                    scope("container:rr2"),
                    "http://rr1/hosts",
                    Optional.of(200),
                    Optional.of(new TextMatch(TextMatch.Kind.CONTAINS, "localhost"))));

    private static final Expectation OUT_OF_NAMES =
            new DnsAnswer(scope("container:web"), "rr1", Optional.empty(), true, Optional.empty());
    private static final Expectation ONE_NAME =
            new DnsSpread(scope("container:rr2"), "rr1", Optional.empty(), 10, 1, Optional.empty());
    private static final Expectation OUT_OF_SPREAD =
            new DnsSpread(scope("container:web"), "rr", Optional.empty(), 10, 1, Optional.empty());
    private static final Expectation APART =
            new PingReach(scope("container:web"), "172.20.0.2", true, Set.of(), Optional.empty());
    private static final Expectation NOBODY_BEHIND =
            new HttpAnswer(scope("host"), "http://127.0.0.1:8081/", Optional.empty(), Optional.empty());
    private static final Expectation REFUSED =
            new HttpAnswer(scope("host"), "http://172.17.0.2/", Optional.empty(), Optional.empty());

    private static final String PORTS =
            """
            docker run -d --name local --net other -p 127.0.0.1:8081:80 -p 5353:53/udp busybox sleep 1d >/dev/null
            docker run -d --name open --net other --expose 80 busybox sleep 1d >/dev/null
            docker run -d --name taken -p 8080:80 busybox sleep 1d >/dev/null 2>&1 || true
            """;

    private static Facts facts;

    private static PublishedPort port(
            String protocol, int outside, String container, int inside, String address, boolean exists) {
        return new PublishedPort(
                Optional.empty(),
                protocol,
                outside,
                Optional.of(container),
                Optional.of(inside),
                address.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(address)),
                exists);
    }

    @BeforeAll
    static void sweep() {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        MET.forEach(expectation -> probes.addAll(expectation.probes()));
        probes.addAll(OUT_OF_NAMES.probes());
        probes.addAll(APART.probes());
        probes.addAll(NOBODY_BEHIND.probes());
        probes.addAll(ONE_NAME.probes());
        probes.addAll(OUT_OF_SPREAD.probes());
        probes.addAll(REFUSED.probes());
        facts = new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.withContainers(PORTS))), true)
                .read(probes, Set.of());
    }

    @Test
    void what_is_there_is_met_and_its_negation_is_not() {
        for (Expectation expectation : MET) {
            isMet(expectation.judge(facts));
            assertThat(new Not(expectation).judge(facts).isNotMet())
                    .as(Words.text(expectation.statement()))
                    .isTrue();
        }
    }

    @Test
    void the_wrong_modes_are_named() {
        assertThat(explained(
                        container("hosty").mode("bridge").ip("172.17.0.3").is().judge(facts)))
                .isEqualTo(
                        """
                expected  network mode bridge, address 172.17.0.3
                found     network mode host, no address
                why       it was started with --net host, so it has no eth0 of its own""");
        assertThat(explained(
                        container("rr1").mode("bridge").ip("172.17.0.3").is().judge(facts)))
                .isEqualTo(
                        """
                expected  network mode bridge, address 172.17.0.3
                found     network mode mynet, address 172.20.0.2 on mynet
                why       it was started with --net mynet, so it came to that network and not to the default bridge""");
        assertThat(explained(container("side").mode("bridge").is().judge(facts)))
                .isEqualTo(
                        """
                expected  network mode bridge
                found     network mode container:web
                why       it was started with --net container:web, so it uses the interfaces of web""");
        assertThat(explained(link("container:lonely", "eth0").is().judge(facts)))
                .isEqualTo(
                        """
                expected  an interface eth0 in lonely
                found     no interface eth0 in lonely, only lo
                why       lonely was started with --net none, so it has no eth0, only lo""");
        assertThat(explained(new NetnsDiffers(scopes("container:hosty", "host")).judge(facts)))
                .endsWith("why       hosty was started with --net host, so it has no eth0 of its own");
    }

    @Test
    void containers_that_do_not_run_are_told_with_their_status() {
        assertThat(explained(container("done").running(true).is().judge(facts)))
                .isEqualTo(
                        """
                expected  done running
                found     done exited with status 3
                why       its command came to its end, and a container lives as long as its command; docker logs done shows what it said""");
        assertThat(explained(container("made").running(true).is().judge(facts)))
                .isEqualTo(
                        """
                expected  made running
                found     made created but not started""");
        assertThat(explained(link("container:done", "eth0").is().judge(facts)))
                .isEqualTo(
                        """
                expected  container done running
                found     container done exited with status 3
                why       its command came to its end, and a container lives as long as its command; docker logs done shows what it said""");
    }

    @Test
    void ports_that_are_not_published_as_wanted() {
        assertThat(explained(port("tcp", 8081, "local", 80, "", true).judge(facts)))
                .endsWith("why       127.0.0.1 is reached only from the lab host itself");
        assertThat(explained(port("tcp", 8080, "open", 80, "", true).judge(facts)))
                .isEqualTo(
                        """
                expected  port 8080/tcp of the lab host leads to port 80 of open
                found     no port leads to open
                why       port 8080/tcp leads to port 80 of rr1""");
        assertThat(explained(port("tcp", 8085, "open", 80, "", true).judge(facts)))
                .contains("why       80/tcp is exposed");
        assertThat(explained(port("tcp", 8085, "taken", 80, "", true).judge(facts)))
                .isEqualTo(
                        """
                expected  port 8085/tcp of the lab host leads to port 80 of taken
                found     taken created but not started, so no port leads to it
                why       Docker could not start it: Bind for 0.0.0.0:8080 failed: port is already allocated""");
    }

    @Test
    void an_address_that_another_container_has() {
        assertThat(explained(container("rr1").ip("172.17.0.2").is().judge(facts)))
                .isEqualTo(
                        """
                expected  address 172.17.0.2
                found     address 172.20.0.2
                why       172.17.0.2 belongs to web""");
    }

    @Test
    void names_do_not_resolve_on_the_default_bridge() {
        assertThat(explained(OUT_OF_NAMES.judge(facts)))
                .startsWith("expected  an address for rr1\nfound     ")
                .endsWith(
                        "why       web is on the default bridge, and Docker's name server serves only user-defined networks, at 127.0.0.11");
    }

    @Test
    void one_address_is_no_spread() {
        assertThat(explained(ONE_NAME.judge(facts)))
                .isEqualTo(
                        """
                expected  several addresses for rr1, each first once or more in 10 answers
                found     only 172.20.0.2 for rr1
                why       only rr1 has the name rr1 there""");
        assertThat(explained(OUT_OF_SPREAD.judge(facts)))
                .startsWith("expected  several addresses for rr, each first once or more in 10 answers\nfound     no ")
                .endsWith("serves only user-defined networks, at 127.0.0.11");
    }

    @Test
    void docker_keeps_its_networks_apart() {
        assertThat(explained(APART.judge(facts)))
                .matches(
                        """
                        expected  an answer from 172.20.0.2
                        found     no answer from 172.20.0.2: silence
                        why       web is on the default bridge, rr1 on mynet: on the lab host rule \\d of \\S+ drops the packet: -A .*""");
    }

    @Test
    void nobody_listens_behind_a_published_port() {
        assertThat(explained(NOBODY_BEHIND.judge(facts)))
                .isEqualTo(
                        """
                expected  an answer from http://127.0.0.1:8081/
                found     no answer from http://127.0.0.1:8081/: the connection was ended at once
                why       port 8081/tcp leads to port 80 of local, where nothing listens""");
    }

    @Test
    void nobody_listens_in_a_container() {
        assertThat(explained(REFUSED.judge(facts)))
                .isEqualTo(
                        """
                expected  an answer from http://172.17.0.2/
                found     no answer from http://172.17.0.2/: connection refused
                why       nothing listens on 80/tcp in side and web""");
        assertThat(evidence(REFUSED.judge(facts))).startsWith("$ curl -i http://172.17.0.2/\n");
    }
}
