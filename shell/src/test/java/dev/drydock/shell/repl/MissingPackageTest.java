package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingPackageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apt install traceroute|100|traceroute",
                "sudo apt-get -y install nmap|100|nmap",
                "DEBIAN_FRONTEND=noninteractive apt-get install -qq tcpdump=4.99 iftop|100|iftop",
                "apt-get update|0|what you need",
                "apt update && apt install vim|100|vim",
                "pip install scapy|1|scapy",
                "pip3 install scapy|127|scapy",
                "apk add bind-tools|127|bind-tools"
            })
    void says_that_nothing_can_be_installed(String line, int exit, String what) {
        assertThat(MissingPackage.of(line, exit, script -> "").map(Words::text))
                .contains(
                        "Nothing can be installed here: a lab host reaches no server with packages. It uses the programs"
                                + " of your machine. Install " + what + " there, in a terminal outside the lab.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apt install nano|0",
                "apt list|0",
                "apt-get remove nano|100",
                "echo apt install nano|1",
                "docker compose up|0",
                "docker ps|1",
                "docker-compose up|1",
                "false|1"
            })
    void is_silent_otherwise(String line, int exit) {
        assertThat(MissingPackage.of(line, exit, script -> "")).isEmpty();
    }

    @Test
    void tells_a_plugin_that_is_missing_from_one_that_failed() {
        assertThat(MissingPackage.of("docker compose up -d", 1, script -> "").map(Words::text))
                .contains(
                        "`docker compose` is a plugin of Docker that your machine does not have. No lab needs it: `docker"
                                + " run` starts each container, and `docker network create` makes a network for them.");
        assertThat(MissingPackage.of("docker-compose up", 127, script -> "")).isPresent();
        assertThat(MissingPackage.of("docker compose up", 1, script -> "yes")).isEmpty();
    }
}
