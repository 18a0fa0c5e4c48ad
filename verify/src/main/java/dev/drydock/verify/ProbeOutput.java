package dev.drydock.verify;

import java.time.Duration;

/**
 * What a script left behind.
 *
 * @param exit the exit status; 137 when it was ended at the limit
 * @param timedOut whether it was ended at the limit; then the output may stop anywhere
 */
public record ProbeOutput(int exit, String out, String err, Duration elapsed, boolean timedOut) {}
