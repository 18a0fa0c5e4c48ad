package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingImageTest {
    private static final String IMAGES = "busybox:latest\nhttpd:latest\n<none>:<none>\nmine:2\n\n.";
    private static final String AND_REGISTRY =
            "busybox:latest\n{\"repositories\":[\"library/busybox\",\"library/httpd\"]}\n.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker run nginx",
                "docker run -d --name web -p 8080:80 nginx",
                "sudo docker run --name busybox alpine sh",
                "docker container create nginx:1.25",
                "cd /tmp && docker --debug run nginx | cat",
                "docker run mine"
            })
    void tells_the_images_that_there_are(String line) {
        assertThat(MissingImage.of(line, 125, script -> IMAGES).map(Words::text))
                .contains("No registry answers this lab host. Images that are here: busybox, httpd, mine:2.");
    }

    @Test
    void tells_what_the_registry_has() {
        assertThat(MissingImage.of("docker run nginx", 125, script -> AND_REGISTRY)
                        .map(Words::text))
                .contains(
                        "The registry of this lab does not have that image. It has these, as latest: busybox, httpd. Images"
                                + " that are here: busybox.");
        assertThat(MissingImage.of("docker run --nmae web httpd", 125, script -> AND_REGISTRY))
                .isEmpty();
        assertThat(MissingImage.of("docker run httpd:2.4", 125, script -> AND_REGISTRY))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker run busybox|125",
                "docker run -p 80:80 docker.io/library/httpd:latest|125",
                "docker run mine:2|125",
                "docker run 3f2a9c1d|125",
                "docker run $IMAGE|125",
                "docker run nginx|0",
                "docker run nginx|127",
                "docker network create red|1",
                "docker ps|1",
                "echo docker|1",
                "false|1"
            })
    void is_silent_otherwise(String line, int exit) {
        assertThat(MissingImage.of(line, exit, script -> IMAGES)).isEmpty();
    }

    @Test
    void tells_a_pull_from_a_docker_that_does_not_answer() {
        assertThat(MissingImage.of("docker pull nginx", 1, script -> IMAGES)).isPresent();
        assertThat(MissingImage.of("docker pull nginx", 1, script -> "")).isEmpty();
        assertThat(MissingImage.of("docker pull nginx", 1, script -> ".").map(Words::text))
                .contains("No registry answers this lab host. No image is here.");
    }
}
