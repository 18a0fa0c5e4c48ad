package dev.drydock.verify.expect;

/** An interface by which a flow comes in or leaves: {@code eth0}, or with {@code {not: br0}} any but that one. */
public record FlowDevice(String name, boolean not) {}
