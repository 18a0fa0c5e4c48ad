package dev.drydock.verify.topology;

/** Identifies an interface of the picture: the {@linkplain NamespaceBox#id() id} of its box, and its name there. */
public record InterfaceId(String box, String name) {}
