package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Question.Answer;
import dev.drydock.engine.session.Session.Answered;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
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

class AnswerMistakesTest {
    private static final Facts FACTS = facts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    172.17.0.0/16   | 172.17.0.0      | MaskForgotten     | prefix length, which stands behind a slash
                    172.17.0.0/16   | 172.17.0.0/24   | OtherMask         | its prefix length is not 24
                    172.17.0.0/16   | 172.17.0.1/16   | HostOfSubnet      | 172.17.0.1 is the address of docker0 on the lab host
                    172.17.0.0/16   | 172.17.0.9      | HostOfSubnet      | 172.17.0.9 is one address in that subnet
                    172.17.0.0/16   | 10.0.2.15       | AddressOf         | the address of eth0 on the lab host
                    172.17.0.2      | 172.17.0.0/16   | SubnetForAddress  | a whole subnet
                    172.17.0.2      | 172.17.0.1      | AddressOf         | the address of the bridge docker0 on the lab host
                    172.17.0.2      | 172.17.0.3/16   | AddressOf         | the address of eth0 in web
                    172.17.0.2      | 10.0.2.15       | AddressOf         | the address of eth0 on the lab host
                    172.17.0.2      | 127.0.0.1       | AddressOf         | the loopback address
                    172.17.0.2      | 172.20.0.1      | GatewayOf         | the gateway of the Docker network lan
                    172.17.0.3:80   | 172.17.0.3      | PortOf            | the port is missing
                    172.17.0.3:80   | 172.17.0.3:8080 | PortOf            | 8080 is not the port: it is the port that is published
                    172.17.0.3:80   | 172.17.0.3:81   | PortOf            | 81 is not the port
                    172.17.0.3:80   | 10.0.2.15:80    | AddressOf         | the address of eth0 on the lab host
                    02:42:ac:11:0:3 | 02-42-ac-11-00-02 | MacOf           | the MAC address of eth0 in app
                    02:42:ac:11:0:3 | 172.17.0.3      | AddressOf         | the address of eth0 in web
                    02:42:ac:11:0:3 | 9.9.9.9         | OtherKind         | that is an IP address. The question asks for a MAC address
                    4242            | 1               | PidInside         | counts its processes from 1
                    4242            | 7               | PidInside         | counts its processes from 1
                    4242            | 300             | PidOf             | another process, dockerd
                    4242            | httpd           | ProgramForPid     | the name of the program. The question asks for a number
                    4242            | dockerd         | ProgramForPid     | the name of a program
                    4026532177      | 4026531840      | InodeOf           | the network namespace of the lab host
                    4026532177      | net:[4026531840] | InodeOf        | the network namespace of the lab host
                    4026532177      | 4242            | PidOf             | the process httpd. The question asks for the number
                    80              | 8080            | OtherPort         | of the lab host that leads to web
                    8080            | 80/tcp          | OtherPort         | inside web
                    1450            | 1500            | MtuOf             | the MTU of eth0 on the lab host
                    1               | two interfaces  | CountedLoopback   | count lo
                    vethweb         | eth0            | NameInside        | the name in web
                    vethweb         | VETHAPP         | OtherInterface    | one end of another veth pair on the lab host; its other end is eth0 in app
                    vethweb         | docker0         | OtherInterface    | a bridge on the lab host
                    vethweb         | lo              | OtherInterface    | the loopback interface
                    vethweb         | 6               | IndexForName      | its ifindex
                    docker0         | eth0            | OtherInterface    | another interface on the lab host
                    dockerd         | docker          | NameOf            | the client
                    dockerd         | containerd      | NameOf            | another program
                    web             | httpd           | NameOf            | the name of an image
                    web             | app             | NameOf            | the name of a container
                    web             | 0123456789ab    | NameOf            | the ID of a container
                    web             | lan             | NameOf            | the name of a Docker network
                    web             | red             | NameOf            | the name of a network namespace
                    DOCKER-USER     | forward         | NameOf            | another chain
                    DOCKER-USER     | DROP            | NameOf            | the target of a rule
                    br-0a1b2c3d4e5f | macvlan         | NameOf            | a driver
                    """)
    void a_wrong_answer_of_a_known_kind_says_what_it_is(String right, String typed, String kind, String says) {
        String key = right.replace(":0:", ":00:").replaceAll(":0(?=:|$)", ":00").replaceAll(":3$", ":03");
        AnswerMistake mistake = AnswerMistakes.of(typed, key, FACTS).orElseThrow();
        String said = Words.text(mistake.said(typed));

        assertThat(mistake.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(said).startsWith("'" + typed + "' is not ").contains(says);
        assertThat(said.replace(typed, ""))
                .doesNotContainPattern("(?<![\\w.])" + java.util.regex.Pattern.quote(key) + "(?![\\w.])");
    }

    @Test
    void what_is_nothing_that_is_there_is_of_no_known_kind() {
        for (String typed : List.of("9.9.9.9", "nonsense", "172.17.0.77", "a whole sentence")) {
            assertThat(AnswerMistakes.of(typed, typed.matches("[\\d.]+") ? "172.17.0.2" : "vethweb", FACTS))
                    .as(typed)
                    .isEmpty();
        }
        assertThat(AnswerMistakes.of("3", "7", FACTS)).isEmpty();
        assertThat(AnswerMistakes.of("eth0", "vethweb", new Facts("labhost", new TreeMap<>())))
                .isEmpty();
    }

    @Test
    void a_wish_is_no_answer_unless_it_is_the_right_one() {
        Answer answer = new Answer.OneOf(List.of("topo", "map"));
        AnswerKey key = AnswerKey.read(answer, null, () -> FACTS);

        Answered help = key.judge(answer, " ? ", word -> word.equals("?"), () -> FACTS);
        assertThat(help.counts()).isFalse();
        assertThat(help.right()).isFalse();
        assertThat(key.judge(answer, "topo", word -> true, () -> FACTS).right()).isTrue();
        assertThat(key.judge(answer, "docker", word -> false, () -> FACTS).counts())
                .isTrue();
    }

    // --- a lab host with two containers, on paper ---

    private static Facts facts() {
        Namespace host = namespace(
                4026531840L,
                Scope.LAB_HOST,
                List.of(
                        link(1, "lo", "", 65536, "", "127.0.0.1/8", 0),
                        link(2, "eth0", "", 1500, "02:00:00:00:00:01", "10.0.2.15/24", 0),
                        link(3, "docker0", "bridge", 1500, "02:42:00:00:00:01", "172.17.0.1/16", 0),
                        link(6, "vethapp", "veth", 1500, "02:00:00:00:00:06", "", 5),
                        link(8, "vethweb", "veth", 1500, "02:00:00:00:00:08", "", 7)));
        Namespace app = namespace(
                4026532100L,
                Scope.container("app"),
                List.of(
                        link(1, "lo", "", 65536, "", "127.0.0.1/8", 0),
                        link(5, "eth0", "veth", 1450, "02:42:ac:11:00:02", "172.17.0.2/16", 6)));
        Namespace web = namespace(
                4026532177L,
                Scope.container("web"),
                List.of(
                        link(1, "lo", "", 65536, "", "127.0.0.1/8", 0),
                        link(7, "eth0", "veth", 1500, "02:42:ac:11:00:03", "172.17.0.3/16", 8)));
        Namespace red = namespace(4026532200L, Scope.netns("red"), List.of());
        return new Facts(
                "labhost",
                new TreeMap<>(Map.of(
                        "labhost",
                        new HostFacts(
                                "labhost",
                                known(List.of(host, app, web, red)),
                                known(List.of(
                                        container("fedcba98765432", "app", "busybox", 4200, List.of()),
                                        container(
                                                "0123456789abcdef",
                                                "web",
                                                "httpd:2.4",
                                                4242,
                                                List.of(new PortMapping("0.0.0.0", 8080, "tcp", 80))))),
                                known(List.of(new DockerNetwork(
                                        "0a1b2c3d4e5f6789",
                                        "lan",
                                        "bridge",
                                        List.of(Cidr.parse("172.20.0.0/16")),
                                        List.of(IpAddress.parse("172.20.0.1")),
                                        List.of(),
                                        Optional.of("br-0a1b2c3d4e5f"),
                                        List.of(),
                                        Map.of(),
                                        false))),
                                Map.of(),
                                known(List.of(
                                        process(1, 4026531840L, "init"),
                                        process(300, 4026531840L, "dockerd"),
                                        process(310, 4026531840L, "containerd"),
                                        process(4200, 4026532100L, "sleep"),
                                        process(4242, 4026532177L, "httpd"))),
                                Map.of()))));
    }

    private static ProcessEntry process(int pid, long netns, String comm) {
        return new ProcessEntry(pid, netns, Optional.empty(), comm, comm);
    }

    private static Container container(String id, String name, String image, int pid, List<PortMapping> published) {
        return new Container(
                id,
                name,
                image,
                "running",
                true,
                0,
                pid,
                "bridge",
                Map.of(),
                new Container.Ports(published, List.of()),
                Map.of(),
                "",
                known(""));
    }

    private static Namespace namespace(long inode, Scope name, List<Link> links) {
        return new Namespace(
                inode,
                Set.of(name),
                known(links),
                known(List.of()),
                known(RoutingRule.USUAL),
                known(List.of()),
                known(List.of()),
                known(
                        name.equals(Scope.LAB_HOST)
                                ? List.of(
                                        new Chain("nft", false, "filter", "FORWARD", Optional.of("DROP"), List.of()),
                                        new Chain("nft", false, "filter", "DOCKER-USER", Optional.empty(), List.of()))
                                : List.of()),
                known(Map.of()),
                known(List.of()),
                known(Map.of()));
    }

    private static Link link(int index, String name, String kind, int mtu, String mac, String address, int peer) {
        return new Link(
                index,
                name,
                kind,
                true,
                "UP",
                true,
                true,
                false,
                mac.isEmpty() ? Optional.empty() : Optional.of(MacAddress.parse(mac)),
                mtu,
                Optional.empty(),
                peer == 0 ? OptionalInt.empty() : OptionalInt.of(peer),
                peer == 0 ? OptionalInt.empty() : OptionalInt.of(0),
                Layer.NONE,
                address.isEmpty() ? List.of() : List.of(new InterfaceAddress(Cidr.parse(address), "global", false)));
    }

    private static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value, new Evidence("ip addr", ""));
    }
}
