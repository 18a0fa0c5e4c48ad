package dev.drydock.verify;

import java.time.Duration;

/**
 * The output of a script.
 *
 * @param exit the exit status; 137 where it was killed at the time limit
 * @param timedOut whether it was killed at the time limit; the output may then end anywhere
 */
public record ProbeOutput(int exit, String out, String err, Duration elapsed, boolean timedOut) {}
