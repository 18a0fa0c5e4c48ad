package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

    /** What a learner copies must ask the same as the probe did, whatever an author wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {"http://h/?a=1&b=2", "a;touch made", "$(touch made)", "`touch made`", "it's", "a > made", "[::1]"
            })
    void hands_over_whatever_an_author_wrote_as_one_word(String text) throws Exception {
        assertThat(words(shown(new ActiveProbe.Ping(Scope.LAB_HOST, text)))).isEqualTo("-c\n1\n" + text + "\n");
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
