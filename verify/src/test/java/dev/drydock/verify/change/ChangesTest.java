package dev.drydock.verify.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Socket;
import dev.drydock.verify.probe.SweepRecord;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * On sweeps that were kept as a session keeps them (labs/published-ports/snapshots): a lab host as it starts, after
 * {@code docker network create net1}, and after {@code docker run -d --name web -p 8080:80 httpd}.
 */
class ChangesTest {
    private static final Facts QUIET = capture("quiet");
    private static final Facts NETWORK = capture("network");
    private static final Facts PUBLISHED = capture("published");

    private record Content(String defaultHost, Map<String, SweepRecord> hosts) {}

    private static Facts capture(String name) {
        try {
            Content content = new Gson()
                    .fromJson(
                            Files.readString(Path.of("src/test/resources/captures/sweeps/" + name + ".json")),
                            Content.class);
            TreeMap<String, HostFacts> hosts = new TreeMap<>();
            content.hosts().forEach((host, record) -> hosts.put(host, record.facts(host)));
            return new Facts(content.defaultHost(), hosts);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> told(Changes changes) {
        return changes.all()
                .map(change ->
                        change.sign().mark() + " " + Words.text(change.label()) + " " + Words.text(change.words()))
                .toList();
    }

    /** The same host with other namespaces. */
    private static Facts with(Facts facts, UnaryOperator<Namespace> change) {
        HostFacts host = facts.hosts().get("labhost");
        return with(facts, host.namespaces().map(all -> all.stream().map(change).toList()), host.processes());
    }

    private static Facts with(Facts facts, Reading<List<Namespace>> namespaces, Reading<List<ProcessEntry>> processes) {
        HostFacts host = facts.hosts().get("labhost");
        return new Facts(
                "labhost",
                new TreeMap<>(Map.of(
                        "labhost",
                        new HostFacts(
                                host.name(),
                                namespaces,
                                host.containers(),
                                host.networks(),
                                host.hostsFiles(),
                                processes,
                                host.captures()))));
    }

    private static Namespace with(
            Namespace from,
            long inode,
            Reading<List<Link>> links,
            Reading<List<Neighbour>> neighbours,
            Reading<List<Chain>> chains,
            Reading<List<Socket>> sockets) {
        return new Namespace(
                inode,
                from.names(),
                links,
                from.routes(),
                from.routingRules(),
                neighbours,
                from.bridgePorts(),
                chains,
                from.sysctls(),
                sockets,
                from.netnsIds());
    }

    private static <T> Reading<List<T>> more(Reading<List<T>> reading, T added) {
        return reading.map(all -> {
            List<T> longer = new ArrayList<>(all);
            longer.add(added);
            return longer;
        });
    }

    private static Namespace ruled(Namespace from, RoutingRule... rules) {
        return new Namespace(
                from.inode(),
                from.names(),
                from.links(),
                from.routes(),
                from.links().map(read -> List.of(rules)),
                from.neighbours(),
                from.bridgePorts(),
                from.chains(),
                from.sysctls(),
                from.sockets(),
                from.netnsIds());
    }

    @Test
    void a_rule_of_ip_rule_is_told_in_words() {
        RoutingRule lookup = new RoutingRule(
                false,
                1000,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                RoutingRule.Action.LOOKUP,
                "100",
                0,
                -1,
                true,
                "from all lookup 100");
        RoutingRule usual = RoutingRule.USUAL.get(1);
        Changes changes =
                Changes.between(with(QUIET, one -> ruled(one, usual)), with(QUIET, one -> ruled(one, lookup, usual)));
        assertThat(told(changes)).containsExactly("+ ip rule 1000: from all lookup 100");
    }

    @Test
    void nothing_differs_from_itself() {
        for (Facts facts : List.of(QUIET, NETWORK, PUBLISHED)) {
            assertThat(Changes.between(facts, facts)).isEqualTo(new Changes(List.of(), List.of()));
        }
    }

    @Test
    void the_order_in_which_things_are_printed_is_no_difference() {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            Facts shuffled = with(
                    PUBLISHED,
                    namespace -> with(
                            namespace,
                            namespace.inode(),
                            shuffled(namespace.links(), random),
                            shuffled(namespace.neighbours(), random),
                            shuffled(namespace.chains(), random),
                            shuffled(namespace.sockets(), random)));
            assertThat(told(Changes.between(PUBLISHED, shuffled))).isEmpty();
            assertThat(Changes.between(QUIET, shuffled)).isEqualTo(Changes.between(QUIET, PUBLISHED));
        }
    }

    private static <T> Reading<List<T>> shuffled(Reading<List<T>> reading, Random random) {
        return reading.map(all -> {
            List<T> other = new ArrayList<>(all);
            Collections.shuffle(other, random);
            return other;
        });
    }

    @Test
    void there_and_back_is_the_same_with_the_signs_turned() {
        List<String> there = told(Changes.between(NETWORK, PUBLISHED));
        List<String> back = told(Changes.between(PUBLISHED, NETWORK));

        assertThat(there)
                .anyMatch(line -> line.startsWith("+ nat DOCKER: tcp to :8080 not from docker0 → 172.17.0.2:80"));
        assertThat(back)
                .anyMatch(line -> line.startsWith("- nat DOCKER: tcp to :8080 not from docker0 → 172.17.0.2:80"));
        assertThat(there).allMatch(line -> line.startsWith("+"));
        assertThat(back).allMatch(line -> line.startsWith("-"));
    }

    @Test
    void what_a_container_and_a_network_bring_stands_with_them() {
        Changes changes = Changes.between(QUIET, PUBLISHED);

        assertThat(changes.groups())
                .extracting(group -> Words.text(group.cause().orElseThrow()))
                .containsExactly("network net1", "container web");
        assertThat(changes.groups().get(1).changes())
                .extracting(change -> Words.text(change.label()))
                .contains("namespace", "veth pair", "address", "route", "nat", "filter", "listener", "hosts");
    }

    @Test
    void an_interface_goes_with_its_addresses_and_routes_which_are_said_once() {
        assertThat(Changes.between(PUBLISHED, NETWORK).all())
                .filteredOn(change -> Words.text(change.label()).equals("veth pair"))
                .singleElement()
                .satisfies(change -> assertThat(change.consequences())
                        .extracting(Words::text)
                        .containsExactly("with it went 172.17.0.2/16, route default via 172.17.0.1 dev eth0"));
        assertThat(told(Changes.between(PUBLISHED, NETWORK)))
                .noneMatch(line -> line.startsWith("- address") || line.startsWith("- route"));
    }

    @Test
    void a_namespace_that_got_the_inode_of_one_that_went_is_another() {
        HostFacts host = PUBLISHED.hosts().get("labhost");
        Facts restarted = with(PUBLISHED, host.namespaces(), host.processes().map(all -> all.stream()
                .map(process -> new ProcessEntry(
                        process.pid() + 1000,
                        process.netns(),
                        process.mountNamespace(),
                        process.comm(),
                        process.arguments()))
                .toList()));

        assertThat(told(Changes.between(PUBLISHED, restarted)))
                .anyMatch(line -> line.startsWith("- namespace of web"))
                .anyMatch(line -> line.startsWith("+ namespace of web"));
    }

    @Test
    void ephemeral_sockets_and_neighbours_that_the_kernel_learnt_are_no_difference() {
        Facts busy = with(
                QUIET,
                namespace -> with(
                        namespace,
                        namespace.inode(),
                        namespace.links(),
                        more(
                                namespace.neighbours(),
                                new Neighbour(
                                        dev.drydock.verify.facts.IpAddress.parse("10.0.2.9"),
                                        "eth0",
                                        Optional.empty(),
                                        "FAILED")),
                        namespace.chains(),
                        more(
                                namespace.sockets(),
                                new Socket("udp", "0.0.0.0", 45123, OptionalInt.of(7), Optional.of("nslookup")))));

        assertThat(told(Changes.between(QUIET, busy))).isEmpty();
    }

    @Test
    void what_could_not_be_read_is_neither_changed_nor_unchanged() {
        Facts blind = with(
                PUBLISHED,
                namespace -> with(
                        namespace,
                        namespace.inode(),
                        new Reading.Unknown<>(
                                Message.verbatim("ip addr could not be run: it was cut off"),
                                new Evidence("ip addr", "")),
                        namespace.neighbours(),
                        new Reading.Unknown<>(
                                Message.verbatim("iptables-save could not be run"), new Evidence("iptables-save", "")),
                        namespace.sockets()));

        Changes changes = Changes.between(PUBLISHED, blind);

        assertThat(told(changes)).isEmpty();
        assertThat(changes.unread())
                .extracting(Words::text)
                .contains(
                        "Whether interfaces of web changed cannot be told: ip addr could not be run: it was cut off",
                        "Whether rules of the host changed cannot be told: iptables-save could not be run");
    }

    /** As after {@code nft delete table ip nat}; what the kernel's own chains held was told by no command. */
    @Test
    void rules_of_a_chain_that_nobody_can_remove_are_deleted_one_by_one() {
        Facts without = with(
                PUBLISHED,
                namespace -> with(
                        namespace,
                        namespace.inode(),
                        namespace.links(),
                        namespace.neighbours(),
                        namespace.chains().map(all -> all.stream()
                                .filter(chain -> !chain.table().equals("nat"))
                                .toList()),
                        namespace.sockets()));

        Changes changes = Changes.between(PUBLISHED, without);

        assertThat(changes.commands("labhost"))
                .contains("iptables -t nat -D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE")
                .contains("iptables -t nat -F DOCKER")
                .noneMatch(command -> command.contains("-D DOCKER"));
    }

    @Test
    void commands_come_in_an_order_that_works() {
        List<String> commands = Changes.between(NETWORK, PUBLISHED).commands("labhost");

        assertThat(commands.get(0)).isEqualTo("ip netns add web");
        assertThat(commands.indexOf("ip -n web addr add 172.17.0.2/16 dev eth0"))
                .isLessThan(commands.indexOf("ip -n web link set eth0 up"));
        assertThat(commands.indexOf("ip -n web link set eth0 up"))
                .isLessThan(commands.indexOf("ip -n web route add default via 172.17.0.1 dev eth0"));
    }

    private static String inWords(String rule) {
        return Words.text(RuleWords.of(rule));
    }

    @Test
    void a_rule_is_put_into_words_only_where_all_of_it_is_understood() {
        assertThat(inWords("-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80"))
                .isEqualTo("tcp to :8080 not from docker0 → 172.17.0.4:80");
        assertThat(inWords("-A DOCKER -d 172.17.0.4/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT"))
                .isEqualTo("accept tcp to 172.17.0.4:80 not from docker0 into docker0");
        assertThat(inWords("-A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE"))
                .isEqualTo("masquerade everything from 10.9.0.0/24 not into br0");
        assertThat(inWords("-A INPUT -m limit --limit 5/min -j LOG --log-prefix \"a b\""))
                .isEqualTo("-m limit --limit 5/min -j LOG --log-prefix \"a b\"");
        assertThat(inWords("-A INPUT -d 10.0.0.1/32 -p tcp -m tcp ! --dport 22 -j DROP"))
                .isEqualTo("-d 10.0.0.1/32 -p tcp -m tcp ! --dport 22 -j DROP");
        assertThat(inWords("-A INPUT")).isEqualTo("everything, counted only");
    }
}
