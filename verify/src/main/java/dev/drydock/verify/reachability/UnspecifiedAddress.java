package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import java.util.Map;
import java.util.Optional;

/** The addresses 0.0.0.0 and ::, which the kernel takes as the loopback address when a program connects to them. */
final class UnspecifiedAddress {
    private static final Map<String, String> LOOPBACK = Map.of("0.0.0.0", "127.0.0.1", "::", "::1");

    private UnspecifiedAddress() {}

    /** The address to which the kernel really connects. A difference from the typed one is added to the trace. */
    static IpAddress meant(PathRecord trace, IpAddress typed) {
        Optional<IpAddress> loopback =
                Optional.ofNullable(LOOPBACK.get(typed.text())).map(IpAddress::new);
        loopback.ifPresent(meant ->
                trace.holds(say("step.unspecified", "address", typed), say("holds.unspecified", "meant", meant)));
        return loopback.orElse(typed);
    }
}
