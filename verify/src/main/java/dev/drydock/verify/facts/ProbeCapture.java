package dev.drydock.verify.facts;


/** What an active probe left behind; {@code ran} is false when it could not even start (no such namespace, tool missing), and then {@code err} says why. The exit status is {@code timeout(1)}'s 124 when it took too long. */
public record ProbeCapture(String command, boolean ran, int exit, String out, String err) {}
