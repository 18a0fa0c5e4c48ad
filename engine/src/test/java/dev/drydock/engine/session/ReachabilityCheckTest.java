package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What learners type for the ends of a question; {@code why} and {@code trace} understand it alike. */
class ReachabilityCheckTest {
    private static final Facts FACTS = facts();

    private static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value, new Evidence("", ""));
    }

    private static Namespace namespace(long inode, String scope, String address) {
        Link wire = new Link(
                2,
                "eth0",
                "veth",
                true,
                "UP",
                true,
                true,
                false,
                Optional.empty(),
                1500,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Layer.NONE,
                List.of(new InterfaceAddress(Cidr.parse(address), "global", false)));
        Link loopback = new Link(
                1,
                "lo",
                "",
                true,
                "UNKNOWN",
                true,
                true,
                false,
                Optional.empty(),
                65536,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Layer.NONE,
                List.of(new InterfaceAddress(Cidr.parse("127.0.0.1/8"), "host", false)));
        return new Namespace(
                inode,
                Set.of(Scope.parse(scope)),
                known(List.of(loopback, wire)),
                known(List.of()),
                known(RoutingRule.USUAL),
                known(List.of()),
                known(List.of()),
                known(List.of()),
                known(Map.of()),
                known(List.of()),
                known(Map.of()));
    }

    private static Container container(String name, boolean running) {
        return new Container(
                "c0ffee" + name,
                name,
                "busybox",
                running ? "running" : "exited",
                running,
                0,
                running ? 42 : 0,
                "bridge",
                Map.of(),
                Container.Ports.NONE,
                Map.of(),
                "",
                known(""));
    }

    private static HostFacts host(String name, List<Container> containers, Namespace... namespaces) {
        return new HostFacts(
                name,
                known(List.of(namespaces)),
                known(containers),
                known(List.of()),
                Map.of(),
                known(List.of(new ProcessEntry(42, 2, Optional.empty(), "sleep", "sleep 1d"))),
                Map.of());
    }

    private static Facts facts() {
        HostFacts alpha = host(
                "alpha",
                List.of(container("web", true), container("both", false)),
                namespace(1, "host", "10.0.2.15/24"),
                namespace(2, "container:web", "172.17.0.2/16"),
                namespace(3, "netns:red", "10.9.0.1/24"),
                namespace(4, "netns:both", "10.9.0.2/24"));
        HostFacts beta = host(
                "beta",
                List.of(),
                namespace(5, "host", "10.0.2.16/24"),
                namespace(6, "netns:red", "10.8.0.1/24"),
                namespace(7, "netns:green", "10.8.0.2/24"),
                namespace(8, "netns:twin", "10.8.0.3/24"));
        HostFacts gamma = host(
                "gamma", List.of(), namespace(9, "host", "10.0.2.17/24"), namespace(10, "netns:twin", "10.8.0.3/24"));
        return new Facts("alpha", new TreeMap<>(Map.of("alpha", alpha, "beta", beta, "gamma", gamma)));
    }

    private static InvalidQuery misnamed(String from, String to) {
        return catchThrowableOfType(InvalidQuery.class, () -> ReachabilityCheck.question(FACTS, from, to));
    }

    @Test
    void says_that_docker_does_not_tell_before_it_says_that_there_is_no_such_container() {
        HostFacts silent = new HostFacts(
                "alpha",
                known(List.of(namespace(1, "host", "10.0.2.15/24"))),
                new Reading.Unknown<>(
                        Message.verbatim("Docker does not answer: its daemon is stopped"),
                        new Evidence("docker ps -a", "")),
                new Reading.Unknown<>(
                        Message.verbatim("Docker does not answer"), new Evidence("docker network ls", "")),
                Map.of(),
                known(List.of()),
                Map.of());
        Facts facts = new Facts("alpha", new TreeMap<>(Map.of("alpha", silent)));
        for (List<String> words : List.of(List.of("cli", "host"), List.of("host", "cli"), List.of("host", "cli:80"))) {
            assertThat(catchThrowableOfType(
                            HostTrouble.class, () -> ReachabilityCheck.question(facts, words.get(0), words.get(1))))
                    .hasMessageContaining("its daemon is stopped")
                    .hasMessageContaining("'cli' is a container");
        }
    }

    @Test
    void says_that_a_host_could_not_be_read_before_it_says_that_there_is_no_such_namespace() {
        HostFacts unread = new HostFacts(
                "alpha",
                new Reading.Unknown<>(Message.verbatim("the sweep was cut off"), new Evidence("ip netns", "")),
                known(List.of()),
                known(List.of()),
                Map.of(),
                known(List.of()),
                Map.of());
        Facts facts = new Facts("alpha", new TreeMap<>(Map.of("alpha", unread)));
        assertThat(catchThrowableOfType(HostTrouble.class, () -> ReachabilityCheck.question(facts, "red", "8.8.8.8")))
                .hasMessage("Whether 'red' is a namespace of alpha cannot be told: the sweep was cut off.");
    }

    @ParameterizedTest
    @CsvSource({
        "host, host",
        "alpha, host",
        "beta, beta/host",
        "beta/host, beta/host",
        "red, netns:red",
        "beta/red, beta/netns:red",
        "beta/netns:red, beta/netns:red",
        "green, beta/netns:green",
        "web, container:web",
        "netns:both, netns:both",
        "container:both, container:both",
        "pid:42, pid:42",
        "beta/pid:42, beta/pid:42",
        "10.9.0.1, netns:red",
        "beta/10.8.0.2, beta/netns:green",
        "172.17.0.2, container:web",
    })
    void takes_each_way_of_writing_a_place(String typed, String scope) throws InvalidQuery {
        assertThat(ReachabilityCheck.question(FACTS, typed, "8.8.8.8").from()).hasToString(scope);
        if (!typed.contains(".")) {
            ReachabilityQuery question = ReachabilityCheck.question(FACTS, "host", typed + ":80");
            assertThat(question.target()).map(Scope::toString).contains(scope);
            assertThat(question.port()).contains(80);
            assertThat(ReachabilityCheck.question(FACTS, "host", typed).port()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "both, 'Write one of container:both, netns:both.'",
        "twin, 'Write one of beta/netns:twin, gamma/netns:twin.'",
        "10.8.0.3, 'Write one of beta/netns:twin, gamma/netns:twin.'",
    })
    void chooses_none_of_several_places_that_are_called_alike(String typed, String next) {
        assertThat(misnamed(typed, "8.8.8.8"))
                .hasMessage("'" + typed + "' can mean several places.")
                .extracting(misnamed -> Words.text(misnamed.next()))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue", "127.0.0.1", "10.9.0.9", "pid:43", "gamma/red", "delta/red", "container:red", ""})
    void says_what_there_is_where_a_word_names_no_place(String typed) {
        assertThat(misnamed(typed, "8.8.8.8"))
                .hasMessageStartingWith("There is no container, namespace or host '" + typed + "' in this lab")
                .extracting(misnamed -> Words.text(misnamed.next()))
                .isEqualTo("There are alpha, beta, both, gamma, green, red, twin, web.");
    }

    @Test
    void tells_an_address_that_is_none_from_a_name() {
        for (String typed : List.of("300.1.1.1", "10.9.0.256:80", "10.09.0.1")) {
            assertThat(misnamed("host", typed)).hasMessageContaining("is no IPv4 address");
        }
    }

    @Test
    void asks_dns_for_what_is_neither_a_place_nor_nearly_one() throws InvalidQuery {
        assertThat(ReachabilityCheck.question(FACTS, "red", "www.example.com:443"))
                .isEqualTo(new ReachabilityQuery(
                        Scope.netns("red"), Optional.empty(), "www.example.com", Optional.of(443)));
        assertThat(ReachabilityCheck.question(FACTS, "red", "name:web").target())
                .isEmpty();
        assertThat(misnamed("red", "gren"))
                .hasMessageEndingWith("did you mean 'green'?")
                .extracting(misnamed -> Words.text(misnamed.next()))
                .asString()
                .endsWith("name:gren asks for it as a name of DNS.");
        assertThat(misnamed("red", "we b")).isNotNull();
    }

    @Test
    void says_of_an_address_that_many_have_that_it_is_not_one_place() {
        assertThat(misnamed("red", "10.9.0.255:80"))
                .hasMessage("10.9.0.255 is not one place: it is the broadcast address of 10.9.0.0/24.");
        assertThat(misnamed("red", "10.8.0.255")).hasMessageContaining("10.8.0.0/24");
        assertThat(misnamed("host", "172.17.255.255")).hasMessageContaining("172.17.0.0/16");
    }

    @Test
    void takes_no_port_of_the_place_that_sends() {
        assertThat(misnamed("red:80", "web"))
                .hasMessage("Packets leave from a place, and 'red:80' has a port.")
                .extracting(misnamed -> Words.text(misnamed.next()))
                .isEqualTo("Write red.");
        assertThat(misnamed("rex:80", "web")).hasMessageContaining("no container, namespace or host 'rex:80'");
    }

    @Test
    void asks_by_the_protocol_that_was_typed() throws InvalidQuery {
        assertThat(ReachabilityCheck.question(FACTS, "red", "udp://web:53"))
                .isEqualTo(ReachabilityCheck.question(FACTS, "red", "web:53/udp"))
                .extracting(ReachabilityQuery::protocol)
                .isEqualTo(Protocol.UDP);
        assertThat(ReachabilityCheck.question(FACTS, "red", "http://web/a?b=c"))
                .isEqualTo(ReachabilityCheck.question(FACTS, "red", "web:80"));
    }
}
