package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that keep a machine and put it back, on a machine of the test's own, made of namespaces. */
@Tag("kernel")
class MachineScriptsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13})
    void a_network_that_was_vandalised_at_random_is_put_back_to_the_letter(int seed) throws Exception {
        String said = onAMachine("vandalised", Integer.toString(seed), "25");

        assertThat(said).contains("it was another one").contains("it is as it was");
    }

    @Test
    void a_lab_that_hides_a_process_and_breaks_docker_leaves_the_machine_as_it_was() throws Exception {
        Path enter = Files.writeString(folder.resolve("enter.sh"), Scripts.read("machine-enter.sh"));

        String said = onAMachine("begun_and_ended", enter.toString());

        assertThat(said)
                .contains("+ready")
                .contains("+refused the lab a-lab runs on this machine already (me began it)")
                .contains("still running: 2")
                .contains("it is as it was")
                .doesNotContain("+differs");
    }

    @Test
    void a_begin_that_is_given_up_or_killed_leaves_nothing_that_is_not_put_back() throws Exception {
        String said = onAMachine("killed");

        assertThat(said).contains("nothing is left of it\n").contains("\n1\n").contains("it is as it was");
    }

    @Test
    void a_way_in_that_was_cut_comes_back_and_is_told() throws Exception {
        String said = onAMachine("cut_off");

        assertThat(said)
                .contains("the way to this machine was lost for 20 s: the address 10.0.2.15/24 of eth0 is gone.")
                .contains("eth0 and the packet filter and the routes are as they were")
                .contains("the gateway answers")
                .contains("default via 10.0.2.2 dev eth0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true                                                              | +fit
                    rm /etc/drydock/machine-world                                     | is not marked for that
                    echo 1234 >/etc/drydock/machine-world                             | was made for another machine
                    : >/etc/machine-id; : >/etc/drydock/machine-world                 | was made for another machine
                    chmod 666 /etc/drydock/machine-world                              | may be written by others than root
                    chmod 777 /etc/drydock                                            | may be written by others than root
                    chown 7 /etc/drydock/machine-world                                | must belong to root
                    cd /etc/drydock; mv machine-world a; ln -s a machine-world        | is no regular file
                    umount /sys/fs/cgroup; mount -t tmpfs tmpfs /sys/fs/cgroup        | no control groups of version 2
                    mount -t tmpfs tmpfs /usr/sbin                                    | is not installed here
                    """)
    void only_a_machine_that_is_marked_and_able_takes_part(String deed, String word) throws Exception {
        assertThat(onAMachine("refused", deed)).contains(word);
    }

    private String onAMachine(String... words) throws IOException, InterruptedException {
        // An ordinary user has no control groups; the vandalism needs none.
        boolean root = System.getProperty("user.name").equals("root");
        assumeThat(root || words[0].equals("vandalised")).isTrue();
        Path scripts = Files.write(folder.resolve("machine.sh"), MachineRoot.machine());
        String script = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("machine-of-its-own.sh"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of("unshare"));
        if (!root) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--net", "--mount", "--pid", "--uts", "--fork", "--kill-child", "bash", "-c", script));
        command.addAll(List.of("machine-of-its-own", scripts.toString()));
        command.add(Files.createDirectory(folder.resolve("work")).toString());
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
