package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import java.util.Map;
import java.util.Optional;

/** The address of no place, by which the kernel understands the loopback. */
final class UnspecifiedAddress {
    private static final Map<String, String> LOOPBACK = Map.of("0.0.0.0", "127.0.0.1", "::", "::1");

    private UnspecifiedAddress() {}

    /** The address that the kernel takes for the one that was typed; told where that is another one. */
    static IpAddress meant(PathRecord trace, IpAddress typed) {
        Optional<IpAddress> loopback =
                Optional.ofNullable(LOOPBACK.get(typed.text())).map(IpAddress::new);
        loopback.ifPresent(meant ->
                trace.holds(say("step.unspecified", "address", typed), say("holds.unspecified", "meant", meant)));
        return loopback.orElse(typed);
    }
}
