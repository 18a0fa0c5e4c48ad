package dev.drydock.verify.expect;

/** The input or output interface of a flow: {@code eth0}; or with {@code {not: br0}} any interface but this one. */
public record FlowDevice(String name, boolean not) {}
