package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import java.time.Duration;
import java.util.Objects;

/**
 * A line as a learner types it at the prompt of the first lab host: {@code ip route}, {@code on beta ip route}.
 *
 * @param host the lab host that it is for
 * @param command what is typed there
 */
record TypedLine(String host, String command) {
    /** Longer than anything takes that only shows what is there. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String ON = "on ";

    TypedLine {
        Objects.requireNonNull(host);
        Objects.requireNonNull(command);
    }

    /** What is typed, taken apart; {@code on} is an ordinary word where no lab host of that name follows. */
    static TypedLine of(World world, String typed) {
        return world.hostNames().stream()
                .filter(name -> typed.startsWith(ON + name + " "))
                .findFirst()
                .map(name -> new TypedLine(name, typed.substring(ON.length() + name.length() + 1)))
                .orElseGet(() -> new TypedLine(world.labHost().name(), typed));
    }

    /** Runs it to its end, without a terminal. */
    ProbeOutput run(World world) {
        return run(world, LIMIT);
    }

    ProbeOutput run(World world, Duration limit) {
        return world.host(host).run(command, limit);
    }
}
