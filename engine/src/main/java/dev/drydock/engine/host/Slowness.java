package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How many times as long as on an ordinary machine a place takes to start a program. Time limits in Drydock are meant for an ordinary machine and are
 * multiplied by this: a machine in software emulation starts programs about 20 times as slowly, and Drydock waits almost only for that.
 *
 * @param factor 1 for an ordinary machine and for any that is quicker; at most 100
 */
public record Slowness(double factor) {
    public static final Slowness ORDINARY = new Slowness(1);

    private static final double SLOWEST = 100;

    /** What starting one program takes at most on an ordinary machine. */
    private static final double ORDINARY_MICROS = 1000;

    private static final String SETTING = "DRYDOCK_PACE";

    /**
     * Values outside 1 to 100 become 1 or 100.
     *
     * @throws IllegalArgumentException for NaN
     */
    public Slowness {
        if (Double.isNaN(factor)) {
            throw new IllegalArgumentException("a pace is a number");
        }
        factor = Math.min(SLOWEST, Math.max(1, factor));
    }

    /** @param micros time to start one small program there, in microseconds */
    static Slowness measured(long micros) {
        return new Slowness(Math.round(10 * micros / ORDINARY_MICROS) / 10.0);
    }

    /**
     * The value of {@code DRYDOCK_PACE}; empty where that is unset or blank.
     *
     * @throws HostTrouble when it is set to something else than a number from 1 to 100
     */
    static Optional<Slowness> demanded(Map<String, String> environment) {
        String text = environment.getOrDefault(SETTING, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,3}(\\.\\d{1,3})?")
                || Double.parseDouble(text) < 1
                || Double.parseDouble(text) > SLOWEST) {
            throw new HostTrouble(say("setting.pace", "setting", SETTING, "value", text));
        }
        return Optional.of(new Slowness(Double.parseDouble(text)));
    }

    /** The limit for this place, from a limit for an ordinary machine. */
    public Duration scale(Duration limit) {
        return factor == 1 ? limit : Duration.ofMillis(Math.round(limit.toMillis() * factor));
    }
}
