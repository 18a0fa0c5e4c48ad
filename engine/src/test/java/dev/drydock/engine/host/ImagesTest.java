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
class ImagesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String UNTIL =
            "until_true() { for i in {1..100}; do \"$@\" && return; read -t 0.1 <> <(:); done; return 1; }\n";

    @TempDir
    static Path worlds;

    private static World world;

    @BeforeAll
    static void build() {
        world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest(
                        "a-lab", List.of("labhost"), Set.of("docker"), List.of("busybox", "nginx", "toolbox")));
    }

    @AfterAll
    static void end() {
        world.end();
    }

    private static ProbeOutput run(String script) {
        return world.labHost().run(UNTIL + script, LIMIT);
    }

    private static String says(String script) {
        ProbeOutput output = run(script);
        assertThat(output.exit()).as(output.out() + output.err()).isZero();
        return output.out();
    }

    @Test
    void nginx_serves_its_page_and_logs_where_docker_finds_it() {
        says("docker run -d --name page -p 8081:80 nginx");
        assertThat(says("until_true curl -sf http://127.0.0.1:8081/")).contains("<title>Welcome to nginx!</title>");
        assertThat(says("docker exec page sh -c 'nginx -t 2>&1'")).contains("test is successful");
        assertThat(says("docker logs page 2>/dev/null")).contains("\"GET / HTTP/1.1\" 200");
        assertThat(says("docker logs page 2>&1 >/dev/null")).contains("start worker process");
        says("docker rm -f page");
    }

    @Test
    void an_image_that_is_not_there_is_pulled_from_the_internet_of_the_world() {
        assertThat(run("docker run -d --name pulled -p 8083:80 httpd").err())
                .contains("Unable to find image 'httpd:latest' locally")
                .contains("Status: Downloaded newer image for httpd:latest");
        assertThat(says("until_true curl -sf http://127.0.0.1:8083/")).startsWith("Hello from container ");
        says("docker rm -f pulled; docker rmi httpd busybox toolbox; docker pull -q busybox");
        assertThat(says("docker run --rm toolbox ip -br link show lo")).contains("LOOPBACK");
        assertThat(says("docker image inspect -f '{{.Config.Cmd}} {{.Config.ExposedPorts}}' busybox"))
                .isEqualTo("[sh] map[]\n");
        assertThat(run("docker pull alpine").err()).contains("registry-1.docker.io");
    }

    @Test
    void nginx_does_not_start_with_an_upstream_that_nobody_knows() {
        says("echo 'server { listen 80; location / { proxy_pass http://backend:8080; } }' >/tmp/unknown.conf");
        ProbeOutput output = run("docker run --name unknown -v /tmp/unknown.conf:/etc/nginx/conf.d/default.conf nginx");
        assertThat(output.exit()).isEqualTo(1);
        assertThat(output.err())
                .contains("[emerg] 1#1: host not found in upstream \"backend\" in /etc/nginx/conf.d/default.conf:1");
        says("docker rm -f unknown");
    }

    @Test
    void nginx_asks_the_networks_name_server_for_its_upstream() {
        says("docker network create app && docker run -d --name backend --network app nginx");
        says("echo 'server { listen 80; location / { proxy_pass http://backend/; } }' >/tmp/known.conf");
        says(
                "docker run -d --name front --network app -p 8082:80 -v /tmp/known.conf:/etc/nginx/conf.d/default.conf nginx");
        assertThat(says("until_true curl -sf http://127.0.0.1:8082/")).contains("Welcome to nginx!");
        says("docker rm -f front backend && docker network rm app");
    }

    @Test
    void the_toolbox_has_the_real_tools_in_front_of_busyboxs() {
        assertThat(
                        says(
                                "docker run --rm toolbox bash -c 'for tool in ip ss bridge tc curl tcpdump ping bash; do type -P $tool; done'"))
                .isEqualTo("/usr/bin/ip\n/usr/bin/ss\n/usr/bin/bridge\n/usr/bin/tc\n/usr/bin/curl\n"
                        + "/usr/bin/tcpdump\n/usr/bin/ping\n/usr/bin/bash\n");
        assertThat(says("docker run --rm toolbox sh -c '/bin/ip -json address show lo'"))
                .contains("\"ifname\":\"lo\"");
        assertThat(says("docker run --rm toolbox curl -s http://8.8.8.8/"))
                .contains("Your packets come from 10.0.2.15");
        assertThat(says("docker run --rm toolbox ping -c 1 -W 2 8.8.8.8")).contains("1 received");
        assertThat(says("docker run --rm toolbox tc qdisc show dev eth0")).contains("noqueue");
        assertThat(says("docker run --rm toolbox bridge link")).isEmpty();
        assertThat(says("docker run --rm toolbox ss -ltn")).startsWith("State");
    }

    @Test
    void the_toolbox_sees_packets() {
        assertThat(says("docker run --rm toolbox bash -c '"
                        + "tcpdump -ni eth0 -c 2 icmp 2>/tmp/told & until grep -q listening /tmp/told; do sleep 0.05; done; "
                        + "ping -qc 1 8.8.8.8 >/dev/null; wait'"))
                .contains("> 8.8.8.8: ICMP echo request")
                .contains("8.8.8.8 > ");
    }

    @Test
    void an_engine_without_images_starts_as_well() {
        World bare = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of()));
        try {
            assertThat(bare.labHost().run("docker images -q", LIMIT).out()).isEmpty();
        } finally {
            bare.end();
        }
    }
}
