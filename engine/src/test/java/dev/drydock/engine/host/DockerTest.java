package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class DockerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path worlds;

    private static World world;

    @BeforeAll
    static void build() {
        world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox", "httpd")));
    }

    @AfterAll
    static void end() {
        world.end();
    }

    private static ProbeOutput run(String script) {
        return world.labHost().run(script, LIMIT);
    }

    private static void succeeds(String script) {
        ProbeOutput output = run(script);
        assertThat(output.exit()).as(output.err()).isZero();
    }

    @Test
    void has_the_images_that_were_asked_for_and_the_default_networks() {
        assertThat(run("docker images --format '{{.Repository}}:{{.Tag}}' | sort")
                        .out())
                .isEqualTo("busybox:latest\nhttpd:latest\n");
        assertThat(run("docker network ls --format '{{.Name}}' | sort").out()).isEqualTo("bridge\nhost\nnone\n");
        assertThat(run("ip -br -4 address show docker0").out()).contains("172.17.0.1/16");
    }

    @Test
    void containers_reach_each_other_and_the_internet_behind_the_hosts_address() {
        succeeds("docker run -d --name one busybox sleep 1d && docker run -d --name two busybox sleep 1d");
        assertThat(run("docker exec one ping -c 1 -W 2 $(docker inspect -f '{{.NetworkSettings.IPAddress}}' two)")
                        .out())
                .contains("1 packets received");
        assertThat(run("docker exec one wget -qO- http://8.8.8.8/").out())
                .isEqualTo("Hello from the Internet. Your packets come from 10.0.2.15\n");
        succeeds("docker rm -f one two");
    }

    @Test
    void a_published_page_names_its_container() {
        succeeds("docker run -d --name web -h webhost -p 8080:80 httpd");
        assertThat(
                        run("for i in {1..50}; do busybox wget -qO- http://127.0.0.1:8080/ && break; read -t 0.1 <> <(:); done")
                                .out())
                .isEqualTo("Hello from container webhost\n");
        succeeds("docker rm -f web");
    }

    @Test
    void busybox_starts_a_shell_and_knows_its_programs() {
        assertThat(
                        run("echo 'busybox | head -n 1 | cut -d\" \" -f1; which ip nslookup vi' | docker run -i --rm busybox")
                                .out())
                .isEqualTo("BusyBox\n/bin/ip\n/bin/nslookup\n/bin/vi\n");
    }

    @Test
    void an_image_that_is_not_there_is_refused_at_once() {
        ProbeOutput output = run("docker run --rm nosuchimage true");
        assertThat(output.exit()).isEqualTo(125);
        assertThat(output.elapsed()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void user_defined_networks_resolve_names() {
        succeeds(
                "docker network create --subnet 172.20.0.0/16 custom && docker run -d --name named --network custom busybox sleep 1d");
        assertThat(run("docker run --rm --network custom busybox ping -c 1 -W 2 named")
                        .out())
                .contains("1 packets received");
        succeeds("docker rm -f named && docker network rm custom");
    }

    @Test
    void a_container_outlives_the_script_that_started_it() {
        succeeds("docker run -d --name stays busybox sleep 1d");
        assertThat(run("docker inspect -f '{{.State.Running}}' stays").out()).isEqualTo("true\n");
        succeeds("docker rm -f stays");
    }
}
