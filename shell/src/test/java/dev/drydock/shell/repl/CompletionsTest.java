package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
    private static final LiveNames NAMES = new LiveNames(
            names("eth0", "docker0", "vethab"),
            names("eth0", "docker0", "vethab", "lo"),
            names("red", "blue"),
            names("web", "db"),
            names("bridge", "mynet"),
            names("docker0"),
            names("172.17.0.2", "127.0.0.1", "fe80::1"),
            names("busybox"),
            names("alpha", "beta"),
            names("alpha", "beta", "red", "web", "beta/blue"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link set e          | eth0",
                "ip link set dev do     | docker0",
                "ip link set eth0 master d | docker0",
                "ip link set eth0 netns r  | red",
                "ip addr add 10.0.0.1/24 dev ve | vethab",
                "ip netns exec b        | blue",
                "ip netns del r         | red",
                "ip -n r                | red",
                "ip -n red link set l   | lo",
                "ip netns exec red ip link sh | show",
                "ip route add default via 172 | 172.17.0.2",
                "ip lin                 | link",
                "docker exec w          | web",
                "docker exec -it d      | db",
                "docker stop web d      | db",
                "docker logs -f w       | web",
                "docker network inspect m | mynet",
                "docker network connect mynet w | web",
                "docker run --network my | mynet",
                "docker run --network=container:d | --network=container:db",
                "docker run -d bus      | busybox",
                "on al                  | alpha",
                "lab on b               | beta",
                "ping be                | beta",
                "docker netw            | network",
                "brctl addif d          | docker0",
                "brctl addif docker0 e  | eth0",
                "brctl addb             | addbr",
                "ping 172               | 172.17.0.2",
                "ping -c 1 8            | 8.8.8.8",
                "iptables -t n          | nat",
                "iptables -t nat -A POS | POSTROUTING",
                "iptables -A FORWARD -i do | docker0",
                "iptables -A FORWARD -j MA | MASQUERADE",
                "nsenter --net=/run/netns/r | --net=/run/netns/red",
                "tcpdump -n -i ve       | vethab",
                "why w                  | web",
                "why web be             | beta,beta/blue",
                "why web beta/          | beta/blue",
                "trace red 172          | 172.17.0.2",
                "lab trace r            | red",
                "lab why --fix-hint red w | web",
                "why red http://w       | http://web",
                "why red name:w         | name:web",
                "why red ipv6:b         | ipv6:beta,ipv6:beta/blue",
                "why red web:53/        | web:53/tcp,web:53/udp",
                "trace red web:53/u     | web:53/udp",
                "lab hi                 | hint"
            })
    void offers_what_fits(String line, String wanted) {
        assertThat(complete(line)).containsExactly(wanted.split(","));
    }

    @Test
    void offers_addresses_as_where_to_but_not_as_who_asks() {
        assertThat(complete("why ")).containsExactly("alpha", "beta", "beta/blue", "red", "web");
        assertThat(complete("why web 8")).containsExactly("8.8.8.8");
        assertThat(complete("why web red ")).isEmpty();
    }

    @Test
    void offers_all_namespaces_and_nothing_else_behind_exec() {
        assertThat(complete("ip netns exec ")).containsExactly("blue", "red");
    }

    @Test
    void offers_no_loopback_and_no_colons_to_ping() {
        assertThat(complete("ping ")).containsExactly("1.1.1.1", "172.17.0.2", "8.8.8.8", "alpha", "beta");
    }

    @Test
    void looks_at_the_command_in_which_the_cursor_stands() {
        assertThat(complete("docker ps; ip netns exec r")).containsExactly("red");
        assertThat(complete("x=$(true) && docker exec w")).containsExactly("web");
        assertThat(BashParser.atCursor("docker exec w && true", 13).words()).isEqualTo(List.of("docker", "exec", "w"));
    }

    @Test
    void writes_a_name_so_that_bash_takes_it_as_one_word() {
        assertThat(BashParser.atCursor("ls a", 4).escape("a folder/it's", true)).hasToString("a\\ folder/it\\'s");
        assertThat(BashParser.atCursor("ls a", 4).escape("~/$x", true)).hasToString("~/\\$x");
    }

    @Test
    void has_no_names_before_the_first_look() {
        assertThat(LiveNames.of(Optional.empty(), List.of("labhost"), "labhost").containers())
                .isEmpty();
    }

    @Test
    void tells_verbs_commands_and_unknown_words_apart() {
        Vocabulary words = new Vocabulary(
                script -> "",
                host -> NAMES,
                List::of,
                () -> false,
                java.nio.file.Path.of("history"),
                new LineColours(dev.drydock.shell.screen.ColorMode.NONE));
        assertThat(words.standing("nosuch")).isEqualTo(Vocabulary.Standing.UNSURE);
        words.learn("ls\nhelp\n");
        assertThat(Map.of(
                        "ls", words.standing("ls"),
                        "help", words.standing("help"),
                        "hint", words.standing("hint"),
                        "nosuch", words.standing("nosuch"),
                        "$x", words.standing("$x")))
                .isEqualTo(Map.of(
                        "ls", Vocabulary.Standing.COMMAND,
                        "help", Vocabulary.Standing.VERB,
                        "hint", Vocabulary.Standing.VERB,
                        "nosuch", Vocabulary.Standing.UNKNOWN,
                        "$x", Vocabulary.Standing.UNSURE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain v            | VXLAN,veth",
                "explain default      | default",
                "lab explain Default  | default",
                "explain default r    | route",
                "explain veth pair x  | ''",
                "hint v               | ''"
            })
    void offers_the_terms_of_the_glossary_word_by_word(String line, String expected) {
        assertThat(String.join(",", complete(line))).isEqualTo(expected);
    }

    private static Set<String> complete(String line) {
        return new Completions(NAMES, () -> List.of("veth pair", "VXLAN", "default bridge", "default route"))
                .of(BashParser.atCursor(line, line.length()).words())
                .keySet();
    }

    private static SortedMap<String, Message> names(String... names) {
        SortedMap<String, Message> all = new TreeMap<>();
        for (String name : names) {
            all.put(name, Message.NONE);
        }
        return all;
    }
}
