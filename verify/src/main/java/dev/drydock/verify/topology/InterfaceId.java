package dev.drydock.verify.topology;

/** One interface of the picture: the {@linkplain NamespaceBox#id() box} that it is in, and its name there. */
public record InterfaceId(String box, String name) {}
