package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import java.time.Duration;
import java.util.Objects;

/**
 * A line as a learner types it at the prompt of the default lab host: {@code ip route}, {@code on beta ip route}.
 *
 * @param host name of the lab host on which the command runs
 * @param command the line without {@code on HOST}
 */
record TypedLine(String host, String command) {
    /** Enough for any command that only shows the state. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String ON = "on ";

    TypedLine {
        Objects.requireNonNull(host);
        Objects.requireNonNull(command);
    }

    /** Separates the host from the command. {@code on} is an ordinary word where the name of no lab host follows. */
    static TypedLine of(World world, String typed) {
        return world.hostNames().stream()
                .filter(name -> typed.startsWith(ON + name + " "))
                .findFirst()
                .map(name -> new TypedLine(name, typed.substring(ON.length() + name.length() + 1)))
                .orElseGet(() -> new TypedLine(world.labHost().name(), typed));
    }

    /** Runs the command without a terminal, for at most five seconds. */
    ProbeOutput run(World world) {
        return run(world, LIMIT);
    }

    ProbeOutput run(World world, Duration limit) {
        return world.host(host).run(command, limit);
    }
}
