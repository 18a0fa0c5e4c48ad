package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drydock.verify.ProbeOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody types who knows a machine and not a lab host. */
@Tag("kernel")
class LabToolsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOLD =
            "sudo: You are root on a lab host, so sudo is not needed here. The command runs as it is.\n";

    @TempDir
    static Path worlds;

    private static World plain;
    private static World docker;

    @BeforeAll
    static void build() {
        Sandboxes sandboxes = new Sandboxes(new LocalPlace(), worlds);
        plain = sandboxes.build(new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of()));
        docker = sandboxes.build(new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox")));
    }

    @AfterAll
    static void end() {
        plain.end();
        docker.end();
    }

    private static ProbeOutput run(String script) {
        return plain.labHost().run(script, LIMIT);
    }

    private static ProbeOutput docker(String script) {
        return docker.labHost().run(script, LIMIT);
    }

    @Test
    void man_shows_a_page() {
        assumeThat(Files.exists(Path.of("/usr/share/man/man8/ip.8.gz"))).isTrue();
        ProbeOutput output = run("MANPAGER=cat man ip");
        assertThat(output.err()).isEmpty();
        assertThat(output.out()).contains("show / manipulate routing");
    }

    @Test
    void sudo_runs_the_command_as_it_is_and_says_so_once_in_a_session() {
        ProbeOutput output = run("sudo echo one; sudo -E echo two; cd /tmp && sudo pwd; X=1 sudo printenv X");
        assertThat(output.out()).isEqualTo("one\ntwo\n/tmp\n1\n");
        assertThat(output.err()).isEqualTo(TOLD);
        assertThat(run("sudo true").err()).as("another session").isEqualTo(TOLD);
    }

    @Test
    void sudo_knows_its_common_options() {
        assertThat(
                        run("sudo -u root -nH -- id -u; sudo --user=nobody id -u; sudo -unobody id -un; sudo -u '#7' id -u; sudo A='b c' printenv A")
                                .out())
                .isEqualTo("0\n65534\nnobody\n7\nb c\n");
        assertThat(
                        run("sudo -i pwd; sudo -s 'echo' 'a b;c'; echo 'echo $0 $HOME' | sudo -i; sudo -D /usr pwd; sudo -v; echo $?; sudo -i printenv PATH | cut -d: -f1")
                                .out())
                .isEqualTo("/root\na b;c\n/bin/bash /root\n/usr\n0\n/usr/local/sbin\n");
        assertThat(run("sudo bash -c 'exit 7'").exit()).isEqualTo(7);
        assertThat(run("sudo cd /").err()).endsWith("sudo: cd: command not found\n");
        assertThat(run("sudo").exit()).isEqualTo(1);
        assertThat(run("sudo -u nosuchuser id").err()).endsWith("sudo: unknown user nosuchuser\n");
    }

    @Test
    void a_program_that_is_missing_names_its_package() {
        ProbeOutput output = run("PATH=/usr/local/sbin command-not-found traceroute");
        assertThat(output.exit()).isEqualTo(127);
        assertThat(output.err())
                .isEqualTo(
                        "bash: traceroute: command not found\n"
                                + "The Debian package traceroute has traceroute: install it on your own machine, not in here. A lab host sees it at once.\n");
        assertThat(run("command-not-found nosuchprogram").err()).isEqualTo("bash: nosuchprogram: command not found\n");
    }

    @Test
    void there_is_no_systemd() {
        ProbeOutput ssh = run("systemctl restart ssh");
        assertThat(ssh.exit()).isEqualTo(5);
        assertThat(ssh.err())
                .isEqualTo(
                        """
                        Failed to restart ssh.service: Unit ssh.service not found.
                        A lab host has no systemd: here systemctl, service and journalctl only know docker.
                        """);
        assertThat(run("service docker start").err())
                .endsWith("This lab has no Docker, so there is nothing to start or stop.\n");
        assertThat(run("systemctl list-units").err()).startsWith("A lab host has no systemd");
        assertThat(run("journalctl -xe").err()).startsWith("A lab host has no systemd");
        assertThat(run("pgrep dockerd").exit()).isEqualTo(1);
    }

    @Test
    void docker_is_stopped_and_started_as_by_systemd() {
        assertThat(docker(
                                "docker run -d --name stays --restart always busybox sleep 1d && docker run -d --name ends busybox httpd -f")
                        .exit())
                .isZero();
        assertThat(docker("systemctl is-active docker; systemctl status docker | head -n 3")
                        .out())
                .startsWith("active\n● docker.service - Docker Application Container Engine\n")
                .contains("Active: active (running)");
        String before = docker("pidof dockerd").out();
        ProbeOutput restart = docker("systemctl restart docker");
        assertThat(restart.exit()).as(restart.err()).isZero();
        assertThat(docker("pidof dockerd").out()).isNotEqualTo(before);
        assertThat(docker(
                                "docker ps --format '{{.Names}}'; docker ps -a --format '{{.Names}}' | sort; docker images --format '{{.Repository}}'")
                        .out())
                .isEqualTo("stays\nends\nstays\nbusybox\n");
        assertThat(docker("docker exec stays ping -c 1 -W 2 8.8.8.8").exit()).isZero();
        assertThat(docker("service docker stop; systemctl is-active docker.service; pidof dockerd; docker ps")
                        .out())
                .isEqualTo("inactive\n");
        assertThat(docker("service docker status").exit()).isEqualTo(3);
        // What systemd starts belongs to the host, wherever it was asked.
        assertThat(docker("ip netns add red; ip netns exec red systemctl start docker")
                        .exit())
                .isZero();
        assertThat(docker(
                                "test /proc/$(pidof dockerd)/ns/net -ef /proc/1/ns/net; echo $?; systemctl start docker; echo $?; ps -o ppid= -C dockerd")
                        .out()
                        .replace(" ", ""))
                .isEqualTo("0\n0\n1\n");
        assertThat(docker("journalctl -u docker -n 5").out().lines().count()).isEqualTo(5);
    }

    @Test
    void docker_takes_the_settings_that_it_is_started_with() {
        assertThat(docker(
                                "mkdir -p /etc/docker; echo '{\"bip\": \"172.30.0.1/24\"}' >/etc/docker/daemon.json; systemctl restart docker && ip -br -4 address show docker0")
                        .out())
                .contains("172.30.0.1/24");
        assertThat(docker("echo nonsense >/etc/docker/daemon.json; systemctl restart docker")
                        .exit())
                .isEqualTo(1);
        assertThat(docker("rm /etc/docker/daemon.json; systemctl start docker && docker version")
                        .exit())
                .isZero();
        assertThat(docker(
                                "mkdir -p /etc/default; echo 'DOCKER_OPTS=\"--bip 172.31.0.1/24\"' >/etc/default/docker; systemctl restart docker && ip -br -4 address show docker0")
                        .out())
                .contains("172.31.0.1/24");
    }
}
