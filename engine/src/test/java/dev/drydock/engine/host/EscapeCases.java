package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts to get out of a sandbox, as root of a lab host and from privileged containers in one, each beside canaries on the machine. */
class EscapeCases {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path worlds;

    private Path folder;
    private Canaries canaries;
    private World world;

    @BeforeEach
    void set() throws Exception {
        folder = Files.createTempDirectory("drydock-canaries");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        canaries = new Canaries(folder, addresses());
    }

    @AfterEach
    void end() throws Exception {
        canaries.close();
        for (String name : List.of("secret", "open")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
        if (world != null) {
            world.end();
        }
    }

    @Test
    void nothing_leads_out_of_a_lab_host() throws Exception {
        assertThat(attempts("escapes.txt")).hasSizeGreaterThan(95);
        assertThat(escapes("escapes.txt", Set.of(), List.of())).isEmpty();
    }

    @Test
    void nothing_leads_out_of_a_privileged_container() throws Exception {
        assertThat(attempts("container-escapes.txt")).hasSizeGreaterThan(20);
        if (new Sandboxes(new LocalPlace(), worlds)
                .capabilities().stream()
                        .noneMatch(capability -> capability.name().equals("docker") && capability.present())) {
            // A user without subordinate ids has no Docker, see OneIdCases.
            return;
        }
        assertThat(escapes("container-escapes.txt", Set.of("docker"), List.of("busybox", "httpd", "toolbox")))
                .isEmpty();
    }

    @Test
    void no_terminal_is_put_where_the_inside_has_a_link() throws Exception {
        world = build(Set.of(), List.of());
        String before = canaries.state();
        world.labHost()
                .run(
                        canaries.in(
                                """
                                ( while sleep 0.002; do
                                    for n in 1 2 3 4 5 6; do ln -s OPEN /dev/tty$n; ln -s OPEN /run/dev/labhost/tty$n; done
                                  done ) >/dev/null 2>&1 &"""),
                        LIMIT);
        for (int sitting = 0; sitting < 5; sitting++) {
            try (Seat seat = new Seat(world.labHost(), true)) {
                seat.type("kill -9 $$");
                seat.program.waitFor();
            }
        }
        assertThat(canaries.state()).isEqualTo(before);
    }

    @Test
    void what_a_terminal_is_told_stays_in_it() throws Exception {
        world = build(Set.of(), List.of());
        String before = canaries.state();
        try (Seat seat = new Seat(world.labHost(), true)) {
            // TIOCSTI types into a terminal, TIOCLINUX and TIOCCONS are the console's, TIOCSCTTY steals one.
            seat.type(
                    canaries.in(
                            "perl -e 'for (split //, \"cat SECRET\\n\") { ioctl(STDIN, 0x5412, $_) or print \"$!\\n\" } "
                                    + "ioctl(STDIN, 0x541D, 0) or print \"$!\\n\"; ioctl(STDIN, 0x540E, 1); ioctl(STDIN, 0x5423, pack(\"i\", 3))'"));
            seat.type(canaries.in("ls -l $(tty); cat $(tty)/..SECRET; cat <&0 /proc/self/fd/0/../../..SECRET"));
            seat.type("echo do\"ne\"");
            String screen = seat.until("done");
            assertThat(screen).doesNotContain(canaries.token);
        }
        assertThat(canaries.state()).isEqualTo(before);
    }

    @Test
    void one_process_cannot_take_the_machines_memory() {
        world = build(Set.of(), List.of());
        ProbeOutput output = world.labHost()
                .run("perl -e '$x = \"x\" x 2_800_000_000; print \"all of it\"'; echo; echo alive", LIMIT);
        assertThat(output.out()).doesNotContain("all of it").contains("alive");
    }

    @Test
    void a_world_of_roots_cannot_take_the_machines_memory() throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            // An ordinary user cannot bound a world as a whole: SECURITY.md says so.
            return;
        }
        world = build(Set.of(), List.of());
        LabHost host = world.labHost();
        try {
            host.run(
                    "mkdir /tmp/big; mount -t tmpfs -o size=100g big /tmp/big; head -c 4G /dev/zero >/tmp/big/all",
                    LIMIT);
            String size = host.run("stat -c %s /tmp/big/all", LIMIT).out().strip();
            assertThat(Long.parseLong(size)).isLessThan(2L << 30);
        } catch (HostTrouble ended) {
            assertThat(ended).hasMessageContaining("no longer running");
        }
    }

    /** Descriptions of those that got out. */
    private List<String> escapes(String battery, Set<String> needs, List<String> images) throws Exception {
        List<String> escapes = new ArrayList<>();
        String before = canaries.state();
        world = build(needs, images);
        for (Map.Entry<String, String> attempt : attempts(battery).entrySet()) {
            String said;
            try {
                ProbeOutput output = world.labHost().run(canaries.in(attempt.getValue()), LIMIT);
                said = output.out() + output.err();
            } catch (HostTrouble ended) {
                said = "";
            }
            String after = canaries.state();
            if (said.contains(canaries.token) || !after.equals(before)) {
                escapes.add(attempt.getKey() + ":\n" + said + "\nwas\n" + before + "\nis\n" + after);
                before = after;
            }
            if (!world.alive() || !usable()) {
                // Whoever is inside may end his own world.
                world.end();
                world = build(needs, images);
            }
        }
        return escapes;
    }

    private boolean usable() {
        try {
            return world.labHost().run("echo usable", LIMIT).out().equals("usable\n");
        } catch (HostTrouble ended) {
            return false;
        }
    }

    private World build(Set<String> needs, List<String> images) {
        return new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), needs, images));
    }

    private static Map<String, String> attempts(String battery) throws Exception {
        Map<String, String> attempts = new LinkedHashMap<>();
        String[] parts = Canaries.resource(battery).split("(?m)^## ");
        for (String part : List.of(parts).subList(1, parts.length)) {
            int end = part.indexOf('\n');
            attempts.put(part.substring(0, end), part.substring(end + 1));
        }
        return attempts;
    }

    private static List<String> addresses() throws Exception {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address instanceof Inet4Address)
                .map(InetAddress::getHostAddress)
                .filter(address -> !address.startsWith("10.0.2."))
                .limit(3)
                .toList();
    }
}
