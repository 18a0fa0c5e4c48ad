package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeCommandTest {
    private static final Scope RED = Scope.netns("red");

    @TempDir
    Path folder;

    private static String shown(ActiveProbe probe) {
        return probe.accept(new ProbeCommands(0)).shown().apply(LearnerCommand.in(probe.in()));
    }

    @Test
    void is_shown_as_a_learner_would_type_it() {
        assertThat(shown(new ActiveProbe.Ping(RED, "10.9.0.1"))).isEqualTo("ip netns exec red ping -c 1 10.9.0.1");
        assertThat(shown(new ActiveProbe.Tcp(RED, "10.9.0.1", 80)))
                .isEqualTo("ip netns exec red timeout 4 bash -c '</dev/tcp/10.9.0.1/80'");
        assertThat(shown(new ActiveProbe.Http(RED, "http://10.9.0.1:8080/a")))
                .isEqualTo("ip netns exec red curl -i http://10.9.0.1:8080/a");
        assertThat(shown(new ActiveProbe.DnsSpread(Scope.container("web"), "db", Optional.empty(), 5)))
                .isEqualTo("docker exec web sh -c 'for i in $(seq 5); do busybox nslookup db; done'");
        assertThat(shown(new ActiveProbe.Logs(Scope.container("web")))).isEqualTo("docker logs web");
        assertThat(shown(new ActiveProbe.MountedAt(Scope.LAB_HOST, "/run/x"))).isEqualTo("findmnt -n /run/x");
    }

    /** With the network alone, the files of the lab host would be read, which do not know the names of a container. */
    @Test
    void asks_for_a_name_with_the_files_of_the_container() {
        Scope web = Scope.container("web");
        assertThat(shown(new ActiveProbe.Http(web, "http://db/a")))
                .isEqualTo("docker exec web wget -S -O - http://db/a");
        assertThat(shown(new ActiveProbe.Tcp(web, "db", 80))).isEqualTo("docker exec web timeout 4 nc db 80");
        assertThat(shown(new ActiveProbe.Dns(web, "db", Optional.empty())))
                .isEqualTo("docker exec web busybox nslookup db");
        assertThat(shown(new ActiveProbe.Ping(web, "db"))).isEqualTo("docker exec web ping -c 1 db");
        assertThat(shown(new ActiveProbe.Http(web, "http://10.9.0.1/")))
                .isEqualTo("nsenter --target $(docker inspect -f '{{.State.Pid}}' web) --net curl -i http://10.9.0.1/");
    }

    private static final Scope WEB = Scope.container("web");

    private static ProbeCapture captured(ActiveProbe probe, int exit, String out, String err) {
        ProbeCommand asked = probe.accept(new ProbeCommands(0));
        LearnerCommand learner = new LearnerCommand(probe.in(), OptionalInt.of(42));
        return asked.reader().read(learner, asked.shown().apply(learner), exit, out, err);
    }

    /** The ping that runs is the lab host's, whose words another ping does not print. */
    @Test
    void shows_the_ping_that_ran_in_the_network_of_a_container() {
        assertThat(captured(new ActiveProbe.Ping(WEB, "10.9.0.12"), 1, "", "").command())
                .isEqualTo("nsenter --target 42 --net ping -c 1 10.9.0.12");
        ProbeCapture named = captured(
                new ActiveProbe.Ping(WEB, "db"),
                1,
                "PING db (172.18.0.3) 56(84) bytes of data.\nFrom 172.18.0.2 icmp_seq=1 Destination Host Unreachable\n",
                "");
        assertThat(named.command()).isEqualTo("nsenter --target 42 --net ping -c 1 172.18.0.3");
    }

    @Test
    void shows_the_address_that_a_name_had_in_a_container() {
        ProbeCapture refused = captured(
                new ActiveProbe.Tcp(WEB, "db", 80), 1, "to 172.18.0.3\n", "bash: connect: Connection refused\n");
        assertThat(refused.command())
                .isEqualTo("nsenter --target 42 --net timeout 4 bash -c '</dev/tcp/172.18.0.3/80'");
        assertThat(refused.out()).isEmpty();
        ProbeCapture nobody = captured(
                new ActiveProbe.Http(WEB, "http://db/"),
                7,
                "",
                "*   Trying 172.18.0.3:80...\n* connect to 172.18.0.3 port 80 failed: Connection refused\n"
                        + "curl: (7) Failed to connect to db port 80 after 0 ms: Couldn't connect to server\n");
        assertThat(nobody.command())
                .isEqualTo("nsenter --target 42 --net curl -i --resolve db:80:172.18.0.3 http://db/");
        ProbeCapture ipv6 = captured(
                new ActiveProbe.Http(WEB, "http://db:8080/a"),
                0,
                "HTTP/1.1 200 OK\r\n\r\n",
                "* Connected to db (fd00::12) port 8080 (#0)\n");
        assertThat(ipv6.command())
                .isEqualTo("nsenter --target 42 --net curl -i --resolve 'db:8080:[fd00::12]' http://db:8080/a");
        ProbeCapture datagram = captured(
                new ActiveProbe.Udp(WEB, "db", 53, Optional.empty()),
                0,
                "to 172.18.0.3\nrecv: Connection refused\n",
                "");
        assertThat(datagram.command())
                .isEqualTo("nsenter --target 42 --net timeout 2 bash -c "
                        + "'exec 3<>/dev/udp/172.18.0.3/53; echo >&3; cat <&3'");
        assertThat(UdpOutcome.parse(datagram).kind()).isEqualTo(UdpOutcome.Kind.REFUSED);
    }

    /** The container's own program is shown there, so its words are as well. */
    @Test
    void says_of_a_name_without_an_address_what_the_program_of_the_container_says() {
        ProbeCapture ping = captured(new ActiveProbe.Ping(WEB, "db"), 2, "", "ping: db: Name or service not known\n");
        assertThat(ping.command()).isEqualTo("docker exec web ping -c 1 db");
        PingOutcome outcome = PingOutcome.parse(ping, Set.of());
        assertThat(outcome.kind()).isEqualTo(PingOutcome.Kind.UNKNOWN_NAME);
        assertThat(Words.text(outcome.line())).isEqualTo("ping: bad address 'db'");
        ProbeCapture tcp = captured(
                new ActiveProbe.Tcp(WEB, "db", 80), 1, "", "bash: line 1: db: Temporary failure in name resolution\n");
        assertThat(TcpOutcome.parse(tcp))
                .isEqualTo(new TcpOutcome(TcpOutcome.Kind.UNKNOWN_NAME, Message.verbatim("nc: bad address 'db'")));
        ProbeCapture http =
                captured(new ActiveProbe.Http(WEB, "http://db/"), 6, "", "curl: (6) Could not resolve host: db\n");
        assertThat(http.command()).isEqualTo("docker exec web wget -S -O - http://db/");
        assertThat(Words.text(HttpOutcome.parse(http).line())).isEqualTo("wget: bad address 'db'");
    }

    @Test
    void a_name_without_an_address_keeps_its_words_where_the_lab_host_asks() {
        ProbeCapture ping =
                captured(new ActiveProbe.Ping(Scope.LAB_HOST, "db"), 2, "", "ping: db: Name or service not known\n");
        assertThat(ping.command()).isEqualTo("ping -n -c 1 db");
        assertThat(Words.text(PingOutcome.parse(ping, Set.of()).line()))
                .isEqualTo("ping: db: Name or service not known");
    }

    /** What a learner copies must ask the same as the probe did, whatever an author wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {"http://h/?a=1&b=2", "a;touch made", "$(touch made)", "`touch made`", "it's", "a > made", "[::1]"
            })
    void hands_over_whatever_an_author_wrote_as_one_word(String text) throws Exception {
        assertThat(words(shown(new ActiveProbe.Ping(Scope.LAB_HOST, text)))).isEqualTo("-n\n-c\n1\n" + text + "\n");
        assertThat(words(shown(new ActiveProbe.Http(Scope.LAB_HOST, text)))).isEqualTo("-i\n" + text + "\n");
        assertThat(words(shown(new ActiveProbe.MountedAt(Scope.LAB_HOST, text))))
                .isEqualTo("-n\n" + text + "\n");
        assertThat(words(shown(new ActiveProbe.Dns(Scope.LAB_HOST, text, Optional.of(text)))))
                .isEqualTo("nslookup\n" + text + "\n" + text + "\n");
        assertThat(words(shown(new ActiveProbe.DnsSpread(Scope.LAB_HOST, text, Optional.empty(), 1))))
                .isEqualTo("nslookup\n" + text + "\n");
        assertThat(words(shown(new ActiveProbe.Tcp(Scope.LAB_HOST, text, 80)))).isEmpty();
        assertThat(folder.resolve("made")).doesNotExist();
    }

    /** The words that the program of a command would get, from a bash that has functions in place of the programs. */
    private String words(String command) throws IOException, InterruptedException {
        Path script = folder.resolve("script");
        Files.writeString(
                script,
                "w() { printf '%s\\n' \"$@\"; }\nping() { w \"$@\"; }; curl() { w \"$@\"; }; findmnt() { w \"$@\"; }\n"
                        + "busybox() { w \"$@\"; }; export -f w busybox\nsh() { bash \"$@\"; }\n" + command + "\n",
                StandardCharsets.UTF_8);
        Process bash = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return out;
    }
}
