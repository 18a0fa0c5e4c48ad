package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a place cannot be used, each by its real cause: one sentence, and nothing left behind. */
@Tag("kernel")
class FarRefusalTest {
    @TempDir
    Path folder;

    private FarMachine far;

    @BeforeEach
    void begin() throws Exception {
        far = new FarMachine(folder);
    }

    @AfterEach
    void end() throws Exception {
        far.close();
    }

    private String refusal(String place) throws IOException {
        return refusal(place, far.environment());
    }

    private String refusal(String place, Map<String, String> environment) throws IOException {
        Throwable trouble = catchThrowable(
                () -> PlacedWorlds.of(environment, folder, false).at(place).reach());
        assertThat(trouble).isInstanceOf(HostTrouble.class);
        assertThat(trouble.getMessage()).doesNotContain("\n", "Exception", "null", "mux_client", "%s", "$1");
        try (Stream<Path> left = Files.list(folder.resolve("run"))) {
            assertThat(left.filter(path -> !Files.isDirectory(path.resolve("not-mine"))))
                    .isEmpty();
        }
        return trouble.getMessage();
    }

    @Test
    void a_key_that_is_not_taken() throws Exception {
        far.server("AuthorizedKeysFile /dev/null");
        assertThat(refusal(FarMachine.PLACE))
                .isEqualTo(
                        "box refused the key (it would take: publickey). Load the right one with ssh-add, or name it in ~/.ssh/config.");
    }

    @Test
    void a_host_key_that_changed_or_is_not_known() throws Exception {
        far.knowHost("another");
        assertThat(refusal(FarMachine.PLACE)).startsWith("The host key of box is not the one that");
        Files.writeString(folder.resolve("known_hosts"), "");
        assertThat(refusal(FarMachine.PLACE)).contains("is not known yet. Connect to it once with ssh");
    }

    @Test
    void a_machine_that_nobody_knows_and_a_port_at_which_nobody_listens() throws Exception {
        assertThat(refusal("ssh:me@no-such-machine.invalid"))
                .isEqualTo("No machine called no-such-machine.invalid can be found. Is the name right?");
        assertThat(refusal("ssh:me@127.0.0.1:1"))
                .isEqualTo("me@127.0.0.1 answers, but nothing listens there on port 1. Is its ssh server running?");
        assertThat(refusal("ssh:[::1]:1")).contains("nothing listens there on port 1");
    }

    @Test
    void a_machine_that_does_not_answer_and_one_that_hangs_up() throws Exception {
        far.client("Host silent", "  ProxyCommand sleep 1000", "Host short", "  ProxyCommand false");
        assertThat(refusal("ssh:short")).startsWith("short closed the connection before it was made.");
        assertThat(refusal("ssh:silent"))
                .isEqualTo("silent does not answer. Is it up, and does a firewall let ssh through?");
    }

    @Test
    void a_login_shell_that_is_not_like_sh() throws Exception {
        far.server("ForceCommand echo 'This account is for mail only.'");
        assertThat(refusal(FarMachine.PLACE))
                .isEqualTo(
                        "box does not read commands as sh does (its login shell is another, or prints of its own); it said:"
                                + " This account is for mail only. An account whose login shell is bash, dash or zsh serves.");
        far.cut();
        far.server("ForceCommand exit 255");
        assertThat(refusal(FarMachine.PLACE))
                .isEqualTo("box was reached, but ends every command at once. Its ssh server's log may say why.");
    }

    @Test
    void what_a_login_shell_prints_by_itself_disturbs_nothing() throws Exception {
        far.server("ForceCommand echo 'Welcome to box'; echo 'No mail.' >&2; exec sh -c \"$SSH_ORIGINAL_COMMAND\"");
        Worlds worlds = PlacedWorlds.of(far.environment(), folder, false).at(FarMachine.PLACE);
        World world = worlds.build(new WorldRequest("a-lab", List.of("labhost"), Set.of("netns"), List.of()));
        try {
            assertThat(world.alive()).isTrue();
            assertThat(world.labHost().run("echo out; echo err >&2", java.time.Duration.ofSeconds(20)))
                    .satisfies(output -> assertThat(output.out()).isEqualTo("out\n"))
                    .satisfies(output -> assertThat(output.err()).isEqualTo("err\n"));
            assertThat(worlds.capabilitiesNow()).anyMatch(one -> one.name().equals("docker"));
        } finally {
            world.end();
        }
    }

    /** Has everything there run where some programs cannot be found. */
    private void without(String... programs) throws IOException {
        Path script = folder.resolve("without");
        Files.writeString(
                script,
                """
                mount -t tmpfs -o mode=755 none /mnt && cd /mnt || exit
                for f in bin sbin; do
                  mkdir -p real-$f fake-$f && mount --bind /usr/$f real-$f && ln -s "$PWD/real-$f/"* fake-$f || exit
                  (cd fake-$f && rm -f %s)
                done
                mount --bind fake-bin /usr/bin && mount --bind fake-sbin /usr/sbin || exit
                exec /bin/dash -c "$SSH_ORIGINAL_COMMAND"
                """
                        .formatted(String.join(" ", programs)));
        // An ordinary user may mount where it is root.
        String own = System.getProperty("user.name").equals("root") ? "" : "--user --map-root-user ";
        far.server("ForceCommand exec unshare " + own + "--mount sh " + script);
    }

    @Test
    void tools_that_are_missing_there() throws Exception {
        without("dnsmasq", "nsenter");
        assertThat(refusal(FarMachine.PLACE))
                .isEqualTo("On box no lab host can be built, because it lacks nsenter, dnsmasq. There, run:"
                        + " sudo apt-get install --no-install-recommends util-linux dnsmasq-base");
        far.cut();
        without("bash");
        assertThat(refusal(FarMachine.PLACE))
                .isEqualTo("box has no bash, which lab hosts are built with. There, run: sudo apt-get install bash");
    }

    @Test
    void docker_that_is_missing_there() throws Exception {
        without("dockerd");
        Worlds worlds = PlacedWorlds.of(far.environment(), folder, false).at(FarMachine.PLACE);
        assertThat(worlds.capabilitiesNow())
                .filteredOn(one -> one.name().equals("docker"))
                .singleElement()
                .satisfies(docker -> assertThat(docker.present()).isFalse())
                .satisfies(docker -> assertThat(docker.detail()).contains("not installed"));
    }

    @Test
    void an_ssh_that_is_missing_here() throws Exception {
        Map<String, String> environment = new TreeMap<>(far.environment());
        environment.put("PATH", folder.resolve("home").toString());
        assertThat(refusal(FarMachine.PLACE, environment))
                .isEqualTo(
                        "Another place is reached with OpenSSH's client, which is not installed here: apt-get install openssh-client.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "ssh", "ssh:", "ssh:-oProxyCommand=x", "ssh:me@-oProxyCommand=x", "ssh:-lroot@box", "ssh:a b",
                        "ssh:a:b", "ssh:a@b@c",
                "ssh:box:0", "ssh:box:65536", "ssh:box:", "ssh:box;id", "SSH:box", "local:", "docker", "ssh:box\n",
                        "ssh:me@[::1"
            })
    void a_name_that_makes_no_sense(String name) {
        assertThatThrownBy(() -> PlacedWorlds.of(far.environment(), folder, false)
                        .at(name)
                        .reach())
                .isInstanceOf(HostTrouble.class)
                .hasMessageStartingWith("There is no place called '")
                .hasMessageContaining("ssh:user@host");
    }

    @Test
    void vagrant_without_a_vagrantfile_or_without_vagrant() throws Exception {
        assertThat(refusal("vagrant")).contains("There is no Vagrantfile in").contains("--place vagrant:FOLDER");
        Files.writeString(folder.resolve("Vagrantfile"), "");
        Map<String, String> environment = new TreeMap<>(far.environment());
        environment.put("PATH", folder.resolve("bin").toString());
        assertThat(refusal("vagrant", environment))
                .isEqualTo(
                        "There is no vagrant command on this machine. Install Vagrant and a provider, or use --place ssh:user@host.");
        assertThat(refusal("vagrant:no/such/folder"))
                .startsWith("There is no Vagrantfile in " + folder + "/no/such/folder.");
    }

    @Test
    void a_folder_for_the_connection_that_others_may_enter() throws Exception {
        Files.createDirectories(folder.resolve("run/drydock/not-mine"));
        Files.setPosixFilePermissions(
                folder.resolve("run/drydock"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(refusal(FarMachine.PLACE)).contains("is not yours alone");
        Files.delete(folder.resolve("run/drydock/not-mine"));
        Files.delete(folder.resolve("run/drydock"));
        Files.createDirectories(folder.resolve("home/not-mine"));
        Files.createSymbolicLink(folder.resolve("run/drydock"), folder.resolve("home"));
        assertThat(refusal(FarMachine.PLACE)).contains("is not yours alone");
        Files.delete(folder.resolve("run/drydock"));
    }
}
